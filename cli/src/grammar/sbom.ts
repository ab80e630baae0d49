import { SBOM_FORMATS, type SbomFormat } from '@securescan/contracts';
import { Option, type Command } from 'commander';
import { addConfigOptions } from '../options/scan-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface SbomFlags {
  readonly output: SbomFormat;
  readonly outputFile?: string;
  readonly with?: 'syft';
  readonly project?: string;
  /** False for --no-config. */
  readonly config?: string | false;
  readonly quiet?: true;
}

export interface SbomWords {
  readonly target: string;
  readonly flags: SbomFlags;
}

/** `securescan sbom [target]` */
export function declareSbom(program: Command, run: Run<'sbom', SbomWords>): void {
  const command = program
    .command('sbom')
    .argument('[target]', 'directory or lock file to read (default: .)')
    .addOption(
      new Option('-o, --output <format>', 'CycloneDX 1.6 or SPDX 2.3, as JSON')
        .choices(SBOM_FORMATS)
        .default('cyclonedx'),
    )
    .option('--output-file <file>', 'write it to this file instead of standard output')
    .addOption(
      new Option(
        '--with <program>',
        'let this program list the packages instead of reading lock files',
      ).choices(['syft']),
    )
    .action((target: string | undefined, flags: SbomFlags) => {
      run({ command: 'sbom', words: { target: target ?? '.', flags } });
    });
  addConfigOptions(command).option('-q, --quiet', 'no notices, only the document and errors');
  addHelp(command, {
    description: 'write a bill of materials: every package that the lock files of a project name',
    examples: [
      ['securescan sbom > bom.cdx.json'],
      ['securescan sbom server --output spdx --output-file server.spdx.json'],
      ['SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) securescan sbom', 'with a time'],
    ],
    exitCodes: {
      0: 'written',
      3: 'written, but a lock file could not be read; or the program of --with is missing or failed',
    },
    remark:
      'The document has no time of its own: SOURCE_DATE_EPOCH gives it one. See docs/sbom.md for what is read.',
  });
}
