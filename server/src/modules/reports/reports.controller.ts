import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HTML_CONTENT_POLICY, SCAN_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { type TextStream, toTextBody } from '../../common/text-body';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { ReportQueryDto } from './dto/report-query.dto';
import { ReportsService } from './reports.service';

@ApiTags('reports')
@Controller('api/v1/scans')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Summary(
    'The report of a completed scan in any format',
    'The bytes are those of `securescan scan` and `securescan report`. `pdf` is made by the command line, where there is a browser.',
  )
  @Get(':id/report')
  @RequireScope('read', { cost: 1 })
  @ApiDocument(Object.values(SCAN_RENDERERS).map(({ mediaType }) => mediaType))
  @ApiErrors(404, 409, 503)
  async report(
    @Param() { id }: ScanIdDto,
    @Query() query: ReportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream> {
    const { fileName, mediaType, pieces } = await this.reports.open(id, query);
    const isPage = query.format === 'html';
    void reply.header(
      'Content-Disposition',
      `${isPage ? 'inline' : 'attachment'}; filename="${fileName}"`,
    );
    if (isPage) {
      void reply.header(
        'Content-Security-Policy',
        `${HTML_CONTENT_POLICY}; frame-ancestors 'none'`,
      );
    }
    return toTextBody(reply, mediaType, pieces);
  }
}
