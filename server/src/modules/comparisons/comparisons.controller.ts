import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ComparedFindingBody, ComparisonBody } from '@securescan/contracts';
import { ApiErrors, ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { ComparisonsService } from './comparisons.service';
import { ComparedFindingsQueryDto, ComparisonQueryDto } from './dto/comparison-query.dto';
import { ComparedFindingDto, ComparisonDto } from './dto/comparison.dto';

@ApiTags('comparisons')
@Controller('api/v1/scans/compare')
export class ComparisonsController {
  constructor(private readonly comparisons: ComparisonsService) {}

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
}
