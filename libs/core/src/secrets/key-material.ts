// PEM and PGP; SSH2; PuTTY, of whose file the public half comes first and says nothing.
const HEADER =
  /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----|^\s{0,40}Private-Lines: \d{1,4}/;
const FOOTER =
  /-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----|---- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----|^\s{0,40}Private-(?:MAC|Hash): [0-9a-f]{8,64}/;
const BODY_LINE = /^[\s"'`+,]{0,40}[A-Za-z0-9+/=]{1,120}(?:\\{1,4}[nr]|[\s"'`+,;)]){0,40}$/;
const ARMOUR_FIELD = /^\s{0,40}[A-Za-z][A-Za-z-]{1,20}: \S/;
const MARKS = ['PRIVATE KEY', 'Private-'];
const LONG_BASE64 =
  /^[\s"'`+,]{0,40}(?=[^a-z]{0,60}[a-z])(?=[^A-Z]{0,60}[A-Z])[A-Za-z0-9+/=]{60,120}(?:\\[nr]|[\s"'`+,;)]){0,40}$/;
const INLINE_BODY = /^(?:\\{1,4}[nr]|[\s"'`+]){0,40}[A-Za-z0-9+/=]{16}/;
const RUN = /[A-Za-z0-9+/]{60}/;
/** No header, footer or line of a key is shorter. */
const SHORTEST = 16;
const REPLACEMENT = '[redacted private-key]';

/**
 * Replaces private keys in armour: whole blocks, blocks that the text cuts off at either end, and bare lines of base64 as a
 * key in the middle of its block has them. The number of lines stays.
 */
export function redactKeyMaterial(text: string): string {
  if (text.length < SHORTEST || !(MARKS.some((mark) => text.includes(mark)) || RUN.test(text)))
    return text;
  const lines = text.split('\n');
  const redacted: string[] = [];
  let isInside = false;
  for (const line of lines) {
    const header = HEADER.exec(line);
    const footer = FOOTER.exec(line);
    if (header !== null) {
      const body = line.slice(header.index + header[0].length);
      redacted.push(line.slice(0, header.index) + REPLACEMENT + afterKey(body));
      isInside = footer === null;
    } else if (footer !== null) {
      if (!isInside) redactBackwards(redacted);
      redacted.push(REPLACEMENT + line.slice(footer.index + footer[0].length));
      isInside = false;
    } else {
      isInside = isInside && isPartOfBlock(line);
      const hides = isInside ? line.trim() !== '' : LONG_BASE64.test(line);
      redacted.push(hides ? REPLACEMENT : line);
    }
  }
  return redacted.join('\n');
}

/** What stays of the line after a header: what follows the footer, or everything if no key begins there. */
function afterKey(rest: string): string {
  const footer = FOOTER.exec(rest);
  if (footer !== null) return rest.slice(footer.index + footer[0].length);
  return INLINE_BODY.test(rest) ? '' : rest;
}

function isPartOfBlock(line: string): boolean {
  return line.trim() === '' || BODY_LINE.test(line) || ARMOUR_FIELD.test(line);
}

function redactBackwards(lines: string[]): void {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line === undefined || (line !== REPLACEMENT && !BODY_LINE.test(line))) return;
    lines[index] = REPLACEMENT;
  }
}
