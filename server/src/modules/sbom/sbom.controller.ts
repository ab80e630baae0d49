import { Controller, Delete, Get, HttpCode, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { SbomBody, SbomComponentBody, SbomDiffBody } from '@securescan/contracts';
import { SBOM_RENDERERS } from '@securescan/core';
import type { FastifyReply } from 'fastify';
import { ApiDocument, ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import type { TextStream } from '../../common/text-body';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import {
  SbomComponentsQueryDto,
  SbomDiffQueryDto,
  SbomFormatQueryDto,
  SbomHistoryQueryDto,
  SbomIdDto,
  SbomScanIdDto,
} from './dto/sbom-query.dto';
import { SbomComponentDto, SbomDiffDto, SbomDto } from './dto/sbom.dto';
import { sendSbom } from './sbom-body';
import { SbomCommands } from './sbom-commands.service';
import { SbomService } from './sbom.service';

const DOCUMENTS = Object.values(SBOM_RENDERERS).map(({ mediaType }) => mediaType);

@ApiTags('sbom')
@Controller('api/v1/sbom')
export class SbomController {
  constructor(
    private readonly sboms: SbomService,
    private readonly commands: SbomCommands,
  ) {}

  @Summary('Stored bills of materials, newest first', 'They stay when their scans are deleted.')
  @Get('history')
  @RequireScope('read')
  @ApiPage(SbomDto)
  history(@Query() query: SbomHistoryQueryDto): Promise<Page<SbomBody>> {
    return this.sboms.history(query);
  }

  @Summary(
    'What lies between two bills',
    'Packages that came, went, changed their versions or their licences. Counts are exact, lists are cut.',
  )
  @Get('diff')
  @RequireScope('read', { cost: 1 })
  @ApiOkResponse({ type: SbomDiffDto })
  @ApiErrors(404)
  diff(@Query() query: SbomDiffQueryDto): Promise<SbomDiffBody> {
    return this.sboms.diff(query);
  }

  @Summary('The bills of a completed scan: one, or none')
  @Get('scan/:scan_id')
  @RequireScope('read')
  @ApiOkResponse({ type: SbomDto, isArray: true })
  @ApiErrors(404, 409)
  ofScan(@Param() { scan_id }: SbomScanIdDto): Promise<SbomBody[]> {
    return this.sboms.allOfScan(scan_id);
  }

  @Summary('A stored bill, without what it lists')
  @Get(':id')
  @RequireScope('read')
  @ApiOkResponse({ type: SbomDto })
  @ApiErrors(404)
  get(@Param() { id }: SbomIdDto): Promise<SbomBody> {
    return this.sboms.get(id);
  }

  @Summary('What a bill lists, in the order of its documents')
  @Get(':id/components')
  @RequireScope('read')
  @ApiPage(SbomComponentDto)
  @ApiErrors(404)
  components(
    @Param() { id }: SbomIdDto,
    @Query() query: SbomComponentsQueryDto,
  ): Promise<Page<SbomComponentBody>> {
    return this.sboms.components(id, query);
  }

  @Summary('A stored bill as a document', 'As `securescan sbom` wrote it when the bill was made.')
  @Get(':id/export')
  @RequireScope('read', { cost: 1 })
  @ApiDocument(DOCUMENTS)
  @ApiErrors(404)
  async export(
    @Param() { id }: SbomIdDto,
    @Query() { format }: SbomFormatQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TextStream> {
    return sendSbom(reply, await this.sboms.open(id, format));
  }

  @Summary('Deletes a stored bill')
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('write', { cost: 1 })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiErrors(404)
  delete(@Param() { id }: SbomIdDto, @CurrentActor() actor: Actor): Promise<void> {
    return this.commands.delete(id, actor);
  }
}
