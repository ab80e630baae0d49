import { SCAN_STATUSES, SCAN_TYPES, SEVERITIES, VERDICTS } from '@securescan/contracts';
import type {
  BulkDecisionBody,
  FindingCommentBody,
  FindingOverviewBody,
  FindingStateBody,
  FindingWithStateBody,
  ScanBody,
  ScannerStatusBody,
  ScannerStatusListBody,
  ScanStatus,
} from '@securescan/contracts';
import { ServerProtocolError } from './server-protocol-error';

/** Says what an answer is, or throws SERVICE_UNAVAILABLE. */
export type AnswerReader<T> = (value: unknown) => T;

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf<T extends string>(allowed: readonly T[], value: unknown): value is T {
  return allowed.some((item) => item === value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isScan(value: unknown): value is ScanBody {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isOneOf<ScanStatus>(SCAN_STATUSES, value['status']) &&
    Array.isArray(value['scan_types']) &&
    value['scan_types'].every((type) => isOneOf(SCAN_TYPES, type)) &&
    Number.isInteger(value['findings_count']) &&
    Array.isArray(value['scanner_outcomes'])
  );
}

function isFinding(value: unknown): value is FindingWithStateBody {
  return (
    isRecord(value) &&
    isText(value['fingerprint']) &&
    isText(value['scanner']) &&
    isText(value['title']) &&
    isOneOf(SEVERITIES, value['severity']) &&
    Number.isInteger(value['occurrence']) &&
    isStateOrNothing(value['state'])
  );
}

/** Left out where a list tells no verdicts. */
function isStateOrNothing(value: unknown): value is FindingStateBody | null | undefined {
  if (value === null || value === undefined) return true;
  return isRecord(value) && isOneOf(VERDICTS, value['status']);
}

function isOverview(value: unknown): value is FindingOverviewBody {
  return (
    isRecord(value) &&
    isText(value['fingerprint']) &&
    isStateOrNothing(value['state']) &&
    (value['latest'] === null || isPlace(value['latest']))
  );
}

function isPlace(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['scanner']) &&
    isText(value['title']) &&
    isText(value['rule_id']) &&
    isOneOf(SEVERITIES, value['severity'])
  );
}

function isBulkDecision(value: unknown): value is BulkDecisionBody {
  return (
    isRecord(value) &&
    Number.isInteger(value['matched']) &&
    Number.isInteger(value['changed']) &&
    Array.isArray(value['unknown']) &&
    value['unknown'].every(isText)
  );
}

function isComment(value: unknown): value is FindingCommentBody {
  return isRecord(value) && isText(value['id']) && isText(value['text']);
}

function isScannerStatus(value: unknown): value is ScannerStatusBody {
  return (
    isRecord(value) &&
    isText(value['name']) &&
    isText(value['scan_type']) &&
    typeof value['available'] === 'boolean' &&
    isText(value['message']) &&
    isTextOrNull(value['version']) &&
    isTextOrNull(value['install_hint'])
  );
}

function isScannerStatusList(value: unknown): value is ScannerStatusListBody {
  return (
    isRecord(value) && Array.isArray(value['scanners']) && value['scanners'].every(isScannerStatus)
  );
}

function unexpected(what: string): ServerProtocolError {
  return new ServerProtocolError(
    `The answer is not ${what}. Check that the address is that of a SecureScan server of this version.`,
  );
}

function reader<T>(isAnswer: (value: unknown) => value is T, what: string): AnswerReader<T> {
  return (value) => {
    if (isAnswer(value)) return value;
    throw unexpected(what);
  };
}

export const readScan = reader(isScan, 'a scan');
export const readFinding = reader(isFinding, 'a finding');
export const readOverview = reader(isOverview, 'a finding across scans');
export const readBulkDecision = reader(isBulkDecision, 'what came of a decision');
export const readComment = reader(isComment, 'a comment');
export const readScannerStatusList = reader(isScannerStatusList, 'a list of scanners');

/** Reads a bare array whose members are all of one kind. */
export function readListOf<T>(readItem: AnswerReader<T>): AnswerReader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw unexpected('a list');
    return value.map((item) => readItem(item));
  };
}
