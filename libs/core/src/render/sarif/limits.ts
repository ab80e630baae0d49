import { SCAN_TYPES, SEVERITIES, type ScanType } from '@securescan/contracts';
import { Gzip, strToU8 } from 'fflate';
import type { Finding } from '../../model/finding';
import { countBySeverity } from '../../severity/severity-rank';
import { sarifResult } from './result';
import { sarifRules } from './rules';

/** What a log must fit: what GitHub's code scanning takes in, or nothing. */
export const SARIF_LIMITS = ['github', 'none'] as const;
export type SarifLimits = (typeof SARIF_LIMITS)[number];

/** GitHub refuses a run that holds more, and shows the worst of the second figure. */
export const MAX_RESULTS_OF_A_RUN = 25_000;
export const SHOWN_RESULTS_OF_A_RUN = 5_000;
const MAX_RULES_OF_A_RUN = 25_000;
/** GitHub refuses more than 10 MB, compressed; what is around the results and a packer's habits take their part of it. */
const MAX_COMPRESSED_BYTES = 9_000_000;
/** The size of the pieces in which it is measured. */
const PIECE_CHARACTERS = 256 * 1024;
/** Findings between two pieces of nothing. */
const PAUSE_EVERY = 200;
/** Of a result and its rule without the texts of the finding. */
const ENVELOPE_BYTES = 3_000;
/** A text may be written several times, and a character of it takes up to six bytes in JSON. */
const BYTES_OF_A_CHARACTER = 18;

/** What one run of a log holds, in canonical order, and what is left out of it. */
export interface SarifRunPlan {
  readonly scanType: ScanType;
  readonly findings: readonly Finding[];
  readonly withheld: readonly Finding[];
}

/**
 * One run for each scan type: those that were asked for, empty ones too, so that code scanning sees what is gone, and those that
 * findings have. Within GitHub's limits the worst findings stay, whatever run they are in. Yields empty pieces meanwhile, so that
 * whoever writes them out can do other things between: measuring a large log takes as long as writing it.
 */
export function* planSarifRuns(
  scanTypes: readonly ScanType[],
  findings: readonly Finding[],
  limits: SarifLimits,
): Generator<string, readonly SarifRunPlan[]> {
  const types = new Set([...scanTypes, ...findings.map(({ scanType }) => scanType)]);
  const runs = SCAN_TYPES.filter((type) => types.has(type)).map((scanType) => ({
    scanType,
    rules: new Set<string>(),
    findings: new Array<Finding>(),
    withheld: new Array<Finding>(),
  }));
  const byType = new Map(runs.map((run) => [run.scanType, run]));
  const size = limits === 'github' && mayBeTooLarge(findings) ? new CompressedSize() : null;
  for (const [index, finding] of findings.entries()) {
    if (index % PAUSE_EVERY === 0) yield '';
    const run = byType.get(finding.scanType);
    if (run === undefined) continue;
    const isNewRule = !run.rules.has(finding.ruleId);
    const isFull =
      run.findings.length >= MAX_RESULTS_OF_A_RUN ||
      (isNewRule && run.rules.size >= MAX_RULES_OF_A_RUN);
    if (limits === 'github' && (isFull || size?.takes(finding, isNewRule) === false)) {
      run.withheld.push(finding);
      continue;
    }
    run.rules.add(finding.ruleId);
    run.findings.push(finding);
  }
  return runs;
}

/** What is left out, in words; `null` where nothing is. */
export function withheldWords({ withheld }: SarifRunPlan): string | null {
  if (withheld.length === 0) return null;
  const counts = countBySeverity(withheld);
  const words = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `${String(counts[severity])} ${severity}`,
  );
  return `${String(withheld.length)} results are withheld (${words.join(', ')}): code scanning takes ${String(MAX_RESULTS_OF_A_RUN)} results of a run and 10 MB of a file; the JSON report holds all.`;
}

/** A bound that costs no rendering. */
function mayBeTooLarge(findings: readonly Finding[]): boolean {
  let bytes = 0;
  for (const finding of findings) {
    const { title, description, remediation, filePath } = finding;
    const characters =
      title.length + description.length + (remediation?.length ?? 0) + (filePath?.length ?? 0);
    bytes += ENVELOPE_BYTES + BYTES_OF_A_CHARACTER * characters;
    if (bytes > MAX_COMPRESSED_BYTES) return true;
  }
  return false;
}

/** How large what was taken is when it is packed, as whoever uploads it does. */
class CompressedSize {
  private bytes = 0;
  private piece = '';
  private isFull = false;
  private readonly gzip = new Gzip({ level: 1, mtime: 0 }, (packed) => {
    this.bytes += packed.length;
  });

  /** False from the first finding on that does not fit any more. */
  takes(finding: Finding, isNewRule: boolean): boolean {
    if (this.isFull) return false;
    const rule = isNewRule ? JSON.stringify(sarifRules([finding])) : '';
    this.piece += rule + JSON.stringify(sarifResult(finding, 0, undefined));
    if (this.piece.length >= PIECE_CHARACTERS) {
      this.gzip.push(strToU8(this.piece));
      this.piece = '';
    }
    this.isFull = this.bytes >= MAX_COMPRESSED_BYTES;
    return !this.isFull;
  }
}
