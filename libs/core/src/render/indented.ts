/** JSON that stands within another value: every line of it moved to the right. */
export function indentedBy(spaces: number, json: string): string {
  const indent = ' '.repeat(spaces);
  // By the line feed alone: a regular expression takes the separators U+2028 and U+2029 within a text for ends of lines too.
  return indent + json.replaceAll('\n', `\n${indent}`);
}
