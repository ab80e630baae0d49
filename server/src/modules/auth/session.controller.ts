import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { SessionBody } from '@securescan/contracts';
import { Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { SsoConfig } from '../../config/sso.config';
import type { Caller } from './caller';
import { CurrentCaller } from './current-actor.decorator';
import { SessionDto } from './dto/session.dto';

@ApiTags('system')
@Controller('api/v1/session')
export class SessionController {
  constructor(private readonly sso: SsoConfig) {}

  @Summary('Who is calling, and what they may do')
  @Get()
  @RequireScope('authenticated')
  @ApiOkResponse({ type: SessionDto })
  session(@CurrentCaller() { kind, name, email, scopes }: Caller): SessionBody {
    const isOpen = kind === 'open';
    return {
      authenticated: !isOpen,
      kind,
      principal: isOpen ? null : { name, email },
      scopes: [...scopes],
      logout_url: kind === 'sso' ? this.sso.logoutUrl : null,
    };
  }
}
