import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { UserError } from '@securescan/core';
import { AuthConfig } from '../../config/auth.config';
import { isLoopbackHost } from '../../config/constraints';
import { HttpConfig } from '../../config/http.config';
import { SsoConfig } from '../../config/sso.config';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { InstanceSettings } from '../instance/instance-settings.service';

/** A key in the environment may be any text; below this it is a password that somebody can try out. */
const SHORT_KEY = 20;

export class CannotServeError extends UserError {
  constructor(reason: string) {
    super('CONFIG_INVALID', reason);
  }
}

/** Keeps a server from starting that strangers could use, or that nobody could. */
@Injectable()
export class StartRules implements OnModuleInit {
  private readonly logger = new Logger(StartRules.name);

  constructor(
    private readonly http: HttpConfig,
    private readonly auth: AuthConfig,
    private readonly sso: SsoConfig,
    private readonly keys: ApiKeysService,
    private readonly settings: InstanceSettings,
  ) {}

  /** @throws CannotServeError */
  async onModuleInit(): Promise<void> {
    const { active, admins } = await this.keys.census();
    const hasOther = this.auth.apiKey !== null || this.sso.trustedProxies !== null;
    if (this.auth.required && !hasOther && admins === 0) {
      throw new CannotServeError(
        'SECURESCAN_AUTH_REQUIRED is set, but there is no key that holds admin, no SECURESCAN_API_KEY and no SSO proxy. Make a key with "securescan keys create", or set one of them.',
      );
    }
    const sign = hasOther ? null : await this.settings.signOfLoss();
    if (sign !== null) {
      throw new CannotServeError(
        `The database is a new one, but this installation has asked for credentials before. Put its database back, or make a key for the new one with "securescan keys create"; to begin without credentials, remove ${sign}.`,
      );
    }
    if (!isLoopbackHost(this.http.host) && !hasOther && active === 0) {
      throw new CannotServeError(
        `SECURESCAN_HOST: "${this.http.host}" can be reached from other machines, and there is no credential that would keep strangers out. Use 127.0.0.1, or make a key with "securescan keys create", or set SECURESCAN_API_KEY.`,
      );
    }
    if (this.auth.apiKey !== null && this.auth.apiKey.length < SHORT_KEY) {
      this.logger.warn(
        `SECURESCAN_API_KEY has fewer than ${SHORT_KEY} characters and can be guessed; a random one is safer.`,
      );
    }
  }
}
