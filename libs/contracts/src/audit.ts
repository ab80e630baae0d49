/** What the audit log tells of. Only ever extended: older rows keep their words. */
export const AUDIT_ACTIONS = [
  'instance.secured',
  'key.created',
  'key.revoked',
  'retention.applied',
  'retention.changed',
  'scan.cancelled',
  'scan.deleted',
  'scanner.install_failed',
  'scanner.installed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The kinds of things that something is done to. */
export const AUDIT_SUBJECT_TYPES = ['instance', 'key', 'retention', 'scan', 'scanner'] as const;
export type AuditSubjectType = (typeof AUDIT_SUBJECT_TYPES)[number];
