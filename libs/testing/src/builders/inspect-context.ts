import { OperationalError } from '@securescan/core';
import type {
  CommandContext,
  InspectContext,
  Machine,
  ScannerReport,
  SystemEntry,
  SystemFiles,
  Unavailable,
} from '@securescan/scan-engine';
import { aFileTree } from './file-tree';

/** What a scanner of our own is called with: an empty tree at `/project` on a machine where nothing is installed. */
export function anInspectContext(overrides: Partial<InspectContext> = {}): InspectContext {
  return {
    target: { root: '/project', path: '/project', project: 'project' },
    options: { semgrepRules: [] },
    files: aFileTree({}),
    git: null,
    machine: aMachine(),
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** The report of a scanner that could run. */
export function reportOf(answer: ScannerReport | Unavailable): ScannerReport {
  if ('unavailable' in answer) throw new RangeError(answer.unavailable);
  return answer;
}

/** What the plan of an external scanner is made from: an empty tree at `/p`, no rules of ours, no network. */
export function aCommandContext(overrides: Partial<CommandContext> = {}): CommandContext {
  return {
    target: { root: '/p', path: '/p', project: 'p' },
    options: { semgrepRules: [] },
    files: aFileTree({}),
    rulePack: '',
    network: aMachine().network,
    ...overrides,
  };
}

/** A machine without programs, files and network. */
export function aMachine(overrides: Partial<Machine> = {}): Machine {
  return {
    run: () => Promise.resolve(null),
    openSystem: () => aSystem({}),
    http: {
      send: () => Promise.reject(new OperationalError('SERVICE_UNAVAILABLE', 'nobody answers')),
    },
    network: { admit: (host) => Promise.resolve({ refused: `${host} is not allowed` }) },
    ...overrides,
  };
}

export type SystemContents = Readonly<
  Record<string, { readonly text: string | null } & Partial<SystemEntry>>
>;

/** A system in memory, by absolute path of its files; modes are 0644 and owners root unless they are given. */
export function aSystem(contents: SystemContents): SystemFiles {
  const childrenOf = (path: string): string[] => {
    const prefix = path === '/' ? '/' : `${path}/`;
    const inside = Object.keys(contents).filter((name) => name.startsWith(prefix));
    const names = inside.map((name) => name.slice(prefix.length).split('/', 1)[0] ?? '');
    return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  };
  const directory = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, sizeBytes: 0 } as const;
  return {
    readText: (path) => Promise.resolve(contents[path]?.text ?? null),
    list: (path) => {
      const names = childrenOf(path);
      return Promise.resolve(names.length === 0 ? null : names);
    },
    stat: (path) => {
      const file = contents[path];
      if (file === undefined) {
        return Promise.resolve(childrenOf(path).length === 0 ? null : directory);
      }
      const { text, ...facts } = file;
      const sizeBytes = text?.length ?? 0;
      return Promise.resolve({ kind: 'file', mode: 0o644, uid: 0, gid: 0, sizeBytes, ...facts });
    },
  };
}
