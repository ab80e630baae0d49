import { Parser } from 'htmlparser2';
import { shortened } from '../shortened';

const MAX_TEXT = 4_000;
const MAX_HTML = 20_000;
const MAX_REFERENCES = 10;
const BLOCKS: ReadonlySet<string> = new Set(['p', 'br', 'li', 'div', 'ul', 'ol']);

/** The text of a report's field, which is HTML: a line for each block. */
export function plainText(html: string): string {
  const parts: string[] = [];
  const parser = new Parser({
    ontext: (text) => parts.push(text),
    onopentagname: (name) => {
      if (BLOCKS.has(name)) parts.push('\n');
    },
    onclosetag: (name) => {
      if (BLOCKS.has(name)) parts.push('\n');
    },
  });
  parser.end(html.slice(0, MAX_HTML));
  return tidyText(parts.join(''));
}

/** Without white space at the ends of lines and empty lines in a row, and not longer than a finding can show. */
export function tidyText(text: string): string {
  const lines = text
    .slice(0, MAX_HTML)
    .split(/\r\n|[\r\n]/u)
    .map((line) => line.trim());
  return shortened(lines.filter((line) => line !== '').join('\n'), MAX_TEXT);
}

/** The links among the lines; none twice. */
export function linksIn(text: string): string[] {
  const links = text.split('\n').filter((line) => /^https?:\/\/\S{1,500}$/u.test(line));
  return [...new Set(links)].slice(0, MAX_REFERENCES);
}
