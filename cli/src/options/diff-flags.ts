import { DIFF_FORMATS } from '@securescan/contracts';
import { Option, type Command } from 'commander';
import {
  addBaselineOption,
  addConfigOptions,
  addGateOptions,
  addOutputOptions,
  addReviewOptions,
  addRunOptions,
  addScannerOptions,
  addSuppressionOptions,
  append,
  type ScanFlags,
} from './scan-flags';

/** The flags of `diff` as text. */
export interface DiffFlags extends ScanFlags {
  readonly baseRef?: string;
  readonly headRef?: string;
  readonly baseSnapshot?: string;
  readonly headSnapshot?: string;
  readonly policyFrom: 'base' | 'head';
  readonly strictPolicy?: true;
  /** `format=file`, word by word. */
  readonly also?: readonly string[];
  readonly headReport?: string;
}

/** Declares the flags of `diff`. */
export function addDiffOptions(command: Command): Command {
  command
    .option('--base-ref <ref>', 'revision to compare with, from where it and the head parted')
    .option('--head-ref <ref>', 'revision to look at (default: HEAD)')
    .option('--base-snapshot <file>', 'stored scan to compare with: a report in JSON or a baseline')
    .option('--head-snapshot <file>', 'stored scan to look at')
    .addOption(
      new Option('--policy-from <side>', 'whose configuration and baseline judge')
        .choices(['base', 'head'])
        .default('base'),
    )
    .option('--strict-policy', 'count what the change itself suppresses, too')
    .option(
      '--also <format=file>',
      'write this report of the same comparison, too; repeat for several',
      append,
    )
    .option(
      '--head-report <file>',
      'write the scan of --head-ref, too, as scan --output json would',
    );
  addGateOptions(addReviewOptions(addOutputOptions(addScannerOptions(command), DIFF_FORMATS)));
  addSuppressionOptions(addBaselineOption(command));
  return addRunOptions(addConfigOptions(command));
}
