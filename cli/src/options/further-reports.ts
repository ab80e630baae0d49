import { DIFF_FORMATS, type DiffFormat } from '@securescan/contracts';
import { outputFileProblem } from '../output/sink';
import type { DiffFlags } from './diff-flags';
import { formatOf } from './setting-words';

/** A report that is written beside the one of `--output`. */
export interface FurtherReport {
  readonly format: DiffFormat;
  readonly file: string;
}

export interface FurtherReports {
  readonly reports: readonly FurtherReport[];
  /** Where the scan of the head goes; `null` where nobody wants it. */
  readonly headReport: string | null;
}

/** What `--also` and `--head-report` ask for. Adds every problem with them. */
export async function readFurtherReports(
  { also = [], headReport }: Pick<DiffFlags, 'also' | 'headReport'>,
  cwd: string,
  problems: string[],
): Promise<FurtherReports> {
  const reports = also.flatMap((word) => reportOf(word, problems));
  const files = [
    ...reports.map(({ file }) => file),
    ...(headReport === undefined ? [] : [headReport]),
  ];
  if (new Set(files).size < files.length) problems.push('--also: two reports cannot be one file.');
  for (const file of files) {
    const problem = await outputFileProblem(file, cwd);
    if (problem !== null) problems.push(problem);
  }
  return { reports, headReport: headReport ?? null };
}

function reportOf(word: string, problems: string[]): FurtherReport[] {
  const [, name = '', file = ''] = /^([^=]*)=(.+)$/su.exec(word) ?? [];
  if (file === '') {
    problems.push(`--also takes a format and a file, as sarif=out.sarif, and not "${word}".`);
    return [];
  }
  const format = formatOf(DIFF_FORMATS)([name], '--also', problems);
  return DIFF_FORMATS.filter((known) => known === format).map((known) => ({ format: known, file }));
}
