import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { VEX_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { type TextStream, toTextBody } from '../../common/text-body';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { VexQueryDto } from './dto/vex-query.dto';
import { VexDocumentsService } from './vex-documents.service';

@ApiTags('vex')
@Controller('api/v1/scans')
export class VexDocumentsController {
  constructor(private readonly documents: VexDocumentsService) {}

  @Summary(
    'What was decided about known vulnerabilities in the packages of a completed scan',
    'As OpenVEX 0.2.0 or CycloneDX 1.6. What has no place in it is counted in X-Left-Out. 409 as OpenVEX where nothing has.',
  )
  @Get(':id/vex')
  @RequireScope('read', { cost: 1 })
  @ApiDocument(Object.values(VEX_RENDERERS).map(({ mediaType }) => mediaType))
  @ApiErrors(404, 409, 503)
  async vex(
    @Param() { id }: ScanIdDto,
    @Query() { format }: VexQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream> {
    const { fileName, mediaType, pieces, leftOut } = await this.documents.open(id, format);
    void reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
    void reply.header('X-Left-Out', String(leftOut));
    return toTextBody(reply, mediaType, pieces);
  }
}
