import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type PipBehaviour = 'installs' | 'fails' | 'hangs' | 'wrong version';

const PIP: Readonly<Record<PipBehaviour, string>> = {
  installs: 'tool 1.9.4',
  'wrong version': 'tool 0.0.1',
  fails: 'echo "no such release at https://u:hunter2hunter2@mirror.invalid/" >&2; exit 1',
  // Its child ignores the polite signal, in a session of its own.
  hangs:
    'setsid sh -c \'trap "" TERM; echo $$ >> "$pids"; sleep 987654\' & echo $$ >> "$pids"; wait',
};

/**
 * Writes a `python3` that makes "virtual environments" in which pip behaves as told, and notes every call and the
 * environment that pip had.
 */
export function writeStandInPython(directory: string, pip: PipBehaviour): void {
  const source = `#!/bin/sh
export pids='${join(directory, 'pids')}'
echo "$*" >> '${join(directory, 'calls')}'
env > '${join(directory, 'environment')}'
home=$(dirname "$(dirname "$0")")
tool() { printf '#!/bin/sh\\necho bandit %s\\n' "$1" > "$home/bin/bandit"; chmod +x "$home/bin/bandit"; echo "Collected"; }
case "$3" in
venv) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
pip) ${PIP[pip]} ;;
esac
`;
  const path = join(directory, 'python3');
  writeFileSync(path, source);
  chmodSync(path, 0o755);
}

/** Lines that the stand-in noted under a name so far. */
export function notedLines(directory: string, name: 'calls' | 'pids' | 'environment'): string[] {
  const path = join(directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}
