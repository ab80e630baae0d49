/** A list that is written item by item, as it need not be in memory at once. */
export interface StreamedList {
  readonly items: Iterable<object>;
}

type Member = readonly [name: string, value: unknown];

/** An object as JSON in pieces: members in the order given, two spaces, one newline at the end. */
export function* objectChunks(members: readonly Member[]): Generator<string> {
  let separator = '{\n';
  for (const [name, value] of members) {
    yield `${separator}  ${JSON.stringify(name)}: `;
    if (isStreamed(value)) yield* listChunks(value.items);
    else yield indented(JSON.stringify(value, null, 2), '  ');
    separator = ',\n';
  }
  yield '\n}\n';
}

function* listChunks(items: Iterable<object>): Generator<string> {
  let separator = '[\n';
  let isEmpty = true;
  for (const item of items) {
    yield `${separator}    ${indented(JSON.stringify(item, null, 2), '    ')}`;
    separator = ',\n';
    isEmpty = false;
  }
  yield isEmpty ? '[]' : '\n  ]';
}

function isStreamed(value: unknown): value is StreamedList {
  return typeof value === 'object' && value !== null && 'items' in value;
}

/** By the line feed alone: U+2028 and U+2029 within a text are no ends of lines. */
function indented(json: string, space: string): string {
  return json.replaceAll('\n', `\n${space}`);
}
