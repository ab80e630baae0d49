import { Command } from 'commander';
import type { Invocation } from './grammar/invocation';
import { declareAudit } from './grammar/audit';
import { declareBaseline } from './grammar/baseline';
import { declareCompare } from './grammar/compare';
import { declareCompletion } from './grammar/completion';
import { declareConfig } from './grammar/config';
import { declareDiff } from './grammar/diff';
import { declareHistory } from './grammar/history';
import { declareHelpCommand } from './grammar/help-command';
import { declareInit } from './grammar/init';
import { declareKeys } from './grammar/keys';
import { declarePush } from './grammar/push';
import { declareReport } from './grammar/report';
import { declareSbom } from './grammar/sbom';
import { declareScan } from './grammar/scan';
import { declareServe } from './grammar/serve';
import { declareStatus } from './grammar/status';
import { declareTriage } from './grammar/triage';

export interface ProgramOptions {
  readonly version: string;
  readonly run: (invocation: Invocation) => void;
}

/** In the order in which the help lists them. */
const DECLARATIONS = [
  declareScan,
  declareDiff,
  declareCompare,
  declareBaseline,
  declareReport,
  declareSbom,
  declareInit,
  declareConfig,
  declareHistory,
  declareStatus,
  declarePush,
  declareTriage,
  declareServe,
  declareKeys,
  declareAudit,
  declareCompletion,
  declareHelpCommand,
] as const;

const ROOT_EXAMPLES = `
Examples:
  $ securescan scan .                                    scan this project
  $ securescan scan . --fail-on-severity high            exit with 1 on high or critical findings
  $ securescan scan . --output sarif --output-file out.sarif
  $ securescan diff --base-ref origin/main               what this branch brings
  $ securescan sbom --output-file bom.cdx.json           list the packages of this project
  $ securescan init                                      write a configuration and a workflow
  $ securescan status                                    which scanners can run here
  $ securescan serve                                     API and dashboard on http://127.0.0.1:8000

Exit codes:
  0 clean, 1 gate reached, 2 usage or configuration, 3 scan incomplete,
  70 defect of SecureScan, 130 interrupted

Tab completion: see securescan completion --help.`;

/** The grammar of the command line. Parsing throws CommanderError after it has printed help, version or a complaint. */
export function createProgram({ version, run }: ProgramOptions): Command {
  const program = new Command('securescan')
    .description(
      'Runs security scanners over a project and gives what they find as one kind of record.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', ROOT_EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(inOurVoice(text));
      },
    });
  for (const declare of DECLARATIONS) declare(program, run);
  return program;
}

// Controls, marks that turn the direction of text, and separators that some terminals take for line breaks.
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Commander begins its complaints with "error:", and repeats words of the line as they are. */
function inOurVoice(text: string): string {
  return text
    .replace(/^error: /, 'securescan: ')
    .replace(/\n(?=\(Did you mean)/, ' ')
    .replace(
      UNSAFE,
      (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    );
}
