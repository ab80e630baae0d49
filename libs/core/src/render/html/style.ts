import { SEVERITIES } from '@securescan/contracts';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { DARK, LIGHT, type ReportPalette } from './palette';
import { LAYOUT } from './layout';
import { PRINT } from './print';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The whole sheet of the report. Printed it is light, whatever the screen is. */
export const STYLE_SHEET = [
  `:root{color-scheme:light dark;${variablesOf(LIGHT)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${variablesOf(DARK)}}}`,
  ...SEVERITIES.map(
    (severity) =>
      `.${severity}{--ink:var(--${severity});--wash:var(--${severity}-wash)}.fill-${severity}{fill:var(--${severity}-fill)}`,
  ),
  LAYOUT,
  PRINT,
].join('\n');

/** What the page may load, which is nothing but its own sheet (CSP level 3, 2.3.1). */
export const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8ToBytes(STYLE_SHEET)))}'; base-uri 'none'; form-action 'none'`;

function variablesOf({ severity, ...colours }: ReportPalette): string {
  return [
    ...Object.entries(colours).map(([name, colour]) => `--${name}:${colour}`),
    ...SEVERITIES.flatMap((name) => [
      `--${name}:${severity[name].ink}`,
      `--${name}-wash:${severity[name].wash}`,
      `--${name}-fill:${severity[name].fill}`,
    ]),
  ].join(';');
}

/** RFC 4648, 4. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = bytes.slice(index, index + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      text += digit <= group.length ? (BASE64[(bits >> (18 - 6 * digit)) & 63] ?? '') : '=';
    }
  }
  return text;
}
