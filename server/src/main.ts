import { runOnSupportedNode } from '@securescan/host-node/runtime-guard';

runOnSupportedNode(async () => {
  const { runProgram } = await import('./program.js');
  await runProgram(process.argv.slice(2));
});
