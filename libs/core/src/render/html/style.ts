import { SEVERITIES } from '@securescan/contracts';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../../encoding/base64';
import { DARK, LIGHT, type ReportPalette } from './palette';
import { LAYOUT } from './layout';
import { PRINT } from './print';

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
export const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${toBase64(sha256(utf8ToBytes(STYLE_SHEET)))}'; base-uri 'none'; form-action 'none'`;

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
