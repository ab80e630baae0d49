import { OUTCOME_STATUSES, SCAN_TYPES, type OutcomeStatus } from '@securescan/contracts';
import type { JsonReader, RefuseJson } from '../json/json-reader';
import type { ScannerOutcome } from '../model/outcome';
import { optionalStoredWord, storedWord } from './stored-word';

/** What a report says of a scanner's part in it; a duration and what the tool said beside are in none. */
export function readStoredOutcome(item: JsonReader, refuse: RefuseJson): ScannerOutcome {
  return {
    scanner: item.field('scanner').string(),
    scanType: optionalStoredWord(item.field('scan_type'), SCAN_TYPES, refuse) ?? 'code',
    status: statusIn(item, refuse),
    reason: item.field('reason').optionalString(),
    installHint: item.field('install_hint').optionalString(),
    version: item.field('version').optionalString(),
    rulePackDigest: item.field('rule_pack_digest').optionalString(),
    durationMs: 0,
    exitCode: numberIn(item.field('exit_code')),
    filesAssessed: numberIn(item.field('files_assessed')),
    filesSkipped: item
      .field('files_skipped')
      .optionalItems()
      .map((group) => ({
        reason: group.field('reason').string(),
        count: group.field('count').integer(),
        paths: group
          .field('paths')
          .items()
          .map((path) => path.string()),
      })),
    bytesAssessed: numberIn(item.field('bytes_assessed')),
    findingsCount: numberIn(item.field('findings_count')) ?? 0,
    notes: item
      .field('notes')
      .optionalItems()
      .map((note) => note.string()),
    stderrTail: null,
  };
}

function numberIn(field: JsonReader): number | null {
  return field.isAbsent ? null : field.integer();
}

/** How it ended. */
export function statusIn(item: JsonReader, refuse: RefuseJson): OutcomeStatus {
  return storedWord(item.field('status'), OUTCOME_STATUSES, refuse);
}
