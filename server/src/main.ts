import { runOnSupportedNode } from '@securescan/host-node/runtime-guard';

runOnSupportedNode(async () => {
  const { serve } = await import('./serve.js');
  await serve();
});
