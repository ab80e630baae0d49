import type { JsonObject } from './finding';

/** What the audit log tells of. Only ever extended: older rows keep their words. */
export const AUDIT_ACTIONS = [
  'ai.asked',
  'comment.created',
  'comment.deleted',
  'instance.secured',
  'key.created',
  'key.revoked',
  'proposal.accepted',
  'proposal.rejected',
  'retention.applied',
  'retention.changed',
  'sbom.deleted',
  'scan.cancelled',
  'scan.deleted',
  'scanner.install_failed',
  'scanner.installed',
  'verdict.decided',
  'verdict.decided_in_bulk',
  'verdict.withdrawn',
  'vex.received',
  'webhook.changed',
  'webhook.created',
  'webhook.deleted',
  'webhook.delivery_skipped',
  'webhook.disabled',
  'webhook.redelivered',
  'webhook.secret_rotated',
  'webhook.tested',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The kinds of things that something is done to. */
export const AUDIT_SUBJECT_TYPES = [
  'finding',
  'instance',
  'key',
  'proposal',
  'retention',
  'sbom',
  'scan',
  'scanner',
  'vex_document',
  'webhook',
] as const;
export type AuditSubjectType = (typeof AUDIT_SUBJECT_TYPES)[number];

/** One thing that somebody did. */
export interface AuditEntryBody {
  /** Without gaps; begins behind what retention has removed. */
  seq: number;
  occurred_at: string;
  action: AuditAction;
  /** The name at that time; `null` where nobody had to be recognised. */
  actor: string | null;
  principal_id: string | null;
  subject_type: AuditSubjectType;
  /** `null` where there is but one of its type. */
  subject_id: string | null;
  details: JsonObject;
  /** `null` for what no request asked for, as is the address. */
  request_id: string | null;
  remote_address: string | null;
  /** Of the entry before. */
  previous_hash: string;
  /** SHA-256 (hex) over all the rest of the row. */
  hash: string;
}
