import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import { parse } from 'yaml';
import { lintProjectConfig, PROJECT_CONFIG_KEYS } from './project-config';
import { INVALID_CONFIGS } from './__fixtures__/invalid-configs';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
}

const WORDS = [
  ...['$schema', 'title', 'description', 'definitions', '$ref', 'type', 'enum', 'pattern'],
  ...['minLength', 'maxLength', 'maxItems', 'items', 'properties', 'additionalProperties'],
  ...['propertyNames', 'required', 'anyOf', 'allOf', 'not'],
];

const schema = JSON.parse(
  readFileSync(join(__dirname, '../../../../docs/securescan.schema.json'), 'utf8'),
) as Schema & { readonly definitions: Readonly<Record<string, Schema>> };

/** The part of JSON Schema that ours is written in. */
function accepts(part: Schema, value: unknown): boolean {
  if (Object.keys(part).length === 0) return true;
  if (!acceptsByOthers(part, value)) return false;
  if (part.type !== undefined && typeOf(value) !== part.type) return false;
  if (part.enum?.includes(value) === false) return false;
  if (typeof value === 'string') return acceptsText(part, value);
  if (Array.isArray(value)) return acceptsList(part, value);
  return typeOf(value) !== 'object' || acceptsObject(part, Object.entries(value as object));
}

/** What other schemas say that this one names. */
function acceptsByOthers({ $ref, anyOf, allOf = [], not }: Schema, value: unknown): boolean {
  const named = $ref === undefined ? {} : schema.definitions[$ref.replace('#/definitions/', '')];
  if (named === undefined || ![named, ...allOf].every((one) => accepts(one, value))) return false;
  if (anyOf?.some((one) => accepts(one, value)) === false) return false;
  return not === undefined || !accepts(not, value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function acceptsText(
  { pattern, minLength = 0, maxLength = Infinity }: Schema,
  text: string,
): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

function acceptsList({ items, maxItems = Infinity }: Schema, list: readonly unknown[]): boolean {
  return (
    list.length <= maxItems && list.every((item) => items === undefined || accepts(items, item))
  );
}

function acceptsObject(part: Schema, entries: readonly [string, unknown][]): boolean {
  const { properties = {}, additionalProperties, propertyNames, required = [] } = part;
  if (required.some((name) => !entries.some(([key]) => key === name))) return false;
  return entries.every(([name, value]) => {
    if (propertyNames !== undefined && !accepts(propertyNames, name)) return false;
    const known = properties[name] ?? additionalProperties;
    return known === undefined || (known !== false && accepts(known, value));
  });
}

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'properties' || key === 'definitions'
      ? [key, ...Object.values(inner as object).flatMap(keysOf)]
      : [key, ...keysOf(inner)],
  );
}

/** What only the reader can tell: what a path leads to, what the calendar and SPDX know, what a text looks like. */
const BEYOND_A_SCHEMA = [
  /leaves the project/u,
  /day of the calendar/u,
  /no SPDX id|stands in deny already/u,
  /without control characters|end with a space|must not be empty/u,
  /is not known here|serves nothing here|is not followed/u,
  /stands on line \d+ already/u,
  /a name must be a text/u,
];

const VALID = [
  '{}',
  'project: shop\nscan_types: [iac, code]\nfail_on_severity: high',
  'fail_on_severity: null\nai: null\nscan_types: []',
  'severity_overrides: {B608: low, "@acme/rule": critical}',
  'ignored_rules: [a, {rule: b}, {rule: c, reason: d, until: "2028-02-29"}, {rule: e, until: null}]',
  'semgrep_rules: [./p/ci, rules/a.yml, autos, .]\nbaseline: .securescan/baseline.json',
  'licenses: {deny: [AGPL-*], warn: [], allow: [MIT]}\nai: true',
];

describe('the schema for editors', () => {
  it('is written in words that this test understands', () => {
    expect(keysOf(schema).filter((key) => !WORDS.includes(key))).toEqual([]);
  });

  it('names the keys and words that the reader knows', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual([...PROJECT_CONFIG_KEYS]);
    expect(schema.definitions['severity']?.enum).toEqual([...SEVERITIES]);
    expect(schema.properties?.['scan_types']?.items?.enum).toEqual([...SCAN_TYPES]);
  });

  it.each(VALID)('accepts what the reader accepts: %j', (text) => {
    expect(
      lintProjectConfig(text, '.securescan.yml').issues.map(({ level }) => level),
    ).not.toContain('error');
    expect(accepts(schema, parse(text))).toBe(true);
  });

  const refusable = INVALID_CONFIGS.filter((text) => {
    const { issues } = lintProjectConfig(text, '.securescan.yml');
    const errors = issues.filter(({ level }) => level === 'error');
    return errors.some(
      ({ message }) =>
        !message.startsWith('it ') && !BEYOND_A_SCHEMA.some((words) => words.test(message)),
    );
  });

  it.each(refusable)('refuses what the reader refuses: %j', (text) => {
    expect(accepts(schema, parse(text, { uniqueKeys: false, logLevel: 'error' }))).toBe(false);
  });

  it('refuses most of it', () => {
    expect(refusable.length).toBeGreaterThan(INVALID_CONFIGS.length / 2);
  });
});
