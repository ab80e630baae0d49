import type { NotificationBody } from '@securescan/contracts';
import type { ShownNotification } from './notifications.repository';

/** A link to a scan leads somewhere only while the scan is there. */
export function toNotificationBody(shown: ShownNotification): NotificationBody {
  const isScanGone = shown.link !== null && shown.scanId === null;
  return {
    id: shown.id,
    type: shown.type,
    severity: shown.severity,
    title: shown.title,
    body: shown.body,
    link: isScanGone ? null : shown.link,
    scan_id: shown.scanId,
    scan_deleted: isScanGone,
    created_at: shown.createdAt,
    read_at: shown.readAt,
  };
}
