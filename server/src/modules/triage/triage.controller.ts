import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type {
  BulkDecisionBody,
  FindingStateBody,
  FindingVerdictsBody,
  VerdictChangeBody,
} from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import { BulkDecisions } from './bulk-decisions.service';
import { BulkDecisionDto, BulkDecisionRequestDto, BulkSelectionDto } from './dto/bulk-decision.dto';
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
    private readonly bulk: BulkDecisions,
  ) {}

  @Summary(
    'One decision about many findings',
    'Those listed in the body, or with scan_id in the query those of that scan which match the filters. Asked again it changes nothing.',
  )
  @Post('state/bulk')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: BulkDecisionDto })
  @ApiErrors(404, 409)
  decideMany(
    @Query() selection: BulkSelectionDto,
    @Body() request: BulkDecisionRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<BulkDecisionBody> {
    return this.bulk.decide(selection, request, actor);
  }

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
