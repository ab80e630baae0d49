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
import { ApiErrors, ApiPage, ApiPageOrLines } from '../../common/api-documentation';
import { prefersLines, toLines } from '../../common/lines';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
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

  /** Accepts a scan; it runs in the background. */
  @Post()
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(400, 403, 413, 415, 422, 503)
  create(@Body() request: ScanRequestDto): Promise<ScanBody> {
    return this.commands.create(request);
  }

  /** Scans, newest first. */
  @Get()
  @RequireScope('read')
  @ApiPage(ScanDto)
  list(@Query() query: ScanListQueryDto): Promise<Page<ScanBody>> {
    return this.scans.page(query);
  }

  @Get(':id')
  @RequireScope('read')
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(403, 404)
  get(@Param() { id }: ScanIdDto): Promise<ScanBody> {
    return this.scans.get(id);
  }

  /**
   * Findings of a completed scan, worst first: a page as JSON, or with `Accept: application/x-ndjson` all of them from the
   * cursor on, one on each line, in one answer.
   */
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

  @Get(':id/summary')
  @RequireScope('read')
  @ApiOkResponse({ type: ScanSummaryDto })
  @ApiErrors(403, 404)
  summary(@Param() { id }: ScanIdDto): Promise<ScanSummaryBody> {
    return this.scans.summary(id);
  }

  /** Ends a scan that has not ended yet and kills its scanners. */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('write')
  @ApiOkResponse({ type: ScanDto })
  @ApiErrors(403, 404, 409)
  cancel(@Param() { id }: ScanIdDto): Promise<ScanBody> {
    return this.commands.cancel(id);
  }

  /** Deletes an ended scan with its findings; verdicts stay. */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('write')
  @ApiNoContentResponse()
  @ApiErrors(403, 404, 409)
  delete(@Param() { id }: ScanIdDto): Promise<void> {
    return this.commands.delete(id);
  }
}
