import { Module } from '@nestjs/common';
import { PrincipalsModule } from '../auth/principals.module';
import { ApiKeyVerifier } from './api-key-verifier';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { KeyUse } from './key-use';

@Module({
  imports: [PrincipalsModule],
  controllers: [ApiKeysController],
  providers: [ApiKeysRepository, ApiKeysService, ApiKeyVerifier, KeyUse],
  exports: [ApiKeysService, ApiKeyVerifier],
})
export class ApiKeysModule {}
