import { normaliseCwe } from '../fingerprint/normalise-cwe';
import type { JsonReader } from '../json/json-reader';
import { MAX_ITEMS } from './import-limits';

const TAXONOMY = 'CWE';
const TAG = /^(?:external\/cwe\/)?cwe[-_ :]?\d/i;

/** A run's taxonomies: by place, their names and the ids of their entries. */
export type Taxonomies = readonly { readonly name: string; readonly ids: readonly string[] }[];

export function readTaxonomies(run: JsonReader): Taxonomies {
  return run
    .field('taxonomies')
    .itemsUpTo(MAX_ITEMS)
    .map((component) => ({
      name: component.field('name').optionalString() ?? '',
      ids: component
        .field('taxa')
        .optionalItems()
        .map((taxon) => taxon.field('id').optionalString() ?? ''),
    }));
}

/** The weaknesses among tags such as `external/cwe/cwe-079`, `CWE-79` and `CWE-79: Cross-site scripting`. */
export function weaknessesOfTags(tags: readonly string[]): string[] {
  return tags.filter((tag) => TAG.test(tag)).flatMap((tag) => normaliseCwe(tag) ?? []);
}

/** The weakness that a reference into a taxonomy names (SARIF 3.52); `null` for entries of other taxonomies. */
export function weaknessOfReference(reference: JsonReader, taxonomies: Taxonomies): string | null {
  const component = reference.field('toolComponent');
  if (component.isAbsent) return null;
  const place = component.field('index');
  const taxonomy = place.isAbsent ? undefined : taxonomies[place.integer()];
  const name = component.field('name').optionalString() ?? taxonomy?.name;
  if (name?.toUpperCase() !== TAXONOMY) return null;
  const index = reference.field('index');
  const id = reference.field('id').optionalString();
  const found = id ?? (index.isAbsent ? undefined : taxonomy?.ids[index.integer()]);
  return normaliseCwe(found ?? null);
}
