import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FindingOverviewBody, FindingPlaceBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { FindingOverviewDto, FindingPlaceDto } from './dto/finding-overview.dto';
import { FingerprintDto, OptionalProjectQueryDto } from './dto/finding-state.dto';
import { FindingOverviews } from './finding-overview.service';

@ApiTags('triage')
@Controller('api/v1/findings')
export class FindingOverviewController {
  constructor(private readonly findings: FindingOverviews) {}

  @Summary('A finding across scans: since when, until when, how often, and the verdicts on it')
  @Get(':fingerprint')
  @RequireScope('read')
  @ApiOkResponse({ type: FindingOverviewDto })
  @ApiErrors(404)
  overview(
    @Param() { fingerprint }: FingerprintDto,
    @Query() { project }: OptionalProjectQueryDto,
  ): Promise<FindingOverviewBody> {
    return this.findings.overview(fingerprint, project ?? null);
  }

  @Summary('Every place of a finding in every scan that has completed, newest scan first')
  @Get(':fingerprint/places')
  @RequireScope('read')
  @ApiPage(FindingPlaceDto)
  @ApiErrors(404)
  places(
    @Param() { fingerprint }: FingerprintDto,
    @Query() query: PageQueryDto,
  ): Promise<Page<FindingPlaceBody>> {
    return this.findings.page(fingerprint, query);
  }
}
