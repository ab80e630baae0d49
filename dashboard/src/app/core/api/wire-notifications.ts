import {
  NOTIFICATION_SEVERITIES,
  NOTIFICATION_TYPES,
  type MarkedReadBody,
  type NotificationBody,
  type UnreadCountBody,
} from '@securescan/contracts';
import { flag, list, nullable, number, object, oneOf, text } from './wire-parser';

const notification = object<NotificationBody>({
  id: text,
  type: oneOf(NOTIFICATION_TYPES),
  severity: oneOf(NOTIFICATION_SEVERITIES),
  title: text,
  body: nullable(text),
  link: nullable(text),
  scan_id: nullable(text),
  scan_deleted: flag,
  created_at: text,
  read_at: nullable(text),
});
const notifications = list(notification);
const unreadCount = object<UnreadCountBody>({ count: number, is_exact: flag });
const markedRead = object<MarkedReadBody>({ marked_read: number });

export const parseNotification = (value: unknown): NotificationBody =>
  notification(value, 'notification');
export const parseNotifications = (value: unknown): NotificationBody[] =>
  notifications(value, 'notifications');
export const parseUnreadCount = (value: unknown): UnreadCountBody =>
  unreadCount(value, 'unread count');
export const parseMarkedRead = (value: unknown): MarkedReadBody => markedRead(value, 'marked read');
