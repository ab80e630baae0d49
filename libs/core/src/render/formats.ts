import {
  DIFF_FORMATS,
  SCAN_FORMATS,
  type DiffFormat,
  type OutputFormat,
  type ScanFormat,
} from '@securescan/contracts';

/** Names that other programs of this kind have for the same. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['table', 'text'],
  ['report-html', 'html'],
  ['report-pdf', 'pdf'],
]);

/** The format's own name for one of its other names; any other word as it is. */
export function formatNameOf(word: string): string {
  return ALIASES.get(word) ?? word;
}

export function isScanFormat(format: OutputFormat): format is ScanFormat {
  return SCAN_FORMATS.some((known) => known === format);
}

export function isDiffFormat(format: OutputFormat): format is DiffFormat {
  return DIFF_FORMATS.some((known) => known === format);
}
