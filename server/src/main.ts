import { runOnSupportedNode } from '@securescan/host-node/runtime-guard';

runOnSupportedNode(async () => {
  const words = process.argv.slice(2);
  if (words.length > 0) {
    const { runAdminCommand } = await import('./admin/commands.js');
    process.exitCode = await runAdminCommand(words);
    return;
  }
  const { serve } = await import('./serve.js');
  await serve();
});
