import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aHostileDocument, aScanDocument } from '@securescan/testing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { renderJson } from './json';

type Json = Record<string, unknown>;

const schema = JSON.parse(
  readFileSync(join(__dirname, '../../../../docs/report.schema.json'), 'utf8'),
) as object;
const accepts = addFormats(new Ajv({ strict: true, allowUnionTypes: true })).compile(schema);

function goldenOf(name: string): Json {
  return JSON.parse(readFileSync(join(__dirname, '..', '__goldens__', name), 'utf8')) as Json;
}

const REPORTS: readonly (readonly [string, Json])[] = [
  ['a scan', JSON.parse(renderJson(aScanDocument())) as Json],
  ['an empty scan', JSON.parse(renderJson(aScanDocument([], []))) as Json],
  ['a hostile scan', JSON.parse(renderJson(aHostileDocument())) as Json],
  ['a diff', goldenOf('diff.diff.json')],
  ['a comparison', goldenOf('compare-hidden.diff.json')],
];

describe('the published schema of the JSON report', () => {
  it.each(REPORTS)('accepts %s', (_, report) => {
    expect(accepts(report) || accepts.errors).toBe(true);
  });

  it.each(REPORTS)('names every member of %s, and misses each of them', (_, report) => {
    for (const name of Object.keys(report)) {
      const { [name]: _left, ...others } = report;
      expect([name, accepts(others)]).toEqual([name, false]);
      expect([name, accepts({ ...others, [`${name}_`]: 1 })]).toEqual([name, false]);
    }
  });

  it.each(['scanner_outcomes', 'findings'])('knows every member of the %s', (list) => {
    const report = JSON.parse(renderJson(aScanDocument())) as Record<string, Json[]>;
    const [first = {}] = report[list] ?? [];
    for (const name of Object.keys(first)) {
      const { [name]: _left, ...others } = first;
      expect([name, accepts({ ...report, [list]: [others] })]).toEqual([name, false]);
    }
    expect(accepts({ ...report, [list]: [{ ...first, unknown: 1 }] })).toBe(false);
  });
});
