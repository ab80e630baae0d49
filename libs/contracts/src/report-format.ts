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
