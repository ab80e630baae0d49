import type { ScanType } from '@securescan/contracts';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { isActive } from '../model/suppression';
import { compareCodePoints } from '../order/compare-code-points';
import { inCanonicalOrder } from '../order/canonical-order';
import { sortedJson } from '../order/sorted-json';

/** Of the file's format: it grows when a member changes its meaning. */
export const BASELINE_VERSION = 1;

export interface BaselineParts {
  /** The command that wrote it. */
  readonly generatedBy: string;
  /** From the directory of the file to what was scanned. */
  readonly targetPath: string;
  readonly scanTypes: readonly ScanType[];
  readonly outcomes: readonly Pick<ScannerOutcome, 'scanner' | 'status' | 'reason'>[];
  readonly findings: readonly Finding[];
}

/**
 * The text of a baseline: what is active now, to be told from what comes later. Keys are sorted, and nothing in it comes from a
 * clock or a machine, so that the same tree gives the same bytes.
 */
export function renderBaseline(parts: BaselineParts): string {
  const scanners = parts.outcomes.map(({ scanner, status, reason }) => ({
    name: scanner,
    status,
    reason,
  }));
  const body = {
    version: BASELINE_VERSION,
    generated_by: parts.generatedBy,
    target_path: parts.targetPath,
    scan_types: [...parts.scanTypes].sort(compareCodePoints),
    scanners: scanners.sort((a, b) => compareCodePoints(a.name, b.name)),
    findings: inCanonicalOrder(parts.findings.filter(isActive)).map((finding) => ({
      fingerprint: finding.fingerprint,
      scanner: finding.scanner,
      scan_type: finding.scanType,
      severity: finding.severity,
      title: finding.title,
      rule_id: finding.ruleId,
      file_path: finding.filePath,
      line_start: finding.lineStart,
      cwe: finding.cwe,
      aliases: finding.aliases.map(({ scanner, ruleId, fingerprint }) => ({
        scanner,
        rule_id: ruleId,
        fingerprint,
      })),
    })),
  };
  return `${JSON.stringify(sortedJson(body), null, 2)}\n`;
}
