import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CurrentFindingBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { CurrentFindings } from './current-findings.service';
import { CurrentFindingListQueryDto } from './dto/current-finding-list.dto';
import { CurrentFindingDto } from './dto/current-finding.dto';

@ApiTags('current state')
@Controller('api/v1/findings')
export class CurrentFindingsController {
  constructor(private readonly findings: CurrentFindings) {}

  @Summary(
    'Findings that are there now, over all scans, worst first',
    'Of every target, what each scanner said in the latest scan in which it completed. Imports are left out.',
  )
  @Get()
  @RequireScope('read')
  @ApiPage(CurrentFindingDto)
  @ApiErrors(503)
  list(@Query() query: CurrentFindingListQueryDto): Promise<Page<CurrentFindingBody>> {
    return this.findings.page(query);
  }
}
