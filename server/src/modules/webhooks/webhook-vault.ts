import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import { SecretBox } from '../../ports/secret-box.port';
import type { WebhookEntity } from './webhook.entity';

type Sealed = Pick<
  Fields<WebhookEntity>,
  'id' | 'url' | 'headers' | 'secret' | 'previousSecret' | 'previousSecretUntil'
>;

/** What is needed to send something to a webhook. */
export interface WebhookAccess {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Those that sign, the current one first. */
  readonly secrets: readonly string[];
}

/** Keeps what a webhook has of secrets, sealed to its row. */
@Injectable()
export class WebhookVault {
  constructor(private readonly box: SecretBox) {}

  sealUrl(id: string, url: string): string {
    return this.box.seal(url, place(id, 'url'));
  }

  /** `null` for none. */
  sealHeaders(id: string, headers: Readonly<Record<string, string>>): string | null {
    if (Object.keys(headers).length === 0) return null;
    return this.box.seal(JSON.stringify(headers), place(id, 'headers'));
  }

  sealSecret(id: string, secret: string): string {
    return this.box.seal(secret, place(id, 'secret'));
  }

  /** Whether everything that is needed to send can be read. */
  isReadable(row: Sealed): boolean {
    return this.open(row, '') !== null;
  }

  /** Whether a stored secret can still be used. */
  holdsSecret({ id, secret }: Pick<Sealed, 'id' | 'secret'>): boolean {
    return this.box.open(secret, place(id, 'secret')) !== null;
  }

  /** `null` where any of it was sealed with another key. @param now as timestamps are stored. */
  open(row: Sealed, now: string): WebhookAccess | null {
    const url = this.box.open(row.url, place(row.id, 'url'));
    const secret = this.box.open(row.secret, place(row.id, 'secret'));
    const headers =
      row.headers === null ? '{}' : this.box.open(row.headers, place(row.id, 'headers'));
    if (url === null || secret === null || headers === null) return null;
    const previous = this.openPrevious(row, now);
    return {
      url,
      headers: JSON.parse(headers) as Record<string, string>,
      secrets: previous === null ? [secret] : [secret, previous],
    };
  }

  /** One that cannot be read any more signs nothing; the current one does. */
  private openPrevious(row: Sealed, now: string): string | null {
    const { id, previousSecret, previousSecretUntil } = row;
    if (previousSecret === null || previousSecretUntil === null || previousSecretUntil <= now) {
      return null;
    }
    return this.box.open(previousSecret, place(id, 'secret'));
  }
}

function place(id: string, field: 'url' | 'headers' | 'secret'): string {
  return `webhook ${id} ${field}`;
}
