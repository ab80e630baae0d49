import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { PrincipalsModule } from '../auth/principals.module';
import { ApiKeyCommands } from './api-key-commands.service';
import { ApiKeyVerifier } from './api-key-verifier';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { KeyUse } from './key-use';

@Module({
  imports: [AuditModule, PrincipalsModule],
  controllers: [ApiKeysController],
  providers: [ApiKeysRepository, ApiKeysService, ApiKeyCommands, ApiKeyVerifier, KeyUse],
  exports: [ApiKeysService, ApiKeyCommands, ApiKeyVerifier],
})
export class ApiKeysModule {}
