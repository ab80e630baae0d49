import type { SecretPattern } from './secret-pattern';

interface Hint {
  readonly text: string;
  /** Where case does not count, `text` is in lower case. */
  readonly isExact: boolean;
  /** The places, in the list of patterns, of those that this hint stands for. */
  readonly owners: number[];
}

const BITS = 6;
const CLASSES = (1 << BITS) - 1;
const MASK = (1 << (3 * BITS)) - 1;
const ASCII = 128;

/**
 * Finds in one pass over a text which of many patterns may match in it at all. The first three characters of every hint are
 * looked up at every place, in a table; only where they are those of a hint, the rest is compared. Two dozen expressions cost
 * as much as two hundred in this way.
 */
export class HintIndex {
  private readonly size: number;
  /** For each ASCII character a number, the same for both cases; 0 for those that no hint begins with. */
  private readonly classOf = new Uint8Array(ASCII);
  /** For each three such numbers the place of their hints in `buckets`, or 0. */
  private readonly bucketOf = new Uint16Array(MASK + 1);
  private readonly buckets: Hint[][] = [[]];

  constructor(patterns: readonly SecretPattern[]) {
    this.size = patterns.length;
    const known = new Map<string, Hint>();
    for (const [owner, { hints, expression }] of patterns.entries()) {
      for (const hint of hints) this.add(known, hint, { owner, isExact: !expression.ignoreCase });
    }
  }

  /** The place of the first hint that begins at `from` or after it, or -1. */
  next(text: string, from: number): number {
    const { classOf, bucketOf } = this;
    let hash = 0;
    for (let index = from; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      hash = ((hash << BITS) | (code < ASCII ? (classOf[code] ?? 0) : 0)) & MASK;
      const bucket = bucketOf[hash] ?? 0;
      if (bucket !== 0 && index >= from + 2 && this.holdsAt(text, index - 2, bucket)) {
        return index - 2;
      }
    }
    return -1;
  }

  /** For each pattern 1 if one of its hints stands in the text, else 0; `null` where all are 0. */
  patternsIn(text: string): Uint8Array | null {
    let place = this.next(text, 0);
    if (place === -1) return null;
    const marks = new Uint8Array(this.size);
    for (; place !== -1; place = this.next(text, place + 1)) {
      for (const hint of this.buckets[this.bucketAt(text, place)] ?? []) {
        if (!standsAt(text, place, hint)) continue;
        for (const owner of hint.owners) marks[owner] = 1;
      }
    }
    return marks;
  }

  private add(
    known: Map<string, Hint>,
    text: string,
    { owner, isExact }: { owner: number; isExact: boolean },
  ): void {
    const folded = isExact ? text : text.toLowerCase();
    const key = `${String(isExact)} ${folded}`;
    const hint = known.get(key) ?? { text: folded, isExact, owners: [] };
    hint.owners.push(owner);
    if (known.has(key)) return;
    known.set(key, hint);
    const hash = this.hashOf(text);
    const bucket = this.bucketOf[hash] ?? 0;
    if (bucket === 0) this.bucketOf[hash] = this.buckets.push([hint]) - 1;
    else this.buckets[bucket]?.push(hint);
  }

  private hashOf(text: string): number {
    let hash = 0;
    for (const character of text.slice(0, 3)) hash = (hash << BITS) | this.classFor(character);
    return hash & MASK;
  }

  /** More characters than numbers share some: what is found is compared anyway. */
  private classFor(character: string): number {
    const codes = [character.toLowerCase(), character.toUpperCase()].map((one) =>
      one.charCodeAt(0),
    );
    const known = this.classOf[codes[0] ?? 0] ?? 0;
    if (known !== 0) return known;
    const fresh = (new Set(this.classOf).size - 1) % CLASSES;
    for (const code of codes) this.classOf[code] = fresh + 1;
    return fresh + 1;
  }

  private bucketAt(text: string, place: number): number {
    let hash = 0;
    for (let index = place; index < place + 3; index += 1) {
      hash = (hash << BITS) | (this.classOf[text.charCodeAt(index)] ?? 0);
    }
    return this.bucketOf[hash & MASK] ?? 0;
  }

  private holdsAt(text: string, place: number, bucket: number): boolean {
    for (const hint of this.buckets[bucket] ?? []) if (standsAt(text, place, hint)) return true;
    return false;
  }
}

function standsAt(text: string, place: number, hint: Hint): boolean {
  if (hint.isExact) return text.startsWith(hint.text, place);
  for (let index = 0; index < hint.text.length; index += 1) {
    if (lower(text.charCodeAt(place + index)) !== hint.text.charCodeAt(index)) return false;
  }
  return true;
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
