import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FindingWithStateBody, ScanBody, ScanSummaryBody } from '@securescan/contracts';
import type { FastifyReply } from 'fastify';
import { ApiErrors, ApiPage, ApiPageOrLines, Summary } from '../../common/api-documentation';
import { prefersLines, toLines } from '../../common/lines';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingDto } from '../findings/dto/finding.dto';
import { ScanListQueryDto } from './dto/scan-list.dto';
import { ScanIdDto, ScanRequestDto } from './dto/scan-request.dto';
import { ScanDto, ScanSummaryDto } from './dto/scan.dto';
import { ScanCommands } from './scan-commands.service';
import { ScansService } from './scans.service';

@ApiTags('scans')
@Controller('api/v1/scans')
export class ScansController {
  constructor(
    private readonly scans: ScansService,
    private readonly commands: ScanCommands,
  ) {}

  @Summary('Accepts a scan; it runs in the background')
  @Post()
  @HttpCode(200)
  @RequireScope('write', { cost: 1 })
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(400)
  create(@Body() request: ScanRequestDto, @CurrentActor() actor: Actor): Promise<ScanBody> {
    return this.commands.create(request, actor);
  }

  @Summary('Scans, newest first')
  @Get()
  @RequireScope('read')
  @ApiPage(ScanDto)
  list(@Query() query: ScanListQueryDto): Promise<Page<ScanBody>> {
    return this.scans.page(query);
  }

  @Summary('One scan')
  @Get(':id')
  @RequireScope('read')
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(404)
  get(@Param() { id }: ScanIdDto): Promise<ScanBody> {
    return this.scans.get(id);
  }

  @Summary(
    'Findings of a completed scan, worst first',
    'A page as JSON, or with `Accept: application/x-ndjson` all of them from the cursor on, one on each line, in one answer.',
  )
  @Get(':id/findings')
  @RequireScope('read')
  @ApiPageOrLines(FindingDto)
  @ApiErrors(404, 503)
  async findings(
    @Param() { id }: ScanIdDto,
    @Query() query: FindingListQueryDto,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<FindingWithStateBody> | ReturnType<typeof toLines>> {
    void reply.header('Vary', 'Accept');
    if (!prefersLines(accept)) return this.scans.findingsPage(id, query);
    return toLines(reply, await this.scans.findingLines(id, query));
  }

  @Summary('Counts of the findings of a scan, all zero until it has completed')
  @Get(':id/summary')
  @RequireScope('read')
  @ApiOkResponse({ type: ScanSummaryDto })
  @ApiErrors(404)
  summary(@Param() { id }: ScanIdDto): Promise<ScanSummaryBody> {
    return this.scans.summary(id);
  }

  @Summary('Ends a scan that has not ended yet and kills its scanners')
  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(404, 409)
  cancel(@Param() { id }: ScanIdDto, @CurrentActor() actor: Actor): Promise<ScanBody> {
    return this.commands.cancel(id, actor);
  }

  @Summary('Deletes an ended scan with its findings; verdicts stay')
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('write')
  @ApiNoContentResponse()
  @ApiErrors(404, 409)
  delete(@Param() { id }: ScanIdDto, @CurrentActor() actor: Actor): Promise<void> {
    return this.commands.delete(id, actor);
  }
}
