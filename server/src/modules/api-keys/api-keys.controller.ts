import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ApiKeyBody, ApiKeyCreatedBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor, Caller } from '../auth/caller';
import { CurrentActor, CurrentCaller } from '../auth/current-actor.decorator';
import { ApiKeyCommands } from './api-key-commands.service';
import { NotAKeyError } from './api-keys.errors';
import { ApiKeysService } from './api-keys.service';
import { ApiKeyCreatedDto, ApiKeyDto, ApiKeyIdDto, ApiKeyRequestDto } from './dto/api-key.dto';

@ApiTags('keys')
@Controller('api/v1/keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly commands: ApiKeyCommands,
  ) {}

  @Summary('Makes a key', 'Its text is in this answer and nowhere else.')
  @Post()
  @RequireScope('admin', { cost: 1 })
  @ApiCreatedResponse({ type: ApiKeyCreatedDto })
  create(
    @Body() request: ApiKeyRequestDto,
    @CurrentCaller() { scopes }: Caller,
    @CurrentActor() actor: Actor,
  ): Promise<ApiKeyCreatedBody> {
    return this.commands.create(request, { actor, scopes });
  }

  @Summary('Keys, newest first, revoked ones too')
  @Get()
  @RequireScope('admin')
  @ApiPage(ApiKeyDto)
  list(@Query() query: PageQueryDto): Promise<Page<ApiKeyBody>> {
    return this.keys.page(query);
  }

  @Summary('The key that this request was made with')
  @Get('me')
  @RequireScope('authenticated')
  @ApiOkResponse({ type: ApiKeyDto })
  @ApiErrors(404)
  me(@CurrentCaller() { kind, subject }: Caller): Promise<ApiKeyBody> {
    if (kind !== 'key') throw new NotAKeyError();
    return this.keys.get(subject);
  }

  @Summary('Revokes a key at once and for good; streams that it opened end')
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('admin')
  @ApiNoContentResponse()
  @ApiErrors(404, 409)
  revoke(@Param() { id }: ApiKeyIdDto, @CurrentActor() actor: Actor): Promise<void> {
    return this.commands.revoke(id, actor);
  }
}
