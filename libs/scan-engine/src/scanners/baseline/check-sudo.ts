import { shown, type Audit } from './audit';
import * as rules from './sudo-rules';
import { isEverything, parseSudoers, type SudoersEntry } from './sudoers';

const MAIN_FILE = '/etc/sudoers';
const DIRECTORY = '/etc/sudoers.d';
/** As sudo itself. */
const MAX_DEPTH = 128;
const MAX_FILES = 2_000;

type Placed = SudoersEntry & { readonly path: string };

export async function checkSudo(audit: Audit): Promise<void> {
  const entries = await readSudoers(audit);
  const aliases = new Map(
    entries.flatMap((entry) => (entry.kind === 'alias' ? [[entry.name, entry.members]] : [])),
  );
  for (const entry of entries) {
    if (entry.kind === 'grant') reportGrant(audit, entry, aliases);
    if (entry.kind === 'defaults' && entry.asksNobody) reportDefaults(audit, entry);
  }
}

/** Everything that sudo would read, in its order. */
async function readSudoers(audit: Audit): Promise<readonly Placed[]> {
  const entries: Placed[] = [];
  const opened = new Set<string>();

  async function readFile(path: string, depth: number): Promise<boolean> {
    if (opened.has(path)) return true;
    if (depth > MAX_DEPTH || opened.size >= MAX_FILES) {
      audit.noteCut(`not every file that ${MAIN_FILE} includes was read: there are too many`);
      return true;
    }
    opened.add(path);
    const text = await audit.read(path);
    if (text === null) return false;
    for (const entry of parseSudoers(text)) {
      if (entry.kind === 'include') await readFile(beside(path, entry.path), depth + 1);
      else if (entry.kind === 'includedir') await readDirectory(beside(path, entry.path), depth);
      else entries.push({ ...entry, path });
    }
    return true;
  }

  async function readDirectory(directory: string, depth: number): Promise<void> {
    for (const name of await audit.namesIn(directory)) {
      // sudo leaves out what editors and package managers put beside a file.
      if (name.includes('.') || name.endsWith('~')) continue;
      await readFile(`${directory}/${name}`, depth + 1);
    }
  }

  // Parts of a system may be kept without the file that includes them.
  if (!(await readFile(MAIN_FILE, 0))) await readDirectory(DIRECTORY, 0);
  return entries;
}

function beside(file: string, path: string): string {
  const clean = path.replace(/\/+$/u, '');
  return clean.startsWith('/') ? clean : `${file.slice(0, file.lastIndexOf('/'))}/${clean}`;
}

function reportGrant(
  audit: Audit,
  entry: Extract<Placed, { kind: 'grant' }>,
  aliases: ReadonlyMap<string, readonly string[]>,
): void {
  if (!entry.withoutPassword.some((command) => isEverything(command, aliases))) return;
  const who = shown(entry.who);
  audit.report(rules.everythingWithoutPassword, {
    subject: who,
    name: who,
    path: entry.path,
    line: entry.line,
    detail: `It does so for ${who} in ${entry.path}, line ${entry.line}.`,
    facts: { account: who },
  });
}

function reportDefaults(audit: Audit, entry: Extract<Placed, { kind: 'defaults' }>): void {
  const scope = shown(entry.scope);
  const where = `${entry.path}, line ${entry.line}`;
  audit.report(rules.noAuthentication, {
    subject: scope === '' ? 'Defaults' : scope,
    path: entry.path,
    line: entry.line,
    detail:
      scope === ''
        ? `It holds for everyone and stands in ${where}.`
        : `It holds for "${scope}" and stands in ${where}.`,
  });
}
