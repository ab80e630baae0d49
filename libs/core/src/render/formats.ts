/** What a scan can be written as. */
export const SCAN_FORMATS = [
  'text',
  'json',
  'sarif',
  'csv',
  'junit',
  'github-pr-comment',
  'html',
] as const;
export type ScanFormat = (typeof SCAN_FORMATS)[number];

/** The same, and what a browser prints of the report in HTML: bytes, which nothing here can make. */
export const SCAN_OUTPUTS = [...SCAN_FORMATS, 'pdf'] as const;

/** What a comparison can be written as. */
export const DIFF_FORMATS = [
  'text',
  'json',
  'sarif',
  'github-pr-comment',
  'github-review',
] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

export type OutputFormat = (typeof SCAN_OUTPUTS)[number] | DiffFormat;

/** Every format of a report, each once. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = [
  ...new Set<OutputFormat>([...SCAN_OUTPUTS, ...DIFF_FORMATS]),
];

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
