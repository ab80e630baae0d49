import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aMachine,
  anInspectContext,
  aSystem,
  reportOf,
  type SystemContents,
} from '@securescan/testing';
import type { ProcessResult } from '../../ports';
import type { ProgramCall, ScannerReport, ScanOptions } from '../../scanner';
import { baselineScanner } from './scanner';

/** What the tests of the baseline scanner have in common. */

type Text = string | readonly string[];

/** Files by path: a text, its lines, or facts about the file. */
export type Files = Readonly<Record<string, Text | SystemContents[string]>>;

/** What programs answer, by their command line: the output, or output and exit code. */
export type Programs = Readonly<
  Record<string, string | readonly [stdout: string, exitCode: number]>
>;

/** The report over files that stand for a system. */
export async function auditTree(files: Files): Promise<ScannerReport> {
  const openSystem = (): ReturnType<typeof aSystem> => aSystem(contents(files));
  return audit(aMachine({ openSystem }), {});
}

/** The report over this machine, with these files and programs. */
export async function auditHost(files: Files, programs: Programs = {}): Promise<ScannerReport> {
  const openSystem = (root: string): ReturnType<typeof aSystem> =>
    aSystem(root === '/' ? contents(files) : {});
  const run = (call: ProgramCall): Promise<ProcessResult | null> =>
    Promise.resolve(answerOf(call, programs));
  return audit(aMachine({ openSystem, run }), { hostProbes: true });
}

async function audit(
  machine: ReturnType<typeof aMachine>,
  options: Partial<ScanOptions>,
): Promise<ScannerReport> {
  const context = anInspectContext({ machine, options: { semgrepRules: [], ...options } });
  return reportOf(await baselineScanner.inspect(context));
}

/** What was found, as `id file:line subject`, in order of the text. */
export function told({ findings }: ScannerReport): string[] {
  return findings
    .map(({ ruleId, metadata, discriminator = '' }) => {
      const path = textOf(metadata['path']);
      const line = textOf(metadata['line']);
      const subject = discriminator.slice(path === '' ? 0 : path.length + 1);
      return `${ruleId.replace('BASELINE-', '')} ${path}${line === '' ? '' : `:${line}`} ${subject}`;
    })
    .sort((a, b) => (a < b ? -1 : 1));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What a program printed once, by the name of the file without its ending. */
export function printed(name: string): string {
  return readFileSync(join(__dirname, '../__fixtures__/baseline/programs', `${name}.txt`), 'utf8');
}

function contents(files: Files): SystemContents {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path, { ...modeOf(path), ...contentOf(file) }]),
  );
}

/** Files that nobody may read have such a mode unless a test says otherwise. */
function modeOf(path: string): { mode?: number } {
  return /\/g?shadow$/u.test(path) ? { mode: 0o640 } : {};
}

function contentOf(file: Files[string]): SystemContents[string] {
  if (typeof file === 'string') return { text: file };
  return isLines(file) ? { text: `${file.join('\n')}\n` } : file;
}

function isLines(file: readonly string[] | SystemContents[string]): file is readonly string[] {
  return Array.isArray(file);
}

function answerOf({ executable, args }: ProgramCall, programs: Programs): ProcessResult | null {
  const answer = programs[[executable, ...args].join(' ')];
  if (answer === undefined) return null;
  const [stdout, exitCode] = typeof answer === 'string' ? [answer, 0] : answer;
  return { end: 'exited', exitCode, stdout, stderrTail: '', durationMs: 1 };
}
