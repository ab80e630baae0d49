import type { Command } from 'commander';
import { addScanOptions } from '../options/scan-flags';
import { addServerOptions } from '../options/server-flags';
import type { ScanFlags } from '../options/scan-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface ScanWords {
  readonly target: string | null;
  readonly flags: ScanFlags;
}

/** `securescan scan [target]` */
export function declareScan(program: Command, run: Run<'scan', ScanWords>): void {
  const command = program
    .command('scan')
    .argument('[target]', 'directory, file, URL (type dast) or host (type network)')
    .action((target: string | undefined, flags: ScanFlags) => {
      run({ command: 'scan', words: { target: target ?? null, flags } });
    });
  addServerOptions(
    addScanOptions(command),
    'let this server scan a path of its own, a URL or a host (its key: SECURESCAN_API_KEY)',
  );
  addHelp(command, {
    description: 'scan a directory, a file, a web application or a host',
    examples: [
      ['securescan scan src --type code'],
      ['securescan scan . --output json > findings.json'],
      ['securescan scan . --output html --output-file report.html'],
      ['securescan scan . --fail-on-severity medium --require-scanner semgrep'],
      ['securescan scan . --semgrep-rules ./rules --semgrep-rules p/ci'],
      ['securescan scan https://shop.example.com --type dast'],
      ['securescan scan 10.1.2.0/28 --type network'],
      ['securescan scan --type baseline --baseline-host-probes'],
      ['securescan scan /srv/shop --server https://scan.example.com'],
    ],
    exitCodes: {
      0: 'clean',
      1: 'a finding at or above --fail-on-severity',
      3: 'incomplete: a scanner failed or timed out',
    },
    remark:
      'The report goes to standard output or to --output-file; everything else goes to standard error. With --server the path ' +
      'is one on the server, inside the roots that it allows, and thresholds are those of this line.',
  });
}
