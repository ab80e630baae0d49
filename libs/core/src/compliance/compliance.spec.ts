import { join } from 'node:path';
import { aFinding, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { suppressionMetadata } from '../model/suppression';
import { compareCodePoints } from '../order/compare-code-points';
import { ComplianceTagger, complianceTagsOf, listFrameworks } from './compliance-tags';
import { controlCoverageOf } from './coverage';
import { KINDRED } from './kindred-weaknesses';

const controls = listFrameworks().flatMap((framework) => framework.controls);
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

describe('complianceTagsOf', () => {
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
  it('parts violated controls from clear ones and from those that no finding can be about', () => {
    const tagged = (...complianceTags: string[]) => aFinding({ complianceTags });
    const suppressed = aFinding({
      complianceTags: ['PCI-10'],
      metadata: suppressionMetadata({ kind: 'inline', reason: null }),
    });
    const all = controlCoverageOf([tagged('PCI-6', 'PCI-4'), tagged('PCI-6'), suppressed]);
    const pci = all.find(({ framework }) => framework.id === 'pci-dss-v4');
    expect(pci?.violated.map(({ control, findings }) => [control.tag, findings])).toEqual([
      ['PCI-4', 1],
      ['PCI-6', 2],
    ]);
    expect(pci?.clear.map(({ id }) => id)).toEqual([
      'PCI-1',
      'PCI-2',
      'PCI-3',
      'PCI-5',
      'PCI-7',
      'PCI-8',
      'PCI-10',
      'PCI-11',
    ]);
    expect(pci?.notAssessed.map(({ id }) => id)).toEqual(['PCI-9', 'PCI-12']);
    expect(pci?.violatedPercentage).toBe(16.7);
    expect(all.map(({ framework }) => framework.id)).toEqual(listFrameworks().map(({ id }) => id));
    expect(all[0]?.violatedPercentage).toBe(0);
  });

  it('has a place for every control', () => {
    for (const { framework, violated, clear, notAssessed } of controlCoverageOf([])) {
      expect(violated).toEqual([]);
      expect(clear.length + notAssessed.length).toBe(framework.controls.length);
    }
  });
});
