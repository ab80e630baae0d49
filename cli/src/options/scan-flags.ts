import { SCAN_OUTPUTS, type OutputFormat } from '@securescan/contracts';
import { Option, type Command } from 'commander';
import type { ServerFlags } from './server-flags';

/** The flags of `scan` as text. Values are judged later and all at once, so that one run tells every mistake. */
export interface ScanFlags extends ServerFlags {
  readonly type?: readonly string[];
  readonly scanner?: readonly string[];
  readonly targetUrl?: string;
  readonly targetHost?: string;
  readonly active?: true;
  readonly history?: true;
  readonly baselineHostProbes?: true;
  readonly staged?: true;
  readonly output?: string;
  readonly outputFile?: string;
  readonly repo?: string;
  readonly sha?: string;
  readonly baseSha?: string;
  readonly reviewEvent?: string;
  /** False for --no-suggestions. */
  readonly suggestions?: boolean;
  readonly sarifLimits?: string;
  readonly failOnSeverity?: string;
  readonly failOnCount?: string;
  readonly baseline?: string;
  /** False for --no-suppress, else true. */
  readonly suppress: boolean;
  readonly showSuppressed?: true;
  readonly hideSuppressed?: true;
  readonly semgrepRules?: readonly string[];
  readonly allowIncomplete?: true;
  readonly requireScanner?: readonly string[];
  /** False for --no-ai. */
  readonly ai?: boolean;
  readonly offline?: true;
  readonly sandbox?: true;
  readonly project?: string;
  /** False for --no-config. */
  readonly config?: string | false;
  readonly explainConfig?: true;
  readonly quiet?: true;
  /** False for --no-color, else true. */
  readonly color: boolean;
}

/** Declares the flags of `scan`. */
export function addScanOptions(command: Command): Command {
  addScannerOptions(command)
    .option('--target-url <url>', 'web application to scan, for type dast')
    .option('--target-host <host>', 'name, address or CIDR range to scan, for type network')
    .option('--active', 'let ZAP attack the application at --target-url')
    .option('--history', "let secrets read git's history too")
    .option('--baseline-host-probes', 'let baseline judge this machine instead of a directory')
    .option('--staged', 'scan what is staged for the next commit, as it is in the index');
  addGateOptions(addGitHubOptions(addOutputOptions(command, SCAN_OUTPUTS)));
  addAdviceOptions(command);
  addBaselineOption(command);
  addSuppressionOptions(command);
  addConfigOptions(command).option(
    '--explain-config',
    'print every setting and where it comes from, and scan nothing',
  );
  return addRunOptions(command);
}

/** What is looked for, and with which rules. */
export function addScannerOptions(command: Command): Command {
  return command
    .option(
      '-t, --type <types>',
      'kinds of scan, repeated or with commas: code, dependency, iac, baseline, dast, network (SECURESCAN_SCAN_TYPES, default: code, dependency, iac)',
      append,
    )
    .option(
      '--scanner <scanner>',
      'run only this scanner; repeat for several (see securescan status for the names)',
      append,
    )
    .option(
      '--semgrep-rules <rules>',
      'file, directory, registry pack (p/ci) or auto; repeat for several (SECURESCAN_SEMGREP_RULES)',
      append,
    );
}

/** Where the report goes. */
export function addOutputOptions(command: Command, formats: readonly OutputFormat[]): Command {
  const output = new Option(
    '-o, --output <format>',
    'how the report is written (SECURESCAN_OUTPUT, default: text)',
  );
  // Shown and completed, and judged with all other words of the line.
  output.argChoices = [...formats];
  return command
    .addOption(output)
    .option('--output-file <file>', 'write the report to this file instead of standard output')
    .option(
      '--sarif-limits <limits>',
      'what a SARIF log must fit: github or none (SECURESCAN_SARIF_LIMITS, default: github)',
    );
}

/** Where on GitHub the code is, for reports that link to it. */
export function addGitHubOptions(command: Command): Command {
  return command
    .option('--repo <repo>', 'owner/name on GitHub, for links (GITHUB_REPOSITORY)')
    .option('--sha <sha>', 'commit that links lead to (GITHUB_SHA)');
}

/** The same for comparisons, and what a review is to be. */
export function addReviewOptions(command: Command): Command {
  return command
    .option('--repo <repo>', 'owner/name on GitHub, for links (GITHUB_REPOSITORY)')
    .option(
      '--sha <sha>',
      'commit that links and review are about (default: the head that was scanned, else GITHUB_SHA)',
    )
    .option('--base-sha <sha>', 'commit that the pull request goes against (default: --base-ref)')
    .option(
      '--review-event <event>',
      'what a github-review comes to: COMMENT, REQUEST_CHANGES or APPROVE (default: COMMENT)',
    )
    .option('--no-suggestions', 'offer nothing in a github-review that would silence a finding');
}

/** What makes the exit code 1 or 3. */
export function addGateOptions(command: Command): Command {
  return addCompletenessOptions(
    command
      .option(
        '--fail-on-severity <severity>',
        'exit with 1 when a finding is this bad or worse: critical, high, medium, low, info (SECURESCAN_FAIL_ON_SEVERITY)',
      )
      .option('--fail-on-count <number>', 'exit with 1 when there are more findings than this'),
  );
}

/** What makes the exit code 3. */
export function addCompletenessOptions(command: Command): Command {
  return command
    .option(
      '--allow-incomplete',
      'exit with 0 although a scanner failed (SECURESCAN_ALLOW_INCOMPLETE=1)',
    )
    .option(
      '--require-scanner <scanner>',
      'count it as incomplete when this scanner does not complete; repeat for several (SECURESCAN_REQUIRE_SCANNERS)',
      append,
    );
}

export function addBaselineOption(command: Command): Command {
  return command.option(
    '--baseline <file>',
    'findings of this baseline are listed as suppressed (SECURESCAN_BASELINE)',
  );
}

/** What becomes of what somebody decided not to count. */
export function addSuppressionOptions(command: Command): Command {
  return command
    .option('--no-suppress', 'count every finding, whatever ignores it')
    .option('--show-suppressed', 'list suppressed findings, too')
    .option('--hide-suppressed', 'do not list suppressed findings');
}

/** Whether a language model is asked, for what is told about a finding leaves the machine. */
export function addAdviceOptions(command: Command): Command {
  return command
    .option(
      '--ai',
      'ask the language model at SECURESCAN_AI_BASE_URL how to mend what is critical or high; findings leave this machine',
    )
    .option('--no-ai', 'ask no language model, whatever the configuration says');
}

/** Whose word counts where the line says nothing. */
export function addConfigOptions(command: Command): Command {
  return command
    .option('--project <name>', "name of the project (SECURESCAN_PROJECT, default: git's origin)")
    .option('--config <file>', 'use this configuration instead of looking for one')
    .option('--no-config', 'use no configuration');
}

/** How a scan runs and what is seen of it. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--offline', 'skip what needs the network (SECURESCAN_OFFLINE=1)')
    .option('--sandbox', 'run every external scanner within bubblewrap (SECURESCAN_SANDBOX=1)')
    .option('-q, --quiet', 'no progress and no notices, only the report and errors')
    .option('--no-color', 'no colours (NO_COLOR)');
}

/** Collects a flag that may be repeated. */
export function append(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
