import { UserError } from '@securescan/core';

export class NotificationNotFoundError extends UserError {
  constructor() {
    super('NOTIFICATION_NOT_FOUND', 'There is no notification with this id.');
  }
}
