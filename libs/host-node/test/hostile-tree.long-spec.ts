import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import { ScanBench } from './scan-bench';

const FILES = 200_000;
const FILES_PER_DIRECTORY = 500;
const MOST_MS = 300_000;

describeWithTool(['semgrep', 'bandit', 'git'], 'a scan of 200 000 files', () => {
  it(
    'ends in time, reads as many as it may, and says that there are more',
    async () => {
      const bench = new ScanBench();
      for (let at = 0; at < FILES; at += FILES_PER_DIRECTORY) {
        const directory = join(bench.tree, `d${at}`);
        mkdirSync(directory);
        for (let index = 0; index < FILES_PER_DIRECTORY; index += 1)
          writeFileSync(join(directory, `f${index}.txt`), `text ${index}\n`);
      }
      bench.write('z/service.py', 'import pickle\n\npickle.loads(input())\n');
      bench.write('a/service.py', 'import pickle\n\npickle.loads(input())\n');
      const startedAt = performance.now();
      const result = await bench.scan();
      const durationMs = performance.now() - startedAt;
      process.stdout.write(`200 000 files: ${(durationMs / 1_000).toFixed(1)} s\n`);
      const reason = 'budget exceeded: the tree has more than 200000 files';
      const read = result.outcomes.map(({ scanner, status, filesAssessed }) => [
        scanner,
        status,
        filesAssessed,
      ]);
      await bench.close();
      const found = result.findings.map(({ filePath }) => filePath);
      expect(found).toContain('a/service.py');
      const secrets = result.outcomes.find(({ scanner }) => scanner === 'secrets');
      expect(secrets?.filesSkipped).toEqual([{ reason, count: 1, paths: ['.'] }]);
      expect(read).toEqual(
        expect.arrayContaining([
          ['secrets', 'completed', FILES],
          ['git-hygiene', 'completed', FILES],
        ]),
      );
      // A scanner that is not installed is skipped; none that runs may be held up.
      expect(read.filter(([, status]) => status === 'failed' || status === 'timed_out')).toEqual(
        [],
      );
      expect(durationMs).toBeLessThan(MOST_MS);
    },
    2 * MOST_MS,
  );
});
