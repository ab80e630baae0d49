import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import {
  aFileTree,
  aMachine,
  anInspectContext,
  aSystem,
  describeWithTool,
  findOnPath,
  reportOf,
} from '@securescan/testing';
import { licensesScanner } from './scanner';
import { toExpression } from './spdx/license-tree';
import { readLicense } from './spdx/read-license';

/** Lets nothing pass, so that every package is reported with its licence. */
const NOTHING_ALLOWED = { deny: [], warn: [], allow: ['LicenseRef-Nothing'] };

interface Row {
  readonly Name: string;
  readonly Version: string;
}

type Mixed = Row & { readonly License: string };

/** What each place in the metadata says, `UNKNOWN` where it says nothing. */
type All = Row &
  Readonly<Record<'License-Metadata' | 'License-Classifier' | 'License-Expression', string>>;

/** The virtual environment that a program is installed in. */
function environmentOf(executable: string): string {
  return dirname(dirname(realpathSync(executable)));
}

function pipLicenses<T extends Row>(executable: string, source: string): T[] {
  const args = ['--format=json', '--with-system', `--from=${source}`];
  const { stdout } = spawnSync(executable, args, { encoding: 'utf8', maxBuffer: 64_000_000 });
  return JSON.parse(stdout) as T[];
}

/** The metadata of an environment, as files of a tree that it lies in as `.venv`. */
function metadataIn(environment: string): Record<string, string> {
  const contents: Record<string, string> = {};
  const lib = join(environment, 'lib');
  for (const python of readdirSync(lib).filter((name) => name.startsWith('python'))) {
    const site = join(lib, python, 'site-packages');
    for (const name of readdirSync(site).filter((entry) => /\.(?:dist|egg)-info$/.test(entry))) {
      for (const file of ['METADATA', 'PKG-INFO', 'direct_url.json']) {
        const path = join(site, name, file);
        if (!existsSync(path)) continue;
        contents[`.venv/lib/${python}/site-packages/${name}/${file}`] = readFileSync(path, 'utf8');
      }
    }
  }
  return contents;
}

/** By package and version, the licence that we tell. */
async function toldByUs(environment: string): Promise<ReadonlyMap<string, string>> {
  const contents = metadataIn(environment);
  const system = aSystem(
    Object.fromEntries(Object.entries(contents).map(([path, text]) => [`/${path}`, { text }])),
  );
  const report = reportOf(
    await licensesScanner.inspect(
      anInspectContext({
        files: aFileTree({}, contents),
        options: { semgrepRules: [], licenses: NOTHING_ALLOWED },
        machine: aMachine({ openSystem: () => system }),
      }),
    ),
  );
  return new Map(
    report.findings.map(({ metadata: { package: name, installed_version: version, license } }) => [
      `${name as string} ${version as string}`,
      asTold(license as string),
    ]),
  );
}

/** In one spelling and order, whoever wrote it. Several classifiers come with semicolons. */
function asTold(text: string): string {
  const reading = readLicense(text);
  if (reading.tree === null) return reading.reason === 'missing' ? 'nothing' : text;
  return toExpression(reading.tree).split(' AND ').sort(compareCodePoints).join(' AND ');
}

function keyOf({ Name, Version }: Row): string {
  return `${Name} ${Version}`;
}

describeWithTool(['pip-licenses', 'python3'], 'pip-licenses, where it is installed itself', () => {
  jest.setTimeout(120_000);

  it('agrees with us on every package', async () => {
    const executable = findOnPath('pip-licenses') ?? '';
    const ours = await toldByUs(environmentOf(executable));
    const theirs = pipLicenses<Mixed>(executable, 'mixed');
    const places = new Map(pipLicenses<All>(executable, 'all').map((row) => [keyOf(row), row]));
    expect(theirs.length).toBeGreaterThan(5);
    expect([...ours.keys()].sort(compareCodePoints)).toEqual(
      theirs.map(keyOf).sort(compareCodePoints),
    );
    const different = theirs
      .filter((row) => ours.get(keyOf(row)) !== asTold(row.License))
      // The one difference in judgement: where the free text names a licence, it says more to us than a classifier, which often
      // names a family only (`BSD License`).
      .filter(
        (row) =>
          ours.get(keyOf(row)) !== asTold(places.get(keyOf(row))?.['License-Metadata'] ?? ''),
      )
      .map((row) => ({ ...row, ours: ours.get(keyOf(row)) }));
    expect(different).toEqual([]);
  });
});
