import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import type { ScanType, Severity } from '@securescan/contracts';
import type { InitFlags } from '../grammar/init';

/** What a word means, or why it means nothing. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

export interface InitSettings {
  /** `null` where nobody said. */
  readonly scanTypes: readonly ScanType[] | null;
  readonly threshold: Severity | null;
  readonly isForced: boolean;
  readonly mayAsk: boolean;
  readonly hasWorkflow: boolean;
  readonly hasBaseline: boolean;
}

/** Gives the flags of `init` their meaning. Pure; finds every problem. */
export function readInitSettings(flags: InitFlags): {
  readonly settings: InitSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const valueOf = <T>(
    flag: string,
    word: string | undefined,
    read: (text: string) => Reading<T>,
  ): T | null => {
    if (word === undefined) return null;
    const reading = read(word);
    if ('value' in reading) return reading.value;
    problems.push(`${flag}: ${reading.problem}`);
    return null;
  };
  const settings = {
    scanTypes: valueOf('--scan-types', flags.scanTypes, readScanTypes),
    threshold: valueOf('--threshold', flags.threshold, readThreshold),
    isForced: flags.force === true,
    mayAsk: flags.prompt,
    hasWorkflow: flags.workflow,
    hasBaseline: flags.baseline,
  };
  return { settings, problems };
}

/** Types with commas between, in any order; the result is in ours. */
export function readScanTypes(text: string): Reading<readonly ScanType[]> {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const strange = words.find((word) => !SCAN_TYPES.some((type) => type === word));
  return strange === undefined
    ? { value: SCAN_TYPES.filter((type) => words.includes(type)) }
    : { problem: `it takes ${SCAN_TYPES.join(', ')}, with commas between, and not "${strange}".` };
}

export function readThreshold(text: string): Reading<Severity> {
  const word = text.trim().toLowerCase();
  const value = SEVERITIES.find((severity) => severity === word);
  return value === undefined
    ? { problem: `it takes ${SEVERITIES.join(', ')}, and not "${text}".` }
    : { value };
}
