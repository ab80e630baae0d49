import type { JsonObject, JsonValue } from '@securescan/contracts';
import type { SecureScanError } from '../errors';

/** Deeper than any report; what is deeper could exhaust the stack of whoever walks it later. */
const MAX_DEPTH = 64;

/** Makes the error for what is wrong; the words can stand behind a colon. */
export type RefuseJson = (what: string) => SecureScanError;

/**
 * Reads JSON that somebody else wrote without believing anything about it. Each step says what it expects and names the
 * place where there is something else. Throws what `refuse` makes and nothing else.
 */
export class JsonReader {
  private constructor(
    private readonly refuse: RefuseJson,
    private readonly place: string,
    private readonly value: unknown,
  ) {}

  static parse(text: string, refuse: RefuseJson): JsonReader {
    if (text.trim() === '') throw refuse('it is empty');
    return new JsonReader(refuse, '', parseText(text, refuse));
  }

  /** True for a field that is not there or is null. */
  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isText(): boolean {
    return typeof this.value === 'string';
  }

  get isObject(): boolean {
    return isObject(this.value);
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isNumber(): boolean {
    return typeof this.value === 'number';
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** Whether a field is there, and be it null. */
  has(name: string): boolean {
    return Object.hasOwn(this.object(), name);
  }

  field(name: string): JsonReader {
    const object = this.object();
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return new JsonReader(this.refuse, this.place === '' ? name : `${this.place}.${name}`, value);
  }

  /** The names of the fields, in the order of the text. */
  fieldNames(): string[] {
    return Object.keys(this.object());
  }

  items(): JsonReader[] {
    const { value } = this;
    if (!Array.isArray(value)) throw this.refusal('a list');
    return value.map(
      (item, index) => new JsonReader(this.refuse, `${this.place}[${String(index)}]`, item),
    );
  }

  /** As `optionalItems`, of a list that a stranger wrote: more of them than that are refused. */
  itemsUpTo(limit: number): JsonReader[] {
    const { value } = this;
    if (Array.isArray(value) && value.length > limit) {
      throw this.refusal(`a list of at most ${String(limit)}`);
    }
    return this.optionalItems();
  }

  /** As `items`; a field that is absent has none. */
  optionalItems(): JsonReader[] {
    return this.isAbsent ? [] : this.items();
  }

  string(): string {
    if (typeof this.value !== 'string') throw this.refusal('a text');
    return this.value;
  }

  /** A name: whole or not at all. */
  stringUpTo(limit: number): string {
    const text = this.string();
    if (text.trim() === '' || text.length > limit) {
      throw this.refusal(`a text of 1 to ${String(limit)} characters`);
    }
    return text;
  }

  optionalString(): string | null {
    return this.isAbsent ? null : this.string();
  }

  /** The text itself, or the first of a list of texts; `null` where there is none. */
  firstString(): string | null {
    if (!Array.isArray(this.value)) return this.optionalString();
    return this.items()[0]?.string() ?? null;
  }

  integer(): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw this.refusal('a whole number');
    }
    return value;
  }

  /** A whole number from 0 upwards. */
  count(): number {
    const count = this.integer();
    if (count < 0) throw this.refusal('a whole number from 0 upwards');
    return count;
  }

  /** JSON knows no infinity, but 1e999 reads as one. */
  number(): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.refusal('a number');
    return value;
  }

  /** A 1-based line; some tools say 0 where they mean the whole file. */
  line(): number | null {
    const line = this.integer();
    return line >= 1 ? line : null;
  }

  /** The whole object, for metadata that is passed on as it is; empty where there is none. */
  optionalJson(): JsonObject {
    if (this.isAbsent) return {};
    const object = this.object();
    if (!isShallow(object)) throw this.refusal('an object of moderate depth');
    return object;
  }

  private object(): JsonObject {
    const { value } = this;
    if (!isObject(value)) throw this.refusal('an object');
    return value;
  }

  /** The error for what stands here; `expected` is what should. */
  refusal(expected: string): SecureScanError {
    const where = this.place === '' ? 'the top level' : `"${this.place}"`;
    return this.refuse(`${where} is not ${expected}`);
  }
}

function parseText(text: string, refuse: RefuseJson): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected: the writer was cut off, or wrote a message in place of its report.
    throw refuse('it is not JSON');
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: JsonValue, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((child) => isShallow(child, depth + 1));
}
