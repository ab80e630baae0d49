import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import { blocksOf, deliverOne, expectToTell } from './webhook-samples';

jest.setTimeout(300_000);

/* Apart from the other languages: Go compiles its libraries first, for half a minute of a processor where they are not there yet. */

describeWithTool(['go'], 'the sample of the guide in Go', () => {
  it('tells what is genuine', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'webhook-samples-'));
    try {
      const [code = '', ...others] = blocksOf('go');
      expect(others).toEqual([]);
      writeFileSync(join(directory, 'verify.go'), code);
      execFileSync('go', ['build', '-o', 'verify', 'verify.go'], { cwd: directory });
      await expectToTell([join(directory, 'verify')], await deliverOne());
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
