import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { InstanceModule } from '../instance/instance.module';
import { Authenticator } from './authenticator.service';
import { CallerLifetime } from './caller-lifetime';
import { EventTokens } from './event-tokens';
import { RateLimiter } from './rate-limiter';
import { RequestGate } from './request-gate';
import { RevocationRelay } from './revocation.relay';
import { SessionController } from './session.controller';
import { StartRules } from './start-rules';

@Module({
  imports: [ApiKeysModule, InstanceModule],
  controllers: [SessionController],
  providers: [
    Authenticator,
    CallerLifetime,
    EventTokens,
    RateLimiter,
    RequestGate,
    RevocationRelay,
    StartRules,
  ],
  exports: [CallerLifetime, EventTokens],
})
export class AuthModule {}
