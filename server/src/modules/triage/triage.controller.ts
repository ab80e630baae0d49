import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type {
  FindingStateBody,
  FindingVerdictsBody,
  VerdictChangeBody,
} from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import {
  FindingStateDto,
  FindingStateRequestDto,
  FindingVerdictsDto,
  FingerprintDto,
  OptionalProjectQueryDto,
  ProjectQueryDto,
} from './dto/finding-state.dto';
import { VerdictChangeDto } from './dto/verdict-change.dto';
import { VerdictCommands } from './verdict-commands.service';
import { VerdictLookup } from './verdict-lookup.service';

@ApiTags('triage')
@Controller('api/v1/findings')
export class TriageController {
  constructor(
    private readonly lookup: VerdictLookup,
    private readonly commands: VerdictCommands,
  ) {}

  @Summary('What has been decided about a finding', 'With a project, what counts there.')
  @Get(':fingerprint/state')
  @RequireScope('read')
  @ApiOkResponse({ type: FindingVerdictsDto })
  @ApiErrors(404)
  state(
    @Param() { fingerprint }: FingerprintDto,
    @Query() { project }: OptionalProjectQueryDto,
  ): Promise<FindingVerdictsBody> {
    return this.lookup.state(fingerprint, project ?? null);
  }

  @Summary(
    'Decides about a finding, everywhere or in one project',
    'What the body leaves out is taken away. Saying the same again changes nothing.',
  )
  @Patch(':fingerprint/state')
  @RequireScope('write')
  @ApiOkResponse({ type: FindingStateDto })
  @ApiErrors(404)
  decide(
    @Param() { fingerprint }: FingerprintDto,
    @Body() request: FindingStateRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<FindingStateBody> {
    return this.commands.decide(fingerprint, request, actor);
  }

  @Summary('Takes back what was decided in a project; the verdict for everywhere counts again')
  @Delete(':fingerprint/state')
  @HttpCode(204)
  @RequireScope('write')
  @ApiNoContentResponse()
  @ApiErrors(404)
  withdraw(
    @Param() { fingerprint }: FingerprintDto,
    @Query() { project }: ProjectQueryDto,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.commands.withdraw(fingerprint, project, actor);
  }

  @Summary('Every change of the verdicts on a finding, newest first')
  @Get(':fingerprint/history')
  @RequireScope('read')
  @ApiPage(VerdictChangeDto)
  @ApiErrors(404)
  history(
    @Param() { fingerprint }: FingerprintDto,
    @Query() query: PageQueryDto,
  ): Promise<Page<VerdictChangeBody>> {
    return this.lookup.changes(fingerprint, query);
  }
}
