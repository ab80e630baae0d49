import { BodyNotAcceptedError } from './http.errors';

/** Deeper than any document of ours, and shallow enough for code that walks values by recursion. */
const MAX_DEPTH = 64;

interface Place {
  readonly value: unknown;
  readonly depth: number;
}

function assertPlainText(text: string): void {
  if (!text.isWellFormed()) {
    throw new BodyNotAcceptedError('Its text must be Unicode, without half of a surrogate pair.');
  }
}

function placesIn({ value, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (depth === MAX_DEPTH) {
    throw new BodyNotAcceptedError(`It must not nest deeper than ${MAX_DEPTH} levels.`);
  }
  return Object.entries(value as Record<string, unknown>).map(([name, child]) => {
    assertPlainText(name);
    // What every object has of itself escapes the check for unknown fields.
    if (name in Object.prototype) throw new BodyNotAcceptedError(`No field may be named ${name}.`);
    return { value: child, depth: depth + 1 };
  });
}

/**
 * Refuses what JSON can say and no field of ours can hold: half characters, which the database would change in silence, and
 * nesting without end. Takes no stack, whatever it is given.
 * @throws BodyNotAcceptedError
 */
export function assertPlainJson(body: unknown): void {
  const open: Place[] = [{ value: body, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (typeof place.value === 'string') assertPlainText(place.value);
    for (const child of placesIn(place)) open.push(child);
  }
}
