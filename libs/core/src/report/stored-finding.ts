import { SCAN_TYPES, SEVERITIES, type Severity } from '@securescan/contracts';
import { findingId } from '../fingerprint/occurrence';
import type { JsonReader, RefuseJson } from '../json/json-reader';
import type { Finding, FindingAlias } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import { optionalStoredWord } from './stored-word';

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** Findings that a file of ours holds, in canonical order. Throws what `refuse` makes for what is none. */
export function readStoredFindings(list: JsonReader, refuse: RefuseJson): readonly Finding[] {
  const seen = new Map<string, number>();
  return inCanonicalOrder(
    list.items().map((item) => {
      const fingerprint = fingerprintIn(item, refuse);
      const place = (seen.get(fingerprint) ?? 0) + 1;
      seen.set(fingerprint, place);
      const told = item.field('occurrence');
      const occurrence = told.isAbsent ? place : told.integer();
      return readStoredFinding(item, fingerprint, occurrence, refuse);
    }),
  );
}

/** Every member but the fingerprint has a value for where it is missing: it only helps to show or to pair the finding. */
function readStoredFinding(
  item: JsonReader,
  fingerprint: string,
  occurrence: number,
  refuse: RefuseJson,
): Finding {
  const scanner = item.field('scanner').optionalString() ?? '';
  const ruleId = item.field('rule_id').optionalString() ?? '';
  const aliases = item
    .field('aliases')
    .optionalItems()
    .map((alias) => readAlias(alias, refuse));
  return {
    id: findingId(fingerprint, occurrence),
    scanner,
    scanType: optionalStoredWord(item.field('scan_type'), SCAN_TYPES, refuse) ?? 'code',
    severity: severityIn(item, refuse),
    title: item.field('title').optionalString() ?? ruleId,
    description: item.field('description').optionalString() ?? '',
    filePath: item.field('file_path').optionalString(),
    lineStart: lineIn(item, 'line_start'),
    lineEnd: lineIn(item, 'line_end') ?? lineIn(item, 'line_start'),
    ruleId,
    cwe: item.field('cwe').optionalString(),
    remediation: item.field('remediation').optionalString(),
    metadata: item.field('metadata').optionalJson(),
    complianceTags: item
      .field('compliance_tags')
      .optionalItems()
      .map((tag) => tag.string()),
    fingerprint,
    occurrence,
    aliases: aliases.length > 0 ? aliases : [{ scanner, ruleId, fingerprint }],
  };
}

function readAlias(alias: JsonReader, refuse: RefuseJson): FindingAlias {
  const lineContext = alias.field('line_context').optionalString();
  return {
    scanner: alias.field('scanner').string(),
    ruleId: alias.field('rule_id').string(),
    fingerprint: fingerprintIn(alias, refuse),
    ...(lineContext === null ? {} : { lineContext }),
    ...(alias.has('cwe') ? { cwe: alias.field('cwe').optionalString() } : {}),
  };
}

function fingerprintIn(item: JsonReader, refuse: RefuseJson): string {
  const fingerprint = item.field('fingerprint').string();
  if (FINGERPRINT.test(fingerprint)) return fingerprint;
  throw refuse('a fingerprint is not 64 hexadecimal digits');
}

function severityIn(item: JsonReader, refuse: RefuseJson): Severity {
  return optionalStoredWord(item.field('severity'), SEVERITIES, refuse) ?? 'info';
}

function lineIn(item: JsonReader, name: string): number | null {
  const field = item.field(name);
  return field.isAbsent ? null : field.line();
}
