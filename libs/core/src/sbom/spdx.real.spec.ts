import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyLockfiles, describeWithTool } from '@securescan/testing';
import fc from 'fast-check';
import type { ListedPackage } from './inventory';
import { toSbomDocument } from './sbom-document';
import { spdxChunks } from './spdx';

// The validator starts slowly, and the machine may be busy with other tests.
jest.setTimeout(120_000);

const FACTS = {
  toolVersion: '1.2.3',
  lister: null,
  chosenName: null,
  project: 'shop',
  created: null,
  isComplete: true,
  notes: [],
};

describeWithTool(['pyspdxtools'], 'the validator of the SPDX project', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'spdx-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function problemsOf(text: string): string {
    const file = join(directory, 'bom.spdx.json');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync('pyspdxtools', ['--infile', file], {
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${String(status)}: ${stdout}${stderr}`;
  }

  it('sees what is wrong', () => {
    const text = [...spdxChunks(toSbomDocument([], FACTS))].join('');
    expect(problemsOf(text.replace('1970-01-01T00:00:00Z', 'yesterday'))).not.toBe('');
  });

  it.each(['empty', 'npm-3', 'everything'])('finds nothing wrong with the golden "%s"', (name) => {
    const file = join(__dirname, '__goldens__', `${name}.spdx.json`);
    expect(problemsOf(readFileSync(file, 'utf8'))).toBe('');
  });

  it('finds nothing wrong with what anybody may write into lock files', () => {
    // Many inventories in one document: the start of the validator takes longer than its work.
    const samples = fc.sample(anyLockfiles(), { numRuns: 150, seed: 30 }).flat();
    const distinct = samples.map(({ lockfile }, index) => ({
      path: `${String(index)}/package-lock.json`,
      lockfile: { ...lockfile, packages: lockfile.packages.map(withNumber(index)) },
    }));
    const document = toSbomDocument(distinct, FACTS);
    expect(document.components.length).toBeGreaterThan(200);
    expect(problemsOf([...spdxChunks(document)].join(''))).toBe('');
  });
});

/** So that components of different samples do not fall together. */
function withNumber(index: number): (found: ListedPackage) => ListedPackage {
  return (found) => ({ ...found, version: `${found.version ?? ''}${String(index)}` });
}
