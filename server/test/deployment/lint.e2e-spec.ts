import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWithTool } from '@securescan/testing';
import { REPOSITORY } from './image-description';

const SLOW = 60_000;
const SCANNERS = ['dockerfile', 'checkov', 'secrets'];

interface Report {
  readonly complete: boolean;
  readonly scanner_outcomes: readonly {
    readonly scanner: string;
    readonly files_assessed: number;
  }[];
  readonly findings: readonly unknown[];
}

describeWithTool(['checkov'], 'our own scanners', () => {
  it(
    'find nothing in what we deploy with',
    async () => {
      const directory = await realpath(await mkdtemp(join(tmpdir(), 'securescan-lint-')));
      try {
        for (const path of ['docker-compose.yml', 'server/Dockerfile', 'server/deploy']) {
          await cp(join(REPOSITORY, path), join(directory, path), { recursive: true });
        }
        const { complete, findings, scanner_outcomes } = await scan(directory);
        expect({ complete, findings }).toEqual({ complete: true, findings: [] });
        const read = scanner_outcomes.map(({ scanner, files_assessed }) => [
          scanner,
          files_assessed,
        ]);
        expect(Object.fromEntries(read)).toEqual({ dockerfile: 1, checkov: 1, secrets: 5 });
      } finally {
        await rm(directory, { recursive: true });
      }
    },
    SLOW,
  );
});

async function scan(directory: string): Promise<Report> {
  const entry = join(REPOSITORY, 'dist/cli/src/main.js');
  const chosen = SCANNERS.flatMap((name) => ['--scanner', name, '--require-scanner', name]);
  const args = [entry, 'scan', directory, '--quiet', '--output', 'json', ...chosen];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Report;
}
