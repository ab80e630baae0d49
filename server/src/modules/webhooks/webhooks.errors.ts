import { UserError } from '@securescan/core';
import { ValidationFailedError } from '../../common/http.errors';

export class WebhookNotFoundError extends UserError {
  constructor() {
    super('WEBHOOK_NOT_FOUND', 'There is no webhook with this id.');
  }
}

/** A URL to which nothing is ever sent. */
export class WebhookUrlRefusedError extends ValidationFailedError {
  constructor(problem: string) {
    super([{ loc: 'url', message: problem }]);
  }
}

export class WebhookDisabledError extends UserError {
  constructor() {
    super(
      'WEBHOOK_DISABLED',
      'This webhook is disabled, and nothing would be sent; enable it first. Tests are sent all the same.',
    );
  }
}

export class WebhookUnreadableError extends UserError {
  constructor() {
    super(
      'WEBHOOK_UNREADABLE',
      'What is stored of this webhook was encrypted with another secret key. Start the server with that key, or give the webhook its URL and headers anew and rotate its secret.',
    );
  }
}

export class TooManyWebhooksError extends UserError {
  constructor(most: number) {
    super('TOO_MANY_WEBHOOKS', `There are ${most} webhooks, and there cannot be more.`);
  }
}

export class DeliveryNotFoundError extends UserError {
  constructor() {
    super('DELIVERY_NOT_FOUND', 'This webhook has no delivery with this id.');
  }
}

export class DeliveryOpenError extends UserError {
  constructor() {
    super('DELIVERY_OPEN', 'This delivery has not ended and is still being tried.');
  }
}

export class DeliveryNotOpenError extends UserError {
  constructor() {
    super('DELIVERY_NOT_OPEN', 'This delivery has ended: there is nothing to skip.');
  }
}

export class ReplayTooLargeError extends UserError {
  constructor(most: number) {
    super(
      'REPLAY_TOO_LARGE',
      `There are more than ${most} deliveries in this range, and none was sent once more; ask for less at a time.`,
    );
  }
}
