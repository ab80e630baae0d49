import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type {
  ProposalAcceptanceBody,
  ProposalDecisionsBody,
  VerdictProposalBody,
  VexReceiptBody,
} from '@securescan/contracts';
import type { FastifyRequest } from 'fastify';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { bytesOf, CYCLONEDX_MEDIA_TYPE } from '../../common/bodies';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { actorOf, CurrentActor } from '../auth/current-actor.decorator';
import { OptionalProjectQueryDto } from '../triage/dto/finding-state.dto';
import {
  ProposalAcceptanceDto,
  ProposalAcceptanceRequestDto,
  ProposalDecisionsDto,
  ProposalIdDto,
  ProposalListQueryDto,
  ProposalSelectionDto,
  VerdictProposalDto,
} from './dto/proposal.dto';
import { VexReceiptDto } from './dto/vex-receipt.dto';
import { ProposalDecisions } from './proposal-decisions.service';
import { ProposalLists } from './proposal-lists.service';
import { VexReceipts } from './vex-receipts.service';

@ApiTags('vex')
@Controller('api/v1/vex/proposals')
export class VerdictProposalsController {
  constructor(
    private readonly receipts: VexReceipts,
    private readonly lists: ProposalLists,
    private readonly decisions: ProposalDecisions,
  ) {}

  @Summary(
    'Takes what somebody else says about vulnerabilities, and makes proposals of it',
    'OpenVEX, or CycloneDX with vulnerabilities. No verdict changes; the same document again makes nothing twice, and a newer version supersedes what is open of an older one.',
  )
  @Post()
  @HttpCode(200)
  @RequireScope('write', { cost: 2 })
  @ApiConsumes('application/json', CYCLONEDX_MEDIA_TYPE)
  @ApiBody({
    description: 'At most 4 MiB and 10 000 statements.',
    schema: { type: 'object', additionalProperties: true },
  })
  @ApiOkResponse({ type: VexReceiptDto })
  @ApiErrors(409, 503)
  receive(
    @Req() request: FastifyRequest,
    @Query() { project }: OptionalProjectQueryDto,
  ): Promise<VexReceiptBody> {
    return this.receipts.receive(bytesOf(request.body), project ?? null, actorOf(request));
  }

  @Summary('What others propose, newest first, each beside the verdict that counts now')
  @Get()
  @RequireScope('read')
  @ApiPage(VerdictProposalDto)
  list(@Query() query: ProposalListQueryDto): Promise<Page<VerdictProposalBody>> {
    return this.lists.page(query);
  }

  @Summary('Decides as many open proposals say', 'Fifty at a time, each step whole.')
  @Post('accept')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ProposalDecisionsDto })
  acceptAll(
    @Body() { ids }: ProposalSelectionDto,
    @CurrentActor() actor: Actor,
  ): Promise<ProposalDecisionsBody> {
    return this.decisions.decideAll(ids, 'accepted', actor);
  }

  @Summary('Rejects many open proposals', 'Fifty at a time, each step whole.')
  @Post('reject')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ProposalDecisionsDto })
  rejectAll(
    @Body() { ids }: ProposalSelectionDto,
    @CurrentActor() actor: Actor,
  ): Promise<ProposalDecisionsBody> {
    return this.decisions.decideAll(ids, 'rejected', actor);
  }

  @Summary(
    'Decides as an open proposal says',
    'Whoever accepts it is who decided. It replaces what was decided in that place, which the answer shows.',
  )
  @Post(':id/accept')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ProposalAcceptanceDto })
  @ApiErrors(404, 409)
  accept(
    @Param() { id }: ProposalIdDto,
    @Body() request: ProposalAcceptanceRequestDto,
    @CurrentActor() actor: Actor,
  ): Promise<ProposalAcceptanceBody> {
    return this.decisions.accept(id, request, actor);
  }

  @Summary('Rejects an open proposal; no verdict changes')
  @Post(':id/reject')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: VerdictProposalDto })
  @ApiErrors(404, 409)
  reject(
    @Param() { id }: ProposalIdDto,
    @CurrentActor() actor: Actor,
  ): Promise<VerdictProposalBody> {
    return this.decisions.reject(id, actor);
  }
}
