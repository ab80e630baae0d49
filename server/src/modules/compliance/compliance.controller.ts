import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type {
  ComplianceCoverageBody,
  ComplianceTrendBody,
  FrameworkDetailBody,
  FrameworkListBody,
} from '@securescan/contracts';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { ComplianceService } from './compliance.service';
import { CoverageQueryDto, FrameworkIdDto, TrendQueryDto } from './dto/compliance-query.dto';
import {
  ComplianceCoverageDto,
  ComplianceTrendDto,
  FrameworkDetailDto,
  FrameworkListDto,
} from './dto/compliance.dto';

@ApiTags('compliance')
@Controller('api/v1/compliance')
export class ComplianceController {
  constructor(private readonly compliance: ComplianceService) {}

  @Summary('The frameworks that findings are tagged by')
  @Get('frameworks')
  @RequireScope('read')
  @ApiOkResponse({ type: FrameworkListDto })
  frameworks(): FrameworkListBody {
    return this.compliance.list();
  }

  @Summary('A framework with its controls, and which scanners can speak to each')
  @Get('frameworks/:id')
  @RequireScope('read')
  @ApiOkResponse({ type: FrameworkDetailDto })
  @ApiErrors(404)
  framework(@Param() { id }: FrameworkIdDto): FrameworkDetailBody {
    return this.compliance.framework(id);
  }

  @Summary(
    'What is known of every control: violated, not observed or not tested',
    'Of one completed scan, or of a project by what every scanner said of each of its targets when it last completed.',
  )
  @Get('coverage')
  @RequireScope('read', { cost: 1 })
  @ApiOkResponse({ type: ComplianceCoverageDto })
  @ApiErrors(404, 409)
  coverage(@Query() query: CoverageQueryDto): Promise<ComplianceCoverageBody> {
    return this.compliance.coverage(query);
  }

  @Summary('How many controls of a framework were in which state at the end of each day')
  @Get('trend')
  @RequireScope('read', { cost: 1 })
  @ApiOkResponse({ type: ComplianceTrendDto })
  @ApiErrors(404)
  trend(@Query() query: TrendQueryDto): Promise<ComplianceTrendBody> {
    return this.compliance.trend(query);
  }
}
