import type { JsonObject } from '@securescan/contracts';
import { sha256Hex } from '../fingerprint/sha256';
import type { JsonReader } from '../json/json-reader';
import type { ParsedFinding } from '../model/finding';
import type { LocatedInput } from '../pipeline/assemble-findings';
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_PATH_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from './import-limits';
import type { ArtifactPlace } from './artifact-path';
import type { SarifPlaces } from './sarif-places';
import { readRegion, type QuotedRegion } from './sarif-region';
import { tagsIn, type SarifRule, type SarifRules } from './sarif-rules';
import { messageOf } from './sarif-message';
import { securitySeverityIn, severityOf } from './sarif-severity';
import { readSuppression } from './sarif-suppression';
import { weaknessesOfTags, weaknessOfReference, type Taxonomies } from './sarif-weakness';
import { firstSentenceOf, tidyField, tidyText } from './tidy-text';
import { reportsSecret, scanTypeOf } from './tool-names';

/** What the results of one run have in common. */
export interface SarifRun {
  /** Of the tool, as findings carry it. */
  readonly scanner: string;
  readonly toolName: string;
  /** Among the document's runs. */
  readonly index: number;
  readonly rules: SarifRules;
  readonly places: SarifPlaces;
  readonly taxonomies: Taxonomies;
}

export interface ReadResult {
  readonly input: LocatedInput;
  /** What refuses the document where every result of a run lies outside; `null` for a result that does not. */
  readonly outside: JsonReader | null;
}

/** SARIF 3.27.9: what is no finding. */
const NO_FINDING = ['pass', 'notApplicable'];
const SHORTEST_SECRET = 6;
const MASK_HASH_DIGITS = 4;
const LINE_HASH = 'primaryLocationLineHash';
/** SARIF 3.27.16. */
const VERSIONED = /\/v\d+$/;
const NO_REGION: QuotedRegion = {
  lineStart: null,
  lineEnd: null,
  sourceLines: null,
  snippet: null,
};

/** Reads one result (SARIF 3.27); `null` for one that tells of nothing, or of what is there no more. */
export function readResult(result: JsonReader, run: SarifRun): ReadResult | null {
  const kind = result.field('kind').optionalString() ?? 'fail';
  if (NO_FINDING.includes(kind)) return null;
  if (result.field('baselineState').optionalString() === 'absent') return null;
  const rule = run.rules.of(result);
  const tags = [...rule.tags, ...tagsIn(result.field('properties'))];
  const placed = placeOf(result, run.places);
  const region = placed.location === null ? NO_REGION : readRegion(placed.location);
  const quoted = reportsSecret(run.scanner, tags) ? withheld(region) : region;
  const { suppression, isUnderReview } = readSuppression(result, run.toolName);
  const told = toldOf(result, rule, kind);
  const parsed: ParsedFinding = {
    ...told,
    ...hiding(told, region, quoted),
    filePath: null,
    lineStart: region.lineStart,
    lineEnd: region.lineEnd,
    cwe: weaknessOf(result, run.taxonomies) ?? rule.cwe,
    metadata: metadataOf({ result, rule, place: placed.place, isUnderReview }),
    ...discriminatorOf(result, quoted, placed.place, told.description),
  };
  return {
    outside: outsideOf(placed),
    input: {
      scanner: run.scanner,
      scanType: scanTypeOf(run.scanner, tags),
      registryIndex: run.index,
      parsed,
      filePath: placed.place?.kind === 'file' ? placed.place.path : null,
      sourceLines: quoted.sourceLines,
      snippet: quoted.snippet,
      ...(suppression === null ? {} : { suppression }),
    },
  };
}

type Told = Pick<ParsedFinding, 'ruleId' | 'severity' | 'title' | 'description' | 'remediation'>;

function toldOf(result: JsonReader, rule: SarifRule, kind: string): Told {
  const description = messageOf(result, rule) ?? rule.title ?? rule.id;
  const title = rule.title ?? (firstSentenceOf(description) || rule.id);
  const severity = severityOf({
    score: securitySeverityIn(result.field('properties')) ?? rule.score,
    level: result.field('level').optionalString(),
    kind,
    ruleLevel: rule.level,
  });
  return {
    ruleId: rule.id,
    severity,
    title: tidyText(title, MAX_TITLE_CHARACTERS),
    description,
    remediation: rule.remediation,
  };
}

interface Placed {
  readonly location: JsonReader | null;
  readonly place: ArtifactPlace | null;
}

