/** What notifications are about. */
export const NOTIFICATION_TYPES = [
  'scan.complete',
  'scan.failed',
  'scanner.failed',
  'verdict.lapsed',
  'finding.regressed',
  'webhook.disabled',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** How loud they are, quietest first. */
export const NOTIFICATION_SEVERITIES = ['info', 'warning', 'error'] as const;
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number];

/** Something that happened by itself, as its reader sees it. All texts are plain: whoever shows them escapes them. */
export interface NotificationBody {
  id: string;
  type: NotificationType;
  severity: NotificationSeverity;
  title: string;
  body: string | null;
  /** A page of the dashboard; `null` where there is none, or no longer. */
  link: string | null;
  /** `null` where it is about no scan, and once the scan has been deleted. */
  scan_id: string | null;
  /** It was about a scan that is no longer there. */
  scan_deleted: boolean;
  /** Of its last line: one that gathers many things is new again with each. */
  created_at: string;
  /** When the caller read it first; `null` for not yet. */
  read_at: string | null;
}

export interface UnreadCountBody {
  count: number;
  /** `false` where there are more than were counted. */
  is_exact: boolean;
}

export interface MarkedReadBody {
  /** How many were unread. */
  marked_read: number;
}
