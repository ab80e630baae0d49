import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SBOM_FORMATS, type SbomFormat } from '@securescan/contracts';
import { anyLockfiles, expectGolden } from '@securescan/testing';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { SBOM_RENDERERS } from './formats';
import type { FoundLockfile } from './inventory';
import { LOCKFILE_READERS } from './lockfiles/readers';
import { toSbomDocument, type SbomDocument, type SbomFacts } from './sbom-document';

const FIXTURES = join(__dirname, '__fixtures__');
const SCHEMAS = join(
  require.resolve('@cyclonedx/cyclonedx-library/package.json'),
  '..',
  'res/schema',
);

/** Of version 8 and of the variant of RFC 9562. */
const ID = /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/u;

const FACTS: SbomFacts = {
  toolVersion: '1.2.3',
  lister: null,
  chosenName: null,
  project: 'git.example.org/acme/shop',
  created: null,
  isComplete: true,
  notes: [],
};

function textIn(directory: string, name: string): string | null {
  const path = join(FIXTURES, directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Every fixture that is a lock file, as though they all stood in one tree. */
function fixtures(): FoundLockfile[] {
  return readdirSync(FIXTURES).flatMap((directory) =>
    readdirSync(join(FIXTURES, directory)).flatMap((name) => {
      const reader = LOCKFILE_READERS.find(({ reads }) => reads(name));
      const text = textIn(directory, name) ?? '';
      const lockfile = reader?.read(text, (sibling) => textIn(directory, sibling)) ?? null;
      return lockfile === null ? [] : [{ path: `${directory}/${name}`, lockfile }];
    }),
  );
}

function rendered(format: SbomFormat, document: SbomDocument): string {
  return [...SBOM_RENDERERS[format].render(document)].join('');
}

/** The official schemas, as the CycloneDX project ships them. */
function cyclonedxValidator(): (text: string) => string {
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, addUsedSchema: false });
  addFormats(ajv);
  // A format that ajv-formats does not know; every address of ours is checked by a test of its own.
  ajv.addFormat('iri-reference', true);
  ajv.addFormat('idn-email', true);
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  const validate = ajv.compile(schema('bom-1.6'));
  return (text) => (validate(JSON.parse(text)) ? '' : ajv.errorsText(validate.errors));
}

const problemsOfCyclonedx = cyclonedxValidator();

