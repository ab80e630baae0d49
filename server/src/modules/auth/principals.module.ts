import { Module } from '@nestjs/common';
import { PrincipalNames } from './principal-names.service';
import { PrincipalsService } from './principals.service';

@Module({
  providers: [PrincipalsService, PrincipalNames],
  exports: [PrincipalsService, PrincipalNames],
})
export class PrincipalsModule {}
