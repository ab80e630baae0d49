import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SBOM_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import type { TextStream } from '../../common/text-body';
import { ScanIdDto } from '../scans/dto/scan-request.dto';
import { SbomFormatQueryDto } from './dto/sbom-query.dto';
import { sendSbom } from './sbom-body';
import { SbomService } from './sbom.service';

@ApiTags('sbom')
@Controller('api/v1/scans')
export class ScanSbomController {
  constructor(private readonly sboms: SbomService) {}

  @Summary(
    'The bill of materials of a completed scan',
    'Of the tree as it was when it was scanned, with the bytes of `securescan sbom`. 404 `SBOM_NOT_FOUND` where the scan had no tree.',
  )
  @Get(':id/sbom')
  @RequireScope('read', { cost: 1 })
  @ApiDocument(Object.values(SBOM_RENDERERS).map(({ mediaType }) => mediaType))
  @ApiErrors(404, 409)
  async sbom(
    @Param() { id }: ScanIdDto,
    @Query() { format }: SbomFormatQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream> {
    return sendSbom(reply, await this.sboms.openOfScan(id, format));
  }
}
