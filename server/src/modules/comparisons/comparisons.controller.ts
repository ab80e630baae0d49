import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ComparedFindingBody, ComparisonBody } from '@securescan/contracts';
import { SCAN_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { type TextStream, toTextBody } from '../../common/text-body';
import { ComparisonReportsService } from './comparison-reports.service';
import { ComparisonsService } from './comparisons.service';
import {
  COMPARISON_FORMATS,
  ComparedFindingsQueryDto,
  ComparisonQueryDto,
  ComparisonReportQueryDto,
} from './dto/comparison-query.dto';
import { ComparedFindingDto, ComparisonDto } from './dto/comparison.dto';

@ApiTags('comparisons')
@Controller('api/v1/scans/compare')
export class ComparisonsController {
  constructor(
    private readonly comparisons: ComparisonsService,
    private readonly reports: ComparisonReportsService,
  ) {}

  @Summary(
    'What lies between two completed scans of one target',
    'Counts, and what differs beside the code. Only scanners that completed on both sides tell what is new or fixed; the rest is not assessed.',
  )
  @Get()
  @RequireScope('read', { cost: 1 })
  @ApiOkResponse({ type: ComparisonDto })
  @ApiErrors(404, 409, 503)
  compare(@Query() query: ComparisonQueryDto): Promise<ComparisonBody> {
    return this.comparisons.summary(query);
  }

  @Summary('Findings of one class of a comparison, worst first')
  @Get('findings')
  @RequireScope('read')
  @ApiPage(ComparedFindingDto)
  @ApiErrors(404, 409, 503)
  findings(@Query() query: ComparedFindingsQueryDto): Promise<Page<ComparedFindingBody>> {
    return this.comparisons.page(query);
  }

  @Summary(
    'A comparison as a document',
    'As `securescan diff` writes it. `github-review` is made by the command line, which knows the pull request.',
  )
  @Get('report')
  @RequireScope('read', { cost: 1 })
  @ApiDocument(COMPARISON_FORMATS.map((format) => SCAN_RENDERERS[format].mediaType))
  @ApiErrors(404, 409, 503)
  async report(
    @Query() query: ComparisonReportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream> {
    const { fileName, mediaType, pieces } = await this.reports.open(query);
    void reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
    return toTextBody(reply, mediaType, pieces);
  }
}
