import { Command } from 'commander';
import { declareConfig, type ConfigInvocation } from './grammar/config';
import { addScanOptions } from './options/scan-flags';
import type { ScanFlags } from './options/scan-flags';
import { addServeOptions } from './options/serve-flags';
import type { ServeFlags } from './options/serve-flags';

export interface StatusFlags {
  readonly json?: true;
}

/** What the line asks for, in the words of the line: nothing is checked yet but its grammar. */
export type Invocation =
  | { readonly command: 'scan'; readonly target: string | null; readonly flags: ScanFlags }
  | { readonly command: 'status'; readonly flags: StatusFlags }
  | ConfigInvocation
  | { readonly command: 'serve'; readonly flags: ServeFlags };

export interface ProgramOptions {
  readonly version: string;
  readonly run: (invocation: Invocation) => void;
}

const ROOT_EXAMPLES = `
Examples:
  $ securescan scan .                                    scan this project
  $ securescan scan . --fail-on-severity high            exit with 1 on high or critical findings
  $ securescan scan . --output sarif --output-file out.sarif
  $ securescan status                                    which scanners can run here
  $ securescan serve                                     API and dashboard on http://127.0.0.1:8000

Exit codes:
  0 clean, 1 gate reached, 2 usage or configuration, 3 scan incomplete,
  70 defect of SecureScan, 130 interrupted`;

const SCAN_EXAMPLES = `
Examples:
  $ securescan scan src --type code,iac
  $ securescan scan . --output json > findings.json
  $ securescan scan . --fail-on-severity medium --require-scanner semgrep
  $ securescan scan . --semgrep-rules ./rules --semgrep-rules p/ci
  $ securescan scan https://shop.example.com --type dast
  $ securescan scan 10.1.2.0/28 --type network
  $ securescan scan --type baseline --baseline-host-probes
  $ securescan scan . --explain-config                    which settings apply, and where they come from

The report goes to standard output or to --output-file; everything else goes to standard error.`;

const STATUS_EXAMPLES = `
Examples:
  $ securescan status
  $ securescan status --json`;

const SERVE_EXAMPLES = `
Examples:
  $ securescan serve
  $ securescan serve --port 8080`;

/** The grammar of the command line. Parsing throws CommanderError after it has printed help, version or a complaint. */
export function createProgram({ version, run }: ProgramOptions): Command {
  const program = new Command('securescan')
    .description(
      'Runs security scanners over a project and gives what they find as one kind of record.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', ROOT_EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(inOurVoice(text));
      },
    });

  addScanOptions(
    program
      .command('scan')
      .argument('[target]', 'directory, file, URL (type dast) or host (type network)'),
  )
    .description('scan a directory, a file, a web application or a host')
    .addHelpText('after', SCAN_EXAMPLES)
    .action((target: string | undefined, flags: ScanFlags) => {
      run({ command: 'scan', target: target ?? null, flags });
    });

  program
    .command('status')
    .description('show which scanners can run on this machine')
    .option('--json', 'print JSON, in the shape of GET /api/v1/dashboard/status')
    .addHelpText('after', STATUS_EXAMPLES)
    .action((flags: StatusFlags) => {
      run({ command: 'status', flags });
    });

  declareConfig(program, run);

  addServeOptions(program.command('serve'))
    .description('start the server: API and dashboard')
    .addHelpText('after', SERVE_EXAMPLES)
    .action((flags: ServeFlags) => {
      run({ command: 'serve', flags });
    });

  return program;
}

/** Commander begins its complaints with "error:". */
function inOurVoice(text: string): string {
  return text.replace(/^error: /, 'securescan: ').replace(/\n(?=\(Did you mean)/, ' ');
}
