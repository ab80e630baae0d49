import { createHostPorts } from '@securescan/host-node';

/**
 * Writes a revision into a directory whose name it prints, and stays there until it is killed: for tests of what a crash leaves.
 * Arguments: repository, commit, directory of the journal.
 */
async function main(): Promise<void> {
  const [root = '', commit = '', journalDirectory = ''] = process.argv.slice(2);
  const ports = createHostPorts({ journalDirectory });
  const revisions = await ports.openRevisions(root, new AbortController().signal);
  await ports.workspaces.withWorkspace(async (directory) => {
    process.stdout.write(`${directory}\n`);
    await revisions.writeTree(commit, directory);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
}

void main();
