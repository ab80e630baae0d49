import { JsonReader, type RefuseJson } from '../json/json-reader';
import { beyondBounds } from '../json/json-bounds';
import type { Control, Framework } from './framework';
import { FrameworkInvalidError } from './framework.errors';

/** What is larger was not written by hand. */
export const MAX_FRAMEWORK_BYTES = 1_048_576;
/** `docs/framework.schema.json` says the same; a test holds them together. */
const MAX_CONTROLS = 300;
const MAX_CWES = 500;
const MAX_KEYWORDS = 100;
const MAX_RULES = 500;
const MAX_NAME = 200;
const MAX_CWE = 99_999;
const BOUNDS = { depth: 8, values: 300_000 };

const ID = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/u;
const TAG_PREFIX = /^[A-Z][A-Z0-9]{0,19}-$/u;
const CONTROL_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?$/u;
const LINE = /^[^\p{Cc}\u2028\u2029]+$/u;
const KEYWORD = /^[\p{Ll}\p{Lo}\p{N}]+(?: [\p{Ll}\p{Lo}\p{N}]+)*$/u;
const SCANNER = /^[a-z][a-z0-9_.-]{0,63}$/u;

const FRAMEWORK_FIELDS = ['$schema', 'id', 'name', 'version', 'tag_prefix', 'controls'];
const CONTROL_FIELDS = ['id', 'name', 'cwes', 'keywords', 'rules'];

/**
 * Reads the text of a framework's file. Throws FrameworkInvalidError (CONFIG_INVALID) that names the file, the place in it and
 * what should stand there.
 */
export function readFramework(text: string, fileName: string): Framework {
  const refuse = (what: string): FrameworkInvalidError => new FrameworkInvalidError(fileName, what);
  if (beyondBounds(text, BOUNDS) !== null) {
    throw refuse('it is nested too deeply or holds too many values; make it smaller');
  }
  const top = JsonReader.parse(text, refuse);
  refuseOtherFields(top, FRAMEWORK_FIELDS, refuse);
  const tagPrefix = matching(
    top.field('tag_prefix'),
    TAG_PREFIX,
    'up to 20 capital letters and digits with a "-" behind them, as "ACME-"',
  );
  const framework = {
    id: matching(
      top.field('id'),
      ID,
      'a name of small letters, digits, ".", "_" and "-", as "acme-policy"',
    ),
    name: lineOf(top.field('name')),
    version: lineOf(top.field('version')),
    tagPrefix,
    controls: listOf(top.field('controls'), MAX_CONTROLS).map((item) =>
      readControl(item, tagPrefix, refuse),
    ),
  };
  if (framework.controls.length === 0) throw refuse('"controls" is empty; name one at least');
  refuseTwins(framework, refuse);
  return framework;
}

function readControl(item: JsonReader, tagPrefix: string, refuse: RefuseJson): Control {
  refuseOtherFields(item, CONTROL_FIELDS, refuse);
  const id = matching(
    item.field('id'),
    CONTROL_ID,
    'up to 40 letters, digits, ".", "_" and "-", as "A-1.2"',
  );
  const cwes = item.field('cwes').isAbsent ? [] : listOf(item.field('cwes'), MAX_CWES);
  const keywords = item.field('keywords').isAbsent
    ? []
    : listOf(item.field('keywords'), MAX_KEYWORDS);
  return {
    id,
    tag: id.startsWith(tagPrefix) ? id : `${tagPrefix}${id}`,
    name: lineOf(item.field('name')),
    cwes: cwes.map(readCwe),
    keywords: keywords.map((keyword) =>
      matching(keyword, KEYWORD, 'words in small letters with one space between them'),
    ),
    rules: readRules(item.field('rules'), refuse),
  };
}

function readCwe(item: JsonReader): number {
  const number = item.isNumber ? item.number() : 0;
  if (Number.isInteger(number) && number >= 1 && number <= MAX_CWE) return number;
  throw item.refusal('the number of a weakness, as 79');
}

function readRules(rules: JsonReader, refuse: RefuseJson): ReadonlyMap<string, readonly string[]> {
  if (rules.isAbsent) return new Map();
  return new Map(
    rules.fieldNames().map((scanner) => {
      if (!SCANNER.test(scanner)) {
        throw refuse(
          `"rules" of a control names ${JSON.stringify(scanner.slice(0, 64))}, which is no name of a scanner`,
        );
      }
      return [scanner, listOf(rules.field(scanner), MAX_RULES).map(lineOf)] as const;
    }),
  );
}

function listOf(item: JsonReader, limit: number): JsonReader[] {
  if (!item.isList) throw item.refusal('a list');
  return item.itemsUpTo(limit);
}

function lineOf(item: JsonReader): string {
  const text = item.stringUpTo(MAX_NAME);
  if (LINE.test(text)) return text;
  throw item.refusal('a text without control characters');
}

function matching(item: JsonReader, pattern: RegExp, expected: string): string {
  const text = item.string();
  if (text.length <= MAX_NAME && pattern.test(text)) return text;
  throw item.refusal(expected);
}

function refuseOtherFields(item: JsonReader, known: readonly string[], refuse: RefuseJson): void {
  const other = item.fieldNames().find((name) => !known.includes(name));
  if (other === undefined) return;
  throw refuse(
    `${JSON.stringify(other.slice(0, 64))} means nothing here; there are ${known.join(', ')}`,
  );
}

function refuseTwins({ controls }: Framework, refuse: RefuseJson): void {
  const seen = new Set<string>();
  controls.forEach(({ id, tag }, index) => {
    if (seen.has(tag)) {
      throw refuse(
        `"controls[${String(index)}].id" is "${id}", as that of a control before it; give each one of its own`,
      );
    }
    seen.add(tag);
  });
}
