import type { LicenseStatement } from '../package-list';

/** What the metadata of an installed Python package says. */
export interface PythonMetadata {
  readonly name: string;
  readonly version: string | null;
  readonly statements: readonly LicenseStatement[];
}

const CLASSIFIER = 'License :: ';
/** Says that a licence is free, and not which. */
const VAGUE: ReadonlySet<string> = new Set(['License', 'OSI Approved', 'DFSG approved']);

/**
 * Reads `METADATA` or `PKG-INFO`: https://packaging.python.org/specifications/core-metadata. An expression counts before the old
 * free text, and that before the classifiers, which often name a family only. `null` where there is no name. Pure and total.
 */
export function readMetadata(text: string): PythonMetadata | null {
  const fields = headersOf(text);
  const name = fields.get('name')?.[0];
  if (name === undefined || name === '') return null;
  const classifiers = (fields.get('classifier') ?? []).flatMap(licenseOfClassifier);
  return {
    name,
    version: fields.get('version')?.[0] ?? null,
    statements: [
      ...oneOf(fields.get('license-expression')),
      ...oneOf(fields.get('license')),
      ...(classifiers.length > 0 ? [{ texts: classifiers, isChoice: false }] : []),
    ],
  };
}

function oneOf(values: readonly string[] = []): LicenseStatement[] {
  return values.slice(0, 1).map((value) => ({ texts: [value], isChoice: true }));
}

function licenseOfClassifier(classifier: string): string[] {
  if (!classifier.startsWith(CLASSIFIER)) return [];
  const license = classifier.slice(classifier.lastIndexOf(' :: ') + ' :: '.length).trim();
  return VAGUE.has(license) ? [] : [license];
}

/** The lines in front of the first empty one, by name in lower case; what is indented goes on the line before. */
function headersOf(text: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  let values: string[] = [];
  for (const line of text.split(/\r?\n/u)) {
    if (line === '') break;
    if (/^[ \t]/u.test(line)) {
      const before = values.pop();
      if (before !== undefined) values.push(`${before}\n${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}
