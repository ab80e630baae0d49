import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { DashboardStatsBody, TrendsBody } from '@securescan/contracts';
import { Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { InsightDaysQueryDto, scopeOf } from '../insight/dto/insight-query.dto';
import { DashboardStats } from './dashboard-stats.service';
import { DashboardStatsDto, TrendsDto } from './dto/dashboard.dto';
import { TrendsService } from './trends.service';

@ApiTags('dashboard')
@Controller('api/v1/dashboard')
export class DashboardController {
  constructor(
    private readonly stats: DashboardStats,
    private readonly history: TrendsService,
  ) {}

  @Summary('How things stand, over all projects')
  @Get('stats')
  @RequireScope('read')
  @ApiOkResponse({ type: DashboardStatsDto })
  overview(): Promise<DashboardStatsBody> {
    return this.stats.now();
  }

  @Summary(
    'How things stood at the end of each day',
    'For each target, what the latest word of each scanner said by then. Days without scans carry on.',
  )
  @Get('trends')
  @RequireScope('read')
  @ApiOkResponse({ type: TrendsDto })
  trends(@Query() query: InsightDaysQueryDto): Promise<TrendsBody> {
    return this.history.over(scopeOf(query), query.days);
  }
}