/** The first location that names an artifact: where the tool sees the cause. */
function placeOf(result: JsonReader, places: SarifPlaces): Placed {
  for (const each of result.field('locations').itemsUpTo(MAX_ITEMS)) {
    const location = each.field('physicalLocation');
    const place = location.isAbsent ? null : places.of(location.field('artifactLocation'));
    if (place !== null) return { location, place };
  }
  return { location: null, place: null };
}

function outsideOf({ location, place }: Placed): JsonReader | null {
  if (location === null || place?.kind !== 'outside') return null;
  return location.field('artifactLocation');
}

function weaknessOf(result: JsonReader, taxonomies: Taxonomies): string | null {
  for (const taxon of result.field('taxa').itemsUpTo(MAX_ITEMS)) {
    const found = weaknessOfReference(taxon, taxonomies);
    if (found !== null) return found;
  }
  return weaknessesOfTags(tagsIn(result.field('properties')))[0] ?? null;
}

interface Facts {
  readonly result: JsonReader;
  readonly rule: SarifRule;
  readonly place: ArtifactPlace | null;
  readonly isUnderReview: boolean;
}

function metadataOf({ result, rule, place, isUnderReview }: Facts): JsonObject {
  const logical = logicalNameOf(result);
  return {
    ...(rule.helpUri === null ? {} : { references: [rule.helpUri] }),
    ...(place?.kind === 'elsewhere' ? { url: tidyText(place.uri, MAX_PATH_CHARACTERS) } : {}),
    ...(logical === null ? {} : { resource: logical }),
    ...(isUnderReview ? { suppression_requested: true } : {}),
  };
}

function logicalNameOf(result: JsonReader): string | null {
  const [location] = result.field('locations').itemsUpTo(MAX_ITEMS);
  const [logical] = location?.field('logicalLocations').itemsUpTo(MAX_ITEMS) ?? [];
  if (logical === undefined) return null;
  return (
    tidyField(logical.field('fullyQualifiedName'), MAX_ID_CHARACTERS) ??
    tidyField(logical.field('name'), MAX_ID_CHARACTERS)
  );
}

/** What stands for a secret in identity: too little to guess it by, as in our own findings. */
function withheld(region: QuotedRegion): QuotedRegion {
  if (region.sourceLines === null) return { ...region, snippet: null };
  const hash = sha256Hex(region.sourceLines.join('\n').trim()).slice(0, MASK_HASH_DIGITS);
  return { ...region, sourceLines: [`<imported-secret:${hash}>`], snippet: null };
}

/** Some tools say in words what they found, too. */
function hiding(told: Told, region: QuotedRegion, quoted: QuotedRegion): Partial<Told> {
  if (quoted === region) return {};
  const secrets = (region.sourceLines ?? []).map((line) => line.trim());
  const hide = (text: string): string =>
    secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .reduce((rest, secret) => rest.replaceAll(secret, '[redacted secret]'), text);
  return { title: hide(told.title), description: hide(told.description) };
}

/**
 * What identity is made of where the log quotes no source: first what the tool itself tells results apart by, as one more
 * ingredient and never as the identity.
 */
function discriminatorOf(
  result: JsonReader,
  { sourceLines }: QuotedRegion,
  place: ArtifactPlace | null,
  description: string,
): { readonly discriminator?: string } {
  if (sourceLines !== null) {
    return sourceLines[0]?.startsWith('<imported-secret:') === true
      ? { discriminator: sourceLines[0] }
      : {};
  }
  const named = partialFingerprintOf(result) ?? logicalNameOf(result);
  if (named !== null) return { discriminator: named };
  if (place?.kind === 'file') return {};
  return { discriminator: place?.kind === 'elsewhere' ? place.uri : description };
}

/**
 * What a tool tells results of one rule apart by, under a name that says so: others keep authors and commits there. CodeQL counts
 * equal lines behind a colon; counting is ours.
 */
function partialFingerprintOf(result: JsonReader): string | null {
  const prints = result.field('partialFingerprints');
  const names = prints.isAbsent ? [] : prints.fieldNames();
  const name =
    names.find((each) => each === LINE_HASH) ?? names.find((each) => VERSIONED.test(each));
  const value = name === undefined ? null : prints.field(name).optionalString();
  if (name === undefined || value === null || value === '') return null;
  return tidyText(`${name}=${value.replace(/:\d+$/, '')}`, MAX_ID_CHARACTERS);
}
