import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { ScanBody } from '@securescan/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { bytesOf, SARIF_MEDIA_TYPE } from '../../common/bodies';
import { RequireScope } from '../../common/scope.decorator';
import { actorOf } from '../auth/current-actor.decorator';
import { ScanImportQueryDto } from './dto/scan-import.dto';
import { ScanDto } from './dto/scan.dto';
import { ScanImports } from './scan-imports.service';

@ApiTags('scans')
@Controller('api/v1/scans')
export class ScanImportsController {
  constructor(private readonly imports: ScanImports) {}

  @Summary(
    'Stores what another run or another tool found as one completed scan',
    'Takes a JSON report of ours or a SARIF 2.1.0 log. It closes nothing that other scans found.',
  )
  @Post('import')
  @HttpCode(201)
  @RequireScope('write', { cost: 2 })
  @ApiConsumes('application/json', SARIF_MEDIA_TYPE)
  @ApiBody({
    description:
      'A report of securescan scan --output json, or a SARIF 2.1.0 log; at most 32 MiB and 100 000 results.',
    schema: { type: 'object', additionalProperties: true },
  })
  @ApiCreatedResponse({
    type: ScanDto,
    headers: {
      Location: { description: 'The scan.', schema: { type: 'string' } },
    },
  })
  @ApiErrors(409, 502)
  async import(
    @Req() request: FastifyRequest,
    @Query() query: ScanImportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScanBody> {
    const scan = await this.imports.import(bytesOf(request.body), {
      actor: actorOf(request),
      project: query.project ?? null,
      sourceRoot: query.source_root ?? null,
    });
    void reply.header('Location', `/api/v1/scans/${scan.id}`);
    return scan;
  }
}
