import {
  countAtOrAbove,
  isDiffComplete,
  suppressionOf,
  type Finding,
  type FindingsDiff,
} from '@securescan/core';
import type { ScanSettings } from '../options/scan-settings';
import { exitCodeOfScan, type ExitCode } from '../output/exit-codes';
import { oneRow, writeNotice, type Terminal } from '../output/terminal';

export interface DiffGate {
  readonly settings: Pick<
    ScanSettings,
    'threshold' | 'mostFindings' | 'requiredScanners' | 'isIncompleteAllowed' | 'isQuiet'
  >;
  /** Whether what the change itself suppresses counts as new. */
  readonly isStrict: boolean;
  /** True where the head's own configuration judged: then what it suppresses is the change's doing. */
  readonly isJudgedByHead: boolean;
}

/** The exit code of a comparison, and why it is not 0. */
export function judgeDiff(diff: FindingsDiff, gate: DiffGate, terminal: Terminal): ExitCode {
  const { requiredScanners, isIncompleteAllowed, isQuiet } = gate.settings;
  const missing = diff.scanners.filter(
    ({ scanner, reason, isIncomplete }) =>
      isIncomplete || (reason !== null && requiredScanners.includes(scanner)),
  );
  const isIncomplete = missing.length > 0 || !isDiffComplete(diff);
  if (isIncomplete) {
    const which = missing.map(({ scanner, reason }) => `${scanner} ${reason ?? ''}`).join('; ');
    const words = which === '' ? 'no scanner completed on both sides' : which;
    writeNotice(terminal, oneRow(`the comparison is incomplete: ${words}`, Infinity));
  }
  const reasons = gateReasons(diff, gate);
  if (!isQuiet) for (const reason of reasons) writeNotice(terminal, reason);
  return exitCodeOfScan({ isGateReached: reasons.length > 0, isIncomplete, isIncompleteAllowed });
}

function gateReasons(diff: FindingsDiff, gate: DiffGate): string[] {
  const { threshold, mostFindings } = gate.settings;
  const counted = [...diff.new, ...diff.newlySuppressed.filter((one) => isOwnDoing(one, gate))];
  const gated = threshold === null ? 0 : countAtOrAbove(counted, threshold);
  return [
    ...(gated > 0 && threshold !== null
      ? [
          `${gated} new ${gated === 1 ? 'finding is' : 'findings are'} of severity ${threshold} or worse`,
        ]
      : []),
    ...(mostFindings !== null && counted.length > mostFindings
      ? [`${counted.length} findings are new, and at most ${mostFindings} may be`]
      : []),
  ];
}

/** Comments come with the change; configuration and baseline only where the head's are in force. */
function isOwnDoing(finding: Finding, { isStrict, isJudgedByHead }: DiffGate): boolean {
  return isStrict && (isJudgedByHead || suppressionOf(finding)?.kind === 'inline');
}
