import { join } from 'node:path';
import { aFinding, anOutcome, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { suppressionMetadata } from '../model/suppression';
import { compareCodePoints } from '../order/compare-code-points';
import { OUTCOME_STATUSES } from '@securescan/contracts';
import { ComplianceTagger, type ComplianceSubject } from './compliance-tags';
import { controlCoverageOf } from './coverage';
import { listFrameworks } from './frameworks';
import { KINDRED } from './kindred-weaknesses';
import { SCANNER_REACH } from './scanner-reach';

const controls = listFrameworks().flatMap((framework) => framework.controls);
const complianceTagsOf = (subject: ComplianceSubject): readonly string[] =>
  new ComplianceTagger().tagsOf(subject);
const titled = (title: string): readonly string[] => complianceTagsOf({ cwe: null, title });

describe('listFrameworks', () => {
  it('gives four frameworks, whose controls have names and tags of their own', () => {
    const sizes = listFrameworks().map(({ id, version, controls: { length } }) => [
      id,
      version,
      length,
    ]);
    expect(sizes).toEqual([
      ['cis-controls-v8', '8', 18],
      ['owasp-top10-2021', '2021', 10],
      ['pci-dss-v4', '4.0', 12],
      ['soc2', '2017 Trust Services Criteria', 8],
    ]);
    expect(new Set(controls.map(({ tag }) => tag)).size).toBe(controls.length);
    for (const { tag, name } of controls) {
      expect(tag).toMatch(/^(?:CIS-\d\d|OWASP-A\d\d|PCI-\d{1,2}|SOC2-(?:CC|C|A|PI|P)\d)$/);
      expect(name).not.toBe('');
    }
  });

  it('has keywords of two words or of one long one, as titles are compared', () => {
    for (const keyword of controls.flatMap(({ keywords }) => keywords)) {
      expect(keyword).toMatch(/^(?:[a-z]+(?: [a-z]+)+|[a-z]{10,})$/);
      expect(titled(`A ${keyword.toUpperCase()}, seen`)).not.toEqual([]);
    }
  });
});

describe('ComplianceTagger', () => {
  it('takes the tags of all weaknesses from the tables', () => {
    const numbers = new Set([...controls.flatMap(({ cwes }) => cwes), ...KINDRED.keys(), 770]);
    const lines = [...numbers]
      .sort((a, b) => a - b)
      .map((number) => {
        const tags = complianceTagsOf({ cwe: `CWE-${String(number)}`, title: '' });
        return `CWE-${String(number)}: ${tags.join(' ') || 'none'}\n`;
      });
    expectGolden(join(__dirname, '..', '__goldens__', 'compliance-by-cwe.txt'), lines.join(''));
  });

  it.each([
    'Retrieval ships invalids',
    'Evaluation of executives, without sqlite3 or rehashing',
    'Randomised titles, with ids and ips',
    'A firewalled host',
    'SQL, injection',
    '',
  ])('sees nothing in %j', (title) => {
    expect(titled(title.replace(',', ' and'))).toEqual([]);
  });

  it('sees whole words, whatever parts them', () => {
    const tags = ['CIS-16', 'OWASP-A03', 'PCI-6', 'SOC2-PI1'];
    for (const title of ['SQL injection', 'Cross-site scripting in x', 'a "Command Injection"']) {
      expect(titled(title)).toEqual(tags);
    }
    expect(titled('SQL injections')).toEqual([]);
  });

  it('lets the weakness decide before the title, in each framework for itself', () => {
    expect(complianceTagsOf({ cwe: 'CWE-79', title: 'Malicious package' })).toEqual([
      'CIS-09',
      'CIS-16',
      'OWASP-A03',
      'PCI-6',
      'SOC2-PI1',
    ]);
    // Only OWASP lists CWE-22.
    expect(complianceTagsOf({ cwe: 'CWE-22', title: 'Malicious package' })).toEqual([
      'CIS-10',
      'OWASP-A01',
      'PCI-5',
    ]);
    expect(complianceTagsOf({ cwe: 'CWE-770', title: 'SQL injection' })).toContain('OWASP-A03');
  });

  it('takes the nearest kindred weakness where a framework lists no other', () => {
    expect(complianceTagsOf({ cwe: 'CWE-78', title: '' })).toEqual([
      'CIS-16',
      'OWASP-A03',
      'PCI-6',
      'SOC2-PI1',
    ]);
  });

  it('gives sorted tags of known controls once, the same with a memory, for every text', () => {
    const known = new Set(controls.map(({ tag }) => tag));
    const words = fc.constantFrom(
      'sql',
      'injection',
      'not',
      'encrypted',
      'runs',
      'as',
      'root',
      ' ',
      'default',
      'password',
    );
    const title = fc.oneof(
      anyText(),
      fc.array(words).map((list) => list.join(' ')),
    );
    const cwe = fc.option(
      fc.oneof(
        fc.integer({ min: 1, max: 1400 }).map((n) => `CWE-${String(n)}`),
        anyText(),
      ),
      { nil: null },
    );
    const tagger = new ComplianceTagger();
    fc.assert(
      fc.property(cwe, title, (weakness, text) => {
        const subject = { cwe: weakness, title: text };
        const tags = complianceTagsOf(subject);
        expect(tags).toEqual([...new Set(tags)].sort(compareCodePoints));
        expect(tags.filter((tag) => !known.has(tag))).toEqual([]);
        expect(tagger.tagsOf(subject)).toEqual(tags);
        expect(tagger.tagsOf(subject)).toEqual(tags);
      }),
    );
  });
});

describe('controlCoverageOf', () => {
  const tagged = (...complianceTags: string[]) => aFinding({ complianceTags });
  const suppressed = aFinding({
    complianceTags: ['PCI-10'],
    metadata: suppressionMetadata({ kind: 'inline', reason: null }),
  });

  it('parts what is violated from what was looked for in vain and from what nobody looked for', () => {
    const findings = [tagged('PCI-6', 'PCI-4'), tagged('PCI-6'), suppressed];
    const outcomes = [
      anOutcome({ scanner: 'checkov', scanType: 'iac', filesAssessed: 3 }),
      anOutcome({ scanner: 'semgrep', status: 'failed' }),
      // It found no file of its kind.
      anOutcome({ scanner: 'bandit', filesAssessed: 0 }),
    ];
    const all = controlCoverageOf(findings, outcomes);
    const pci = all.find(({ framework }) => framework.id === 'pci-dss-v4');
    expect(
      pci?.controls.map(({ control, state, findings: count }) => [control.id, state, count]),
    ).toEqual([
      ['PCI-1', 'not_tested', 0],
      ['PCI-2', 'not_tested', 0],
      ['PCI-3', 'not_observed', 0],
      ['PCI-4', 'violated', 1],
      ['PCI-5', 'not_observed', 0],
      ['PCI-6', 'violated', 2],
      ['PCI-7', 'not_observed', 0],
      ['PCI-8', 'not_observed', 0],
      ['PCI-9', 'not_tested', 0],
      ['PCI-10', 'not_observed', 0],
      ['PCI-11', 'not_tested', 0],
      ['PCI-12', 'not_tested', 0],
    ]);
    expect(pci?.counts).toEqual({ violated: 2, not_observed: 5, not_tested: 5 });
    expect(pci?.testedPercentage).toBe(58.3);
    expect(pci?.controls[2]).toMatchObject({ testedBy: ['checkov'] });
    expect(pci?.controls[2]?.testableBy).toContain('semgrep');
    expect(all.map(({ framework }) => framework.id)).toEqual(listFrameworks().map(({ id }) => id));
  });

  it('counts every control once, and lets no scanner that did not complete test anything', () => {
    const outcomes = fc.array(
      fc.record({
        scanner: fc.constantFrom(...SCANNER_REACH.keys(), 'stranger'),
        status: fc.constantFrom(...OUTCOME_STATUSES),
        filesAssessed: fc.option(fc.nat(3), { nil: null }),
      }),
      { maxLength: 8 },
    );
    const findings = fc.array(
      fc
        .subarray(
          controls.map(({ tag }) => tag),
          { maxLength: 3 },
        )
        .map((tags) => tagged(...tags)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(findings, outcomes, (found, ended) => {
        const completed = new Set(
          ended.flatMap(({ scanner, status, filesAssessed }) =>
            status === 'completed' && filesAssessed !== 0 ? [scanner] : [],
          ),
        );
        for (const { framework, controls: judged, counts, testedPercentage } of controlCoverageOf(
          found,
          ended,
        )) {
          expect(judged.map(({ control }) => control)).toEqual(framework.controls);
          expect(counts.violated + counts.not_observed + counts.not_tested).toBe(judged.length);
          expect(testedPercentage).toBeCloseTo(
            (100 * (counts.violated + counts.not_observed)) / judged.length,
            0,
          );
          for (const { control, state, testedBy, findings: count } of judged) {
            const isFound = found.some(({ complianceTags }) =>
              complianceTags.includes(control.tag),
            );
            expect(state === 'violated').toBe(isFound);
            expect(count > 0).toBe(isFound);
            if (state === 'not_observed') expect(testedBy.length).toBeGreaterThan(0);
            expect(testedBy.filter((scanner) => !completed.has(scanner))).toEqual([]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
