import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { ControlChannel } from '../../ports/control-channel.port';
import type { ApiKeyDomainEvents } from '../api-keys/api-keys.events';

/** Tells every process that a key works no more, so that what it opened ends. */
@Injectable()
export class RevocationRelay {
  constructor(private readonly control: ControlChannel) {}

  @OnDomainEvent('key.revoked', { when: 'after-commit' })
  tell({ keyId }: ApiKeyDomainEvents['key.revoked']): Promise<void> {
    return this.control.send('credential.ended', { kind: 'key', subject: keyId });
  }
}
