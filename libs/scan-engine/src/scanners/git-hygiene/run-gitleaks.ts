import type { ParsedFinding } from '@securescan/core';
import { stringify } from 'smol-toml';
import { budgetExceeded } from '../../budgets';
import { describeFailure, lastWords } from '../../one-line';
import type { ProcessResult } from '../../ports';
import type { InspectContext, ProgramCall } from '../../scanner';
import { SKIPPED_DIRECTORIES } from '../../skipped-directories';
import { isEnvFile } from '../secrets/env-file';
import { parseGitleaks } from './gitleaks';
import { pathWithin } from '../paths';

/** Less than the scanner's own limit: what git says is reported whatever becomes of gitleaks. */
const TIME_LIMIT_MS = 240_000;
const SINGLE_FILE_LIMIT_MS = 5_000;
const CONFIG = 'gitleaks.toml';
const IGNORE_DIRECTORY = 'ignore';
const IGNORE_FILE = '.gitleaksignore';
const MAX_SINGLE_FILES = 20;
const MEGABYTE = 1_000_000;

export interface GitleaksReport {
  readonly findings: readonly ParsedFinding[];
  readonly notes: readonly string[];
}

const NOTHING: GitleaksReport = { findings: [], notes: [] };

/**
 * What gitleaks finds in the files of today, with its own rules and nothing of the tree's. Nothing where it is not installed;
 * a note, and none of its findings, where it fails: a report that was cut off looks like one that is whole.
 */
export async function lookWithGitleaks(context: InspectContext): Promise<GitleaksReport> {
  const silenced = await silencedFiles(context);
  if (silenced === null) {
    return failed(`${IGNORE_FILE} of the tree cannot be read, and gitleaks would obey it`);
  }
  const whole = await run(context, context.target.path, TIME_LIMIT_MS);
  if (whole === null) return NOTHING;
  if ('failure' in whole) return failed(whole.failure);
  // gitleaks obeys the list of the directory that it is given, whatever it is told. Files that are given alone have none.
  const again = silenced.slice(0, MAX_SINGLE_FILES).map((path) => `${context.target.root}/${path}`);
  const findings = whole.findings.filter(({ filePath }) => !again.includes(filePath ?? ''));
  for (const path of again) {
    const single = await run(context, path, SINGLE_FILE_LIMIT_MS);
    if (single === null) return NOTHING;
    if ('failure' in single) return failed(single.failure);
    findings.push(...single.findings);
  }
  const notes =
    silenced.length > MAX_SINGLE_FILES
      ? [
          budgetExceeded(
            `gitleaks: ${IGNORE_FILE} of the tree names more than ${MAX_SINGLE_FILES} files`,
          ),
        ]
      : [];
  return { findings: await withoutLocalSettings(findings, context), notes };
}

function failed(why: string): GitleaksReport {
  return { findings: [], notes: [`gitleaks was left out: ${why}`] };
}

/** Files that entries of the target's own list silence: `null` where there is a list that we cannot read. */
async function silencedFiles({ target, files }: InspectContext): Promise<string[] | null> {
  const within = pathWithin(target);
  const list = within === '' ? IGNORE_FILE : `${within}/${IGNORE_FILE}`;
  const text = await files.readText(list);
  if (text === null) {
    const isThere = files.irregular.includes(list) || files.files.some(({ path }) => path === list);
    return isThere || files.skipped.some(({ path }) => path === list) ? null : [];
  }
  const listed = new Set(files.files.map(({ path }) => path));
  const named = text
    .split('\n')
    .map((line) => fileOfEntry(line.trim().replaceAll('\\', '/'), target.root));
  return [...new Set(named)].filter((path) => listed.has(path));
}

/** An entry is `<path>:<rule>:<line>`, with the path as gitleaks prints it: from the root of the machine. */
function fileOfEntry(entry: string, root: string): string {
  const prefix = `${root}/`;
  if (!entry.startsWith(prefix)) return '';
  return entry.slice(prefix.length).split(':').slice(0, -2).join(':');
}

type Outcome = { readonly findings: ParsedFinding[] } | { readonly failure: string };

async function run(
  context: InspectContext,
  path: string,
  timeLimitMs: number,
): Promise<Outcome | null> {
  const result = await context.machine.run({ ...gitleaksCall(context, path), timeLimitMs });
  return result === null ? null : judge(result, timeLimitMs);
}

function judge(result: ProcessResult, timeLimitMs: number): Outcome {
  if (result.end === 'timed_out')
    return { failure: `it did not end within ${timeLimitMs / 1000} s` };
  if (result.end !== 'exited' || result.exitCode !== 0) {
    const how = result.exitCode === null ? result.end : `exit code ${result.exitCode}`;
    const words = lastWords(result.stderrTail);
    return { failure: words === '' ? how : `${how}: ${words}` };
  }
  try {
    return { findings: [...parseGitleaks(result.stdout).findings] };
  } catch (error) {
    // Expected: the output is not a report of gitleaks.
    return { failure: describeFailure(error) };
  }
}

function gitleaksCall(
  { target, files }: InspectContext,
  path: string,
): Omit<ProgramCall, 'timeLimitMs'> {
  return {
    executable: 'gitleaks',
    args: [
      'dir',
      `--config=${CONFIG}`,
      `--gitleaks-ignore-path=${IGNORE_DIRECTORY}`,
      '--ignore-gitleaks-allow',
      '--redact=100',
      '--report-format=json',
      '--report-path=-',
      '--exit-code=0',
      '--no-banner',
      '--no-color',
      '--log-level=warn',
      `--max-target-megabytes=${Math.ceil(files.maxFileBytes / MEGABYTE)}`,
      path,
    ],
    files: { [CONFIG]: configFor(target.path), [`${IGNORE_DIRECTORY}/${IGNORE_FILE}`]: '' },
    readable: [target.root],
  };
}

/** The tool's own rules, without the directories that scans leave out: those below the target, whatever stands above it. */
function configFor(target: string): string {
  const names = SKIPPED_DIRECTORIES.map(escapeExpression).join('|');
  const base = escapeExpression(target === '/' ? '' : target);
  return stringify({
    title: 'SecureScan',
    extend: { useDefault: true },
    allowlist: { paths: [`^${base}/(?:.*/)?(?:${names})/`] },
  });
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/** Environment files that git ignores and does not track hold settings of this machine, as for `secrets`. */
async function withoutLocalSettings(
  findings: readonly ParsedFinding[],
  { target, git }: InspectContext,
): Promise<ParsedFinding[]> {
  const candidates = new Set(
    findings.map((finding) => relative(finding, target.root)).filter(isEnvFile),
  );
  if (git === null || candidates.size === 0) return [...findings];
  const tracked = await git.trackedFiles();
  const ignored = await git.ignoredFiles([...candidates]);
  return findings.filter((finding) => {
    const path = relative(finding, target.root);
    return !candidates.has(path) || tracked.has(path) || !ignored.has(path);
  });
}

function relative({ filePath }: ParsedFinding, root: string): string {
  const path = filePath ?? '';
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
