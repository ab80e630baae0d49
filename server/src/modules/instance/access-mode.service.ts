import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuthConfig } from '../../config/auth.config';
import { SsoConfig } from '../../config/sso.config';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { ControlChannel } from '../../ports/control-channel.port';
import { AuditLog, THE_SERVER } from '../audit/audit-log.service';
import { InstanceSettings } from './instance-settings.service';

/**
 * Whether callers have to be recognised. They need not only as long as no credential has ever existed here; what cannot be
 * read counts as one.
 */
@Injectable()
export class AccessMode implements OnModuleInit {
  private isOpenNow = false;

  constructor(
    private readonly auth: AuthConfig,
    private readonly sso: SsoConfig,
    private readonly settings: InstanceSettings,
    private readonly units: UnitOfWork,
    private readonly control: ControlChannel,
    private readonly audit: AuditLog,
  ) {}

  /** True while everybody who reaches the server from this very machine may do everything. */
  get isOpen(): boolean {
    return this.isOpenNow;
  }

  /** Reads the latch, and sets it where a credential is configured. Rejects where the database does not answer. */
  async onModuleInit(): Promise<void> {
    const isLatched = await this.settings.hasHadCredentials();
    const isConfigured = this.auth.apiKey !== null || this.sso.trustedProxies !== null;
    if (isConfigured && !isLatched) await this.units.run((tx) => this.latch(tx));
    this.isOpenNow = !isLatched && !isConfigured && !this.auth.required;
  }

  @OnDomainEvent('key.created', { when: 'in-transaction' })
  latchOnKey(_fact: unknown, tx: Transaction): Promise<void> {
    return this.latch(tx);
  }

  @OnDomainEvent('key.created', { when: 'after-commit' })
  async close(): Promise<void> {
    if (!this.isOpenNow) return;
    this.isOpenNow = false;
    await this.control.send('credential.ended', { kind: 'open', subject: '' });
  }

  private async latch(tx: Transaction): Promise<void> {
    if (!(await this.settings.noteCredentials(tx))) return;
    const entry = { subjectType: 'instance', subjectId: null, details: {} } as const;
    await this.audit.record(tx, THE_SERVER, { action: 'instance.secured', ...entry });
  }
}
