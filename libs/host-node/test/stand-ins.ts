import { OperationalError } from '@securescan/core';
import {
  SlotScheduler,
  type BuiltinScanner,
  type ExternalScanner,
  type ScannerReport,
  type ScanRequest,
} from '@securescan/scan-engine';

/** Scanners that tests make up, and what `runScan` needs besides. */

export const NOTHING: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };

/** Reads what the tools of the tests print: a list of `{path, line}`. */
function parseJsonReport(stdout: string): ScannerReport {
  try {
    const lines = JSON.parse(stdout) as { path: string; line: number }[];
    const findings = lines.map(({ path, line }) => finding(path, line));
    return { ...NOTHING, findings, assessed: lines.map(({ path }) => path) };
  } catch (cause) {
    throw new OperationalError('TOOL_OUTPUT_INVALID', 'tool wrote something that is not JSON', {
      cause,
    });
  }
}

/** What such a line becomes. */
export function finding(
  filePath: string | null,
  lineStart: number | null,
): ScannerReport['findings'][number] {
  return {
    ruleId: 'no-eval',
    severity: 'high',
    title: 'eval is called',
    description: 'eval runs text as code.',
    filePath,
    lineStart,
    lineEnd: lineStart,
    cwe: '95',
    remediation: null,
    metadata: {},
  };
}

/** A scanner around the executable of the same name. */
export function external(name: string, changes: Partial<ExternalScanner> = {}): ExternalScanner {
  return {
    kind: 'external',
    name,
    scanType: 'code',
    description: name,
    checks: [],
    timeLimitMs: 20_000,
    tool: {
      executable: name,
      versionArguments: ['--version'],
      parseVersion: (output) => /\d+\.\d+/.exec(output)?.[0] ?? null,
      installHint: `install ${name}`,
    },
    successExitCodes: [0, 1],
    needsNetwork: () => false,
    appliesTo: () => true,
    plan: ({ target }) => ({ commands: [{ args: [target.path] }] }),
    parse: parseJsonReport,
    ...changes,
  };
}

export function builtin(
  name: string,
  inspect: BuiltinScanner['inspect'],
  changes: Partial<BuiltinScanner> = {},
): BuiltinScanner {
  const facts = {
    kind: 'builtin',
    scanType: 'code',
    description: name,
    checks: [],
    timeLimitMs: 20_000,
    rules: [],
  } as const;
  return { ...facts, name, inspect, ...changes };
}

/** A request for code scanners, but for its target. */
export function plainRequest(slots: number): Omit<ScanRequest, 'target'> {
  return {
    scanTypes: ['code'],
    scanners: null,
    options: { semgrepRules: [] },
    lane: new SlotScheduler(slots).lane(),
    signal: new AbortController().signal,
  };
}

/** The source of a tool that also answers for its version. */
export const answeringVersion = (source: string): string =>
  `if (process.argv[2] === '--version') { console.log('tool 1.2'); process.exit(0); }\n${source}`;

/** The source of a tool that reports one line. `path` is an expression. */
export const printing = (path: string, line = 2): string =>
  `console.log(JSON.stringify([{ path: ${path}, line: ${line} }]))`;
