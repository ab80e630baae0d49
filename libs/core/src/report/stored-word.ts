import type { JsonReader, RefuseJson } from '../json/json-reader';

/** One of the words; `null` where the field is absent. Throws what `refuse` makes for any other. */
export function optionalStoredWord<T extends string>(
  item: JsonReader,
  words: readonly T[],
  refuse: RefuseJson,
): T | null {
  return item.isAbsent ? null : storedWord(item, words, refuse);
}

/** One of the words. Throws what `refuse` makes for any other. */
export function storedWord<T extends string>(
  item: JsonReader,
  words: readonly T[],
  refuse: RefuseJson,
): T {
  const text = item.string();
  const known = words.find((candidate) => candidate === text);
  if (known !== undefined) return known;
  throw refuse(`${JSON.stringify(text.slice(0, 100))} is none of ${words.join(', ')}`);
}
