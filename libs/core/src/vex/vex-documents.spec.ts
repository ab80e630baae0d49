import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERDICT_REASONS, VERDICTS, VEX_FORMATS, type VexFormat } from '@securescan/contracts';
import { aFinding, expectGolden } from '@securescan/testing';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Finding } from '../model/finding';
import { VEX_RENDERERS } from './formats';
import { type VexDocument, VexStatements, type VexVerdict } from './vex-document';

const SCHEMAS = join(
  require.resolve('@cyclonedx/cyclonedx-library/package.json'),
  '..',
  'res/schema',
);
const FACTS = {
  toolVersion: '1.2.3',
  project: 'github.com/ada/shop',
  asOf: '2026-01-01T00:00:00.000Z',
};

type Judged = readonly [finding: Finding, verdict: VexVerdict | null];

function documentOf(judged: Iterable<Judged>): VexDocument {
  const statements = new VexStatements();
  for (const [finding, verdict] of judged) statements.add(finding, verdict);
  return statements.document(FACTS);
}

function rendered(format: VexFormat, judged: Iterable<Judged>): string {
  return [...VEX_RENDERERS[format].render(documentOf(judged))].join('');
}

const schemaAt = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;

/** The official schemas: of OpenVEX as its project publishes it (CC0), of CycloneDX as its library ships it. */
function validators(): Record<VexFormat, (text: string) => string> {
  const openvex = new Ajv2020({ strict: false, allErrors: true });
  const cyclonedx = new Ajv({ strict: false, allErrors: true, addUsedSchema: false });
  for (const ajv of [openvex, cyclonedx]) {
    addFormats(ajv);
    // Formats that ajv-formats does not know.
    ajv.addFormat('iri', (text: string) => URL.canParse(text));
    ajv.addFormat('iri-reference', true);
    ajv.addFormat('idn-email', true);
  }
  for (const name of ['spdx', 'jsf-0.82']) {
    const schema = schemaAt(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`));
    cyclonedx.addSchema(schema, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const checks = {
    openvex: openvex.compile(schemaAt(join(__dirname, '__fixtures__/openvex-0.2.0.schema.json'))),
    cyclonedx: cyclonedx.compile(schemaAt(join(SCHEMAS, 'bom-1.6.SNAPSHOT.schema.json'))),
  };
  const problems = (format: VexFormat) => (text: string) =>
    checks[format](JSON.parse(text)) ? '' : openvex.errorsText(checks[format].errors);
  return { openvex: problems('openvex'), cyclonedx: problems('cyclonedx') };
}

const PROBLEMS = validators();

function aVulnerability(
  advisories: readonly string[],
  purl: string,
  more: Partial<Finding> = {},
): Finding {
  return aFinding({
    scanner: 'trivy',
    scanType: 'dependency',
    ruleId: advisories[0] ?? '',
    title: `${purl}: ${advisories.join()}`,
    remediation: 'Update it to 9.9.9.',
    ...more,
    metadata: { advisories: [...advisories], purl, fixed_version: '9.9.9', ...more.metadata },
  });
}

function aVerdict(status: VexVerdict['status'], more: Partial<VexVerdict> = {}): VexVerdict {
  return { status, note: null, reason: null, updatedAt: '2026-02-03T04:05:06.789Z', ...more };
}

/** One of each kind of verdict and of each reason, and what has no place in VEX. */
function everyKind(): Judged[] {
  const verdicts = [
    null,
    ...VERDICTS.map((status) => aVerdict(status)),
    ...VERDICTS.map((status) => aVerdict(status, { note: `Said of ${status}: "ä\u2028"` })),
    ...VERDICT_REASONS.map((reason) => aVerdict('false_positive', { reason })),
    aVerdict('accepted_risk', { reason: 'protected_at_perimeter', note: 'Behind the gate.' }),
  ];
  return [
    ...verdicts.map((verdict, index): Judged => {
      const id = `CVE-2026-${String(1000 + index)}`;
      return [aVulnerability([id], `pkg:npm/%40ada/box@1.0.${String(index)}`), verdict];
    }),
    [aVulnerability(['GHSA-4w2v-q235-vp99', 'CVE-2020-28168'], 'pkg:npm/axios@0.21.0'), null],
    [aVulnerability(['SAFETY-51668'], 'pkg:pypi/flask'), aVerdict('triaged')],
    [aFinding(), aVerdict('false_positive')],
  ];
}

describe.each(VEX_FORMATS)('%s', (format) => {
  it('is as its golden shows', () => {
    const name = `every-kind${VEX_RENDERERS[format].fileExtension}`;
    expectGolden(join(__dirname, '__goldens__', name), rendered(format, everyKind()));
  });

  it('is what the official schema asks for, which sees what is not', () => {
    const text = rendered(format, everyKind());
    expect(PROBLEMS[format](text)).toBe('');
    expect(PROBLEMS[format](text.replace(/"(not_affected|in_triage)"/u, '"perhaps"'))).not.toBe('');
  });

  it('is valid and the same bytes whatever is judged, in any order', () => {
    fc.assert(
      fc.property(anyJudged(), fc.infiniteStream(fc.nat()), (judged, numbers) => {
        const text = rendered(format, judged);
        expect(PROBLEMS[format](text)).toBe('');
        const keyed = judged.map((one) => ({ one, key: Number(numbers.next().value) }));
        const mixed = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(rendered(format, mixed)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

function anyJudged(): fc.Arbitrary<Judged[]> {
  const id = fc.constantFrom('CVE-2026-1000', 'GHSA-4w2v-q235-vp99', 'PYSEC-2026-7', 'X-1');
  const verdict = fc.record({
    status: fc.constantFrom(...VERDICTS),
    note: fc.option(fc.string({ unit: 'binary' })),
    reason: fc.option(fc.constantFrom(...VERDICT_REASONS)),
    updatedAt: fc.constantFrom('2026-02-03T04:05:06.789Z', '2025-02-03T04:05:06.789Z'),
  });
  const purl = fc.constantFrom(
    'pkg:npm/a@1',
    'pkg:npm/a@2',
    'pkg:pypi/b',
    'pkg:golang/x.y/z@v1.0.0',
  );
  const finding = fc
    .tuple(fc.uniqueArray(id, { minLength: 1, maxLength: 2 }), purl, fc.nat(9))
    .map(([ids, at, place]) => aVulnerability(ids, at, { filePath: `f${String(place)}` }));
  // One fingerprint has one verdict.
  return fc
    .uniqueArray(fc.tuple(finding, fc.option(verdict)), {
      minLength: 1,
      maxLength: 12,
      selector: ([{ fingerprint }]) => fingerprint,
    })
    .map((judged) => judged as Judged[]);
}

it('says that nothing is said', () => {
  const { statements } = documentOf([[aFinding(), null]]);
  expect(statements).toEqual([]);
  expect(PROBLEMS.cyclonedx(rendered('cyclonedx', []))).toBe('');
});

it('counts what has no place in it', () => {
  const statements = new VexStatements();
  statements.add(aFinding(), null);
  statements.add(aVulnerability(['not an id'], 'pkg:npm/a@1'), null);
  statements.add(aVulnerability(['CVE-2026-1000'], 'npm a'), null);
  statements.add(aVulnerability(['CVE-2026-1000'], 'pkg:npm/a@1'), null);
  expect(statements.leftOut).toBe(3);
});

it('says one thing of a vulnerability in a package: what promises least', () => {
  const purl = 'pkg:npm/a@1';
  const ghsa = 'GHSA-4w2v-q235-vp99';
  const { statements } = documentOf([
    [aVulnerability(['CVE-2026-1000'], purl, { filePath: 'a' }), aVerdict('false_positive')],
    [aVulnerability([ghsa], purl, { filePath: 'b' }), aVerdict('fixed')],
    [aVulnerability([ghsa.toUpperCase(), 'cve-2026-1000'], purl, { filePath: 'c' }), null],
    [aVulnerability(['CVE-2026-1000'], 'pkg:npm/a@2'), aVerdict('wont_fix')],
  ]);
  expect(statements).toMatchObject([
    {
      vulnerability: { id: 'CVE-2026-1000', aliases: [ghsa] },
      component: { purl },
      status: 'under_investigation',
    },
    { vulnerability: { id: 'CVE-2026-1000', aliases: [] }, status: 'affected' },
  ]);
});

it('takes a rule named like an advisory for one, where the finding names none', () => {
  const { statements } = documentOf([
    [aFinding({ ruleId: 'npm-audit/GHSA-4w2v-q235-vp99', metadata: { purl: 'pkg:npm/a' } }), null],
    [aFinding({ ruleId: 'license/GPL-3.0', metadata: { purl: 'pkg:npm/a' } }), null],
  ]);
  expect(statements.map(({ vulnerability }) => vulnerability.id)).toEqual(['GHSA-4w2v-q235-vp99']);
});

it('has the time of the latest verdict, and of the findings where that is later', () => {
  const finding = aVulnerability(['CVE-2026-1000'], 'pkg:npm/a');
  const times = ['2025-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'].map(
    (updatedAt) => documentOf([[finding, aVerdict('fixed', { updatedAt })]]).timestamp,
  );
  expect(times).toEqual([FACTS.asOf, '2026-03-01T00:00:00.000Z']);
});
