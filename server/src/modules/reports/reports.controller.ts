import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HTML_CONTENT_POLICY, SBOM_RENDERERS, SCAN_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { type TextStream, toTextBody } from '../../common/text-body';
import { whileConnected } from '../../common/while-connected';
import { sendSbom } from '../sbom/sbom-body';
import { SbomService } from '../sbom/sbom.service';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { isSbomFormat, ReportQueryDto } from './dto/report-query.dto';
import { ReportsService } from './reports.service';

const PDF_MEDIA_TYPE = 'application/pdf';

@ApiTags('reports')
@Controller('api/v1/scans')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly sboms: SbomService,
  ) {}

  @Summary(
    'The report of a completed scan in any format',
    'The bytes are those of `securescan scan` and `securescan report`. `pdf` is printed by a browser on the server: one at a time, and `TOOL_NOT_FOUND` where there is none. `cyclonedx` and `spdx` are the bill of materials of the scan.',
  )
  @Get(':id/report')
  @RequireScope('read', { cost: 1 })
  @ApiDocument([
    ...Object.values(SCAN_RENDERERS).map(({ mediaType }) => mediaType),
    PDF_MEDIA_TYPE,
    ...Object.values(SBOM_RENDERERS).map(({ mediaType }) => mediaType),
  ])
  @ApiErrors(404, 409, 502, 503, 504)
  async report(
    @Param() { id }: ScanIdDto,
    @Query() query: ReportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream | Uint8Array> {
    const { format, suppressed } = query;
    if (format === 'pdf') {
      const signal = whileConnected(reply);
      const { fileName, bytes } = await this.reports.print(id, { suppressed, signal });
      void reply.type(PDF_MEDIA_TYPE).header('Content-Disposition', attached(fileName));
      return bytes;
    }
    if (isSbomFormat(format)) return sendSbom(reply, await this.sboms.openOfScan(id, format));
    const { fileName, mediaType, pieces } = await this.reports.open(id, { format, suppressed });
    const isPage = format === 'html';
    void reply.header(
      'Content-Disposition',
      isPage ? `inline; filename="${fileName}"` : attached(fileName),
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

function attached(fileName: string): string {
  return `attachment; filename="${fileName}"`;
}