describe.each(SBOM_FORMATS)('%s', (format) => {
  const extension = SBOM_RENDERERS[format].fileExtension;

  it('is as its goldens show', () => {
    const golden = (name: string): string => join(__dirname, '__goldens__', `${name}${extension}`);
    const npm = fixtures().filter(({ path }) => path.startsWith('npm-3'));
    expectGolden(golden('empty'), rendered(format, toSbomDocument([], FACTS)));
    expectGolden(golden('npm-3'), rendered(format, toSbomDocument(npm, FACTS)));
    const chosen: SbomFacts = {
      ...FACTS,
      chosenName: 'everything',
      created: new Date('2026-02-03T04:05:06.789Z'),
      lister: { name: 'syft', version: '9.9.9' },
      isComplete: false,
      notes: ['a/go.sum: it could not be read'],
    };
    expectGolden(golden('everything'), rendered(format, toSbomDocument(fixtures(), chosen)));
  });

  it('gives the same bytes in any order of lock files and packages, and in any time zone', () => {
    const files = fixtures();
    const expected = rendered(format, toSbomDocument(files, FACTS));
    const zone = process.env['TZ'];
    try {
      fc.assert(
        fc.property(
          fc.shuffledSubarray(files, { minLength: files.length }),
          fc.constantFrom('Pacific/Kiritimati', 'America/St_Johns', 'UTC'),
          fc.infiniteStream(fc.nat()),
          (shuffled, timeZone, numbers) => {
            process.env['TZ'] = timeZone;
            const mixed = shuffled.map((file) => mixedUp(file, numbers));
            expect(rendered(format, toSbomDocument(mixed, FACTS))).toBe(expected);
          },
        ),
        { numRuns: 80 },
      );
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('gives the same bytes in any order of whatever lock files say', () => {
    fc.assert(
      fc.property(anyLockfiles(), fc.infiniteStream(fc.nat()), (files, numbers) => {
        const mixed = files.map((file) => mixedUp(file, numbers)).reverse();
        expect(rendered(format, toSbomDocument(mixed, FACTS))).toBe(
          rendered(format, toSbomDocument(files, FACTS)),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('has another id exactly where it says anything else', () => {
    const others: Partial<SbomFacts>[] = [
      {},
      { toolVersion: '1.2.4' },
      { created: new Date('2026-02-03T04:05:06Z') },
      { notes: ['x'] },
      { isComplete: false },
      { chosenName: 'other' },
    ];
    const texts = others.map((facts) =>
      rendered(format, toSbomDocument(fixtures(), { ...FACTS, ...facts })),
    );
    const ids = texts.map((text) => ID.exec(text)?.[0] ?? '');
    const rest = texts.map((text) => text.replace(ID, ''));
    expect(new Set(ids).size).toBe(new Set(rest).size);
    expect(new Set(ids).size).toBeGreaterThanOrEqual(5);
    expect(new Set(ids)).not.toContain('');
  });

  it('shows no password that stood in an address', () => {
    const text = rendered(format, toSbomDocument(fixtures(), FACTS));
    expect(text).toContain('https://files.example.org/elm-4.0.0.tgz');
    expect(text).not.toContain('hunter2');
  });
});

describe('cyclonedx', () => {
  it('is valid for whatever lock files say', () => {
    expect(problemsOfCyclonedx(rendered('cyclonedx', toSbomDocument(fixtures(), FACTS)))).toBe('');
    fc.assert(
      fc.property(anyLockfiles(), fc.boolean(), (files, isComplete) => {
        const document = toSbomDocument(files, { ...FACTS, isComplete });
        const text = rendered('cyclonedx', document);
        expect(problemsOfCyclonedx(text)).toBe('');
        expectSoundReferences(text);
      }),
    );
  });
});

interface Bom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly purl?: string }[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

function expectSoundReferences(text: string): void {
  const bom = JSON.parse(text) as Bom;
  const refs = [bom.metadata.component, ...bom.components].map((each) => each['bom-ref']);
  const known = new Set(refs);
  expect(known.size).toBe(refs.length);
  const named = bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...(dependsOn ?? [])]);
  expect(named.filter((ref) => !known.has(ref))).toEqual([]);
  const purls = bom.components.flatMap(({ purl }) => purl ?? []);
  expect(new Set(purls).size).toBe(purls.length);
}

describe('spdx', () => {
  it('has legal, unique ids and leads nowhere else, for whatever lock files say', () => {
    fc.assert(
      fc.property(anyLockfiles(), (files) => {
        expectSoundSpdx(rendered('spdx', toSbomDocument(files, FACTS)));
      }),
    );
  });
});

interface Spdx {
  readonly documentNamespace: string;
  readonly packages: readonly {
    readonly SPDXID: string;
    readonly licenseDeclared: string;
    readonly downloadLocation: string;
  }[];
  readonly relationships: readonly {
    readonly spdxElementId: string;
    readonly relatedSpdxElement: string;
  }[];
  readonly hasExtractedLicensingInfos?: readonly { readonly licenseId: string }[];
}

function expectSoundSpdx(text: string): void {
  const spdx = JSON.parse(text) as Spdx;
  const ids = ['SPDXRef-DOCUMENT', ...spdx.packages.map(({ SPDXID }) => SPDXID)];
  const known = new Set(ids);
  expect(known.size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/u);
  const related = spdx.relationships.flatMap(({ spdxElementId, relatedSpdxElement }) => [
    spdxElementId,
    relatedSpdxElement,
  ]);
  // Every package is related to something, and nothing to what is not there.
  expect(new Set(related)).toEqual(known);
  const texts = new Set(spdx.hasExtractedLicensingInfos?.map(({ licenseId }) => licenseId));
  const references = spdx.packages.flatMap(
    ({ licenseDeclared }) => licenseDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/gu) ?? [],
  );
  expect(new Set(references)).toEqual(texts);
}

/** The packages of a lock file, and what names them, in another order. */
function mixedUp({ path, lockfile }: FoundLockfile, numbers: fc.Stream<number>): FoundLockfile {
  const mix = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: numbers.next().value ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  return {
    path,
    lockfile: {
      ...lockfile,
      direct: lockfile.direct === null ? null : mix(lockfile.direct),
      packages: mix(lockfile.packages).map((found) => ({
        ...found,
        hashes: mix(found.hashes),
        dependsOn: found.dependsOn === null ? null : mix(found.dependsOn),
      })),
      notes: mix(lockfile.notes),
    },
  };
}
