/**
 * Every stable error code. `code` and status are the contract; `detail` is a sentence for people and may change.
 * New codes are appended where they belong, none is renamed.
 */
export const ERROR_CODES = [
  // The request
  'VALIDATION_FAILED',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  // Who calls
  'ACCESS_DENIED',
  'CREDENTIALS_MISSING',
  'CREDENTIALS_INVALID',
  'EVENT_TOKEN_INVALID',
  'EVENT_TOKEN_NOT_NEEDED',
  'IDENTITY_REFUSED',
  'CSRF_REFUSED',
  'SCOPE_MISSING',
  'RATE_LIMITED',
  'TOO_MANY_FAILURES',
  // Keys
  'KEY_NOT_FOUND',
  'SCOPE_NOT_GRANTABLE',
  'LAST_FULL_KEY',
  // Scans
  'SCAN_NOT_FOUND',
  'SCAN_NOT_COMPLETED',
  'SCAN_NOT_TERMINAL',
  'SCAN_ALREADY_TERMINAL',
  'SCAN_CANCELLED',
  'SCAN_QUEUE_FULL',
  'SCANS_NOT_COMPARABLE',
  'REPORT_TOO_LARGE',
  'REPORTS_BUSY',
  'SBOM_NOT_FOUND',
  'SBOMS_TOO_LARGE',
  'TARGET_NOT_FOUND',
  'TARGET_NOT_ALLOWED',
  'CURSOR_INVALID',
  'IMPORT_INVALID',
  'IMPORTS_BUSY',
  // Compliance
  'FRAMEWORK_NOT_FOUND',
  // Triage
  'FINDING_NOT_FOUND',
  'COMMENT_NOT_FOUND',
  'COMMENT_NOT_OWN',
  // VEX
  'VEX_EMPTY',
  'VEX_INVALID',
  'VEX_OUTDATED',
  'PROPOSAL_NOT_FOUND',
  'PROPOSAL_NOT_OPEN',
  'VERDICT_CHANGED',
  // Notifications
  'NOTIFICATION_NOT_FOUND',
  // Webhooks
  'WEBHOOK_NOT_FOUND',
  'WEBHOOK_DISABLED',
  'WEBHOOK_UNREADABLE',
  'TOO_MANY_WEBHOOKS',
  'DELIVERY_NOT_FOUND',
  'DELIVERY_OPEN',
  'DELIVERY_NOT_OPEN',
  'REPLAY_TOO_LARGE',
  // Command line and configuration
  'USAGE_INVALID',
  'CONFIG_INVALID',
  'SNAPSHOT_INVALID',
  'REPOSITORY_NOT_FOUND',
  'REF_NOT_FOUND',
  'MERGE_BASE_NOT_FOUND',
  'INDEX_UNMERGED',
  'OUTPUT_NOT_WRITABLE',
  'DATABASE_IN_USE',
  'DISK_FULL',
  'ADDRESS_IN_USE',
  // The world outside
  'TOOL_NOT_FOUND',
  'TOOL_FAILED',
  'TOOL_TIMEOUT',
  'TOOL_OUTPUT_INVALID',
  'TOOL_OUTPUT_TOO_LARGE',
  'RULES_NOT_FOUND',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_STREAMS',
  'STREAMS_FULL',
  // Installing scanners
  'SCANNER_NOT_FOUND',
  'SCANNER_NOT_INSTALLABLE',
  'INSTALL_NOT_ALLOWED',
  // Ours
  'INVARIANT_BROKEN',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one shape of every answer that is not 2xx. */
export interface ErrorBody {
  detail: string;
  code: ErrorCode;
  errors?: { loc: string; message: string }[];
}
