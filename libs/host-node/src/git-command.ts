import type { ProcessRequest } from '@securescan/scan-engine';

/** Settings by which a repository could make git run its programs or look elsewhere, overruled on every call. */
const OVERRULED: readonly Setting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
];

/** No configuration but the repository's own, no locks taken, nobody asked, nothing fetched, no object in another's place. */
const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
};

export const GIT_TIMEOUT_MS = 60_000;
export const GIT_OUTPUT_BYTES = 256 * 1024 * 1024;

export type Setting = readonly [name: string, value: string];

/** Which git is run, and for whose tree. */
export interface GitProgram {
  readonly executable: string;
  readonly root: string;
  readonly environment: (scannedRoot: string) => Readonly<Record<string, string>>;
  /** Ends every git that is running. */
  readonly signal: AbortSignal;
}

/** Where one call of git takes place, and its limits. */
export interface GitCall {
  readonly args: readonly string[];
  readonly home: string;
  readonly gitDir: string;
  readonly workTree: string;
  readonly settings?: readonly Setting[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

/** The one way in which git is called: hardened against whatever the repository holds. */
export function gitRequest(program: GitProgram, call: GitCall): ProcessRequest {
  const { args, home, gitDir, workTree, settings = [], env, ...request } = call;
  return {
    ...request,
    executable: program.executable,
    args: [
      ...[...OVERRULED, ...settings].flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      // Named outright: git then neither searches upwards nor asks who owns the directory, nor follows core.worktree.
      `--git-dir=${gitDir}`,
      `--work-tree=${workTree}`,
      ...args,
    ],
    cwd: workTree,
    env: { ...program.environment(program.root), ...GIT_ENVIRONMENT, ...env, HOME: home },
    signal: program.signal,
  };
}
