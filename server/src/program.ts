/** What the process does: without words it serves, with words it runs one of the commands. Each loads no more than it needs. */
export async function runProgram(words: readonly string[]): Promise<void> {
  if (words.length > 0) {
    const { runAdminCommand } = await import('./admin/commands.js');
    process.exitCode = await runAdminCommand(words);
    return;
  }
  const { serve } = await import('./serve.js');
  await serve();
}
