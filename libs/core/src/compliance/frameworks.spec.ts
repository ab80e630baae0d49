import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { ComplianceTagger } from './compliance-tags';
import { listFrameworks, readOwnFrameworks, SHIPPED_FRAMEWORKS } from './frameworks';
import { readFramework } from './read-framework';
import { speakersOf } from './scanner-reach';

const DOCS = join(__dirname, '../../../../docs');
const SHIPPED = join(__dirname, 'frameworks');
const accepts = new Ajv({ strict: false, unicodeRegExp: true }).compile(
  JSON.parse(readFileSync(join(DOCS, 'framework.schema.json'), 'utf8')) as object,
);

/** The example of the guide. */
const EXAMPLE = /```json\n(\{\n {2}"\$schema"[\s\S]*?)```/u.exec(
  readFileSync(join(DOCS, 'compliance.md'), 'utf8'),
)?.[1];

const CONTROL = { id: 'A1', name: 'Input', cwes: [79] };
const VALID = { id: 'acme', name: 'ACME', version: '1', tag_prefix: 'ACME-', controls: [CONTROL] };
const read = (data: object) => readFramework(JSON.stringify(data), 'acme.json');

describe('the frameworks that ship', () => {
  it.each(readdirSync(SHIPPED))('%s is what the schema and the reader accept', (name) => {
    const text = readFileSync(join(SHIPPED, name), 'utf8');
    expect(accepts(JSON.parse(text))).toBe(true);
    expect(SHIPPED_FRAMEWORKS).toContainEqual(readFramework(text, name));
  });
});

describe('a framework of the operator’s own', () => {
  it('tags by weakness, by words and by rule, beside those that ship', () => {
    const own = readOwnFrameworks([{ name: 'example.json', text: EXAMPLE ?? '' }]);
    const tagger = new ComplianceTagger(listFrameworks(own));
    expect(accepts(JSON.parse(EXAMPLE ?? ''))).toBe(true);
    expect(tagger.tagsOf({ cwe: 'CWE-89', title: '' })).toEqual([
      'ACME-3.1',
      'CIS-16',
      'OWASP-A03',
      'PCI-6',
      'SOC2-PI1',
    ]);
    expect(tagger.tagsOf({ cwe: null, title: 'A Root Password is set' })).toEqual(['ACME-3.2']);
    const rule = { scanner: 'dockerfile', ruleId: 'dockerfile/DL001' };
    expect(tagger.tagsOf({ cwe: 'CWE-89', title: '', ...rule })).toEqual(
      expect.arrayContaining(['ACME-3.1', 'ACME-3.3']),
    );
    // The same weakness and title, without the rule: what is remembered of one is not told of the other.
    expect(tagger.tagsOf({ cwe: 'CWE-89', title: '' })).not.toContain('ACME-3.3');
    expect(speakersOf(own).get('ACME-3.3')).toEqual(['dockerfile']);
    expect(speakersOf(own).get('ACME-3.4')).toBeUndefined();
  });

  it('has every tag begin with its prefix', () => {
    const { controls } = read({ ...VALID, controls: [CONTROL, { id: 'ACME-2', name: 'x' }] });
    expect(controls.map(({ tag }) => tag)).toEqual(['ACME-A1', 'ACME-2']);
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...CONTROL, id: `A${String(index)}` }));

  it.each<[string, object, string]>([
    [
      'an unknown field',
      { ...VALID, extra: 1 },
      '"extra" means nothing here; there are $schema, id',
    ],
    ['no id', { ...VALID, id: undefined }, '"id" is not a text'],
    ['an id in capitals', { ...VALID, id: 'ACME' }, '"id" is not a name of small letters'],
    ['an empty name', { ...VALID, name: ' ' }, '"name" is not a text of 1 to 200 characters'],
    ['a name of two lines', { ...VALID, name: 'a\nb' }, '"name" is not a text without control'],
    ['a number for a version', { ...VALID, version: 4 }, '"version" is not a text'],
    ['a prefix without its end', { ...VALID, tag_prefix: 'ACME' }, '"tag_prefix" is not up to 20'],
    ['no controls', { ...VALID, controls: [] }, '"controls" is empty; name one at least'],
    ['controls by id', { ...VALID, controls: {} }, '"controls" is not a list'],
    [
      'too many controls',
      { ...VALID, controls: many(301) },
      '"controls" is not a list of at most 300',
    ],
    [
      'a control without a name',
      { ...VALID, controls: [{ id: 'A' }] },
      '"controls[0].name" is not a text',
    ],
    [
      'a weakness as a text',
      { ...VALID, controls: [{ ...CONTROL, cwes: [79, 'CWE-89'] }] },
      '"controls[0].cwes[1]" is not the number of a weakness, as 79',
    ],
    [
      'words in capitals',
      { ...VALID, controls: [{ ...CONTROL, keywords: ['SQL'] }] },
      '"controls[0].keywords[0]" is not words in small letters',
    ],
    [
      'rules without a scanner',
      { ...VALID, controls: [{ ...CONTROL, rules: ['B101'] }] },
      '"controls[0].rules" is not an object',
    ],
    [
      'rules of no scanner',
      { ...VALID, controls: [{ ...CONTROL, rules: { 'A B': ['x'] } }] },
      'names "A B", which is no name of a scanner',
    ],
  ])('is refused with %s, by the schema too', (_what, data, message) => {
    expect(() => read(data)).toThrow(`acme.json: ${message}`.split(': names')[0]);
    expect(() => read(data)).toThrow(message);
    expect(accepts(JSON.parse(JSON.stringify(data)))).toBe(false);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'it is not JSON'],
    ['nothing', ' ', 'it is empty'],
    ['a list', '[]', 'the top level is not an object'],
    ['endless nesting', '['.repeat(100_000), 'it is nested too deeply'],
    [
      'two controls of one id',
      JSON.stringify({ ...VALID, controls: [CONTROL, CONTROL] }),
      '"controls[1].id" is "A1", as that of a control before it',
    ],
  ])('is refused with %s', (_what, text, message) => {
    expect(() => readFramework(text, 'acme.json')).toThrow(`acme.json: ${message}`);
  });

  it.each<[string, readonly object[], string]>([
    [
      'ids of those that ship',
      [{ ...VALID, id: 'soc2' }],
      '0.json: "id" is "soc2", as that of a framework that ships',
    ],
    ['their prefixes', [{ ...VALID, tag_prefix: 'CIS-' }], '0.json: "tag_prefix" is "CIS-"'],
    [
      'ids of one another',
      [VALID, { ...VALID, tag_prefix: 'B-' }],
      '1.json: "id" is "acme", as that of 0.json',
    ],
    [
      'prefixes of one another',
      [VALID, { ...VALID, id: 'b' }],
      '1.json: "tag_prefix" is "ACME-", as that of 0.json',
    ],
    [
      'too many controls together',
      Array.from({ length: 4 }, (_, index) => ({
        ...VALID,
        id: `f${String(index)}`,
        tag_prefix: `F${String(index)}-`,
        controls: many(300),
      })),
      '3.json: with it the frameworks have more than 1000 controls',
    ],
  ])('may not share %s', (_what, all, message) => {
    const files = all.map((data, index) => ({
      name: `${String(index)}.json`,
      text: JSON.stringify(data),
    }));
    expect(() => readOwnFrameworks(files)).toThrow(message);
  });
});
