import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints, ComplianceTagger, SCANNER_REACH } from '@securescan/core';
import { SCANNERS } from './registry';

const PACK = join(__dirname, '../rules/semgrep');
const GUIDE = readFileSync(join(__dirname, '../../../docs/compliance.md'), 'utf8');
const tagger = new ComplianceTagger();

function weaknessesOf(text: string): number[] {
  return [...text.matchAll(/\bCWE-(\d+)/g)].map(([, number]) => Number(number));
}

interface Told {
  readonly cwe?: string | null;
  readonly title?: string;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const distinct = (numbers: Iterable<number>): number[] =>
  [...new Set(numbers)].sort((a, b) => a - b);

it('knows every scanner of the registry and no other', () => {
  expect([...SCANNER_REACH.keys()]).toEqual(SCANNERS.map(({ name }) => name));
});

it('says of semgrep what the pack holds', () => {
  const files = readdirSync(PACK, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yml'),
  );
  const numbers = files.flatMap((name) => weaknessesOf(readFileSync(join(PACK, name), 'utf8')));
  expect(SCANNER_REACH.get('semgrep')?.cwes).toEqual(distinct(numbers));
});

/** Whose rules say so themselves; each finding of the others has one weakness, or none. */
const TELLING = ['baseline', 'dockerfile', 'builtin_dast'];
const own = SCANNERS.flatMap((scanner) =>
  scanner.kind === 'external' || !TELLING.includes(scanner.name)
    ? []
    : [[scanner.name, scanner.rules] as const],
);

it.each(own)('says of %s what its rules are about', (name, rules) => {
  const reach = SCANNER_REACH.get(name);
  // Rules on one header stand together in an object.
  const told = rules.flatMap((rule) => [
    rule as Told,
    ...Object.values(rule).filter((inner): inner is Told => isObject(inner)),
  ]);
  expect(reach?.cwes).toEqual(distinct(told.flatMap(({ cwe }) => weaknessesOf(cwe ?? ''))));
  const byRules = told.flatMap(({ cwe = null, title = '' }) => tagger.tagsOf({ cwe, title }));
  const byReach = [
    ...(reach?.cwes ?? []).map((cwe) => ({ cwe: `CWE-${String(cwe)}`, title: '' })),
    ...(reach?.titles ?? []).map((title) => ({ cwe: null, title })),
  ].flatMap((subject) => tagger.tagsOf(subject));
  expect([...new Set(byReach)].sort(compareCodePoints)).toEqual(
    [...new Set(byRules)].sort(compareCodePoints),
  );
});

it('is what the guide says', () => {
  const rows = new Map(
    [...GUIDE.matchAll(/^\| `([a-z_-]+)` +\| ([^|]*)\|/gmu)].map(([, name = '', text = '']) => [
      name,
      text,
    ]),
  );
  for (const [name, { cwes, titles = [] }] of SCANNER_REACH) {
    const text = rows.get(name) ?? 'no row';
    expect([name, [...text.matchAll(/\d+/gu)].map(Number)]).toEqual([name, cwes]);
    for (const title of titles) expect(text).toContain(`“${title}”`);
  }
});
