import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Summary } from '../../common/api-documentation';
import type { Fields } from '../../common/fields';
import { RequireScope } from '../../common/scope.decorator';
import { DashboardStatsRepository } from './dashboard-stats.repository';

export class DashboardStatsDto {
  @ApiProperty({ type: 'integer' }) total_scans!: number;
  @ApiProperty({ type: 'integer' }) completed_scans!: number;
  @ApiProperty({ type: 'integer', description: 'In the latest completed scan of each project.' })
  total_findings!: number;
  @ApiProperty({ type: 'number', description: 'Over the latest completed scan of each project.' })
  average_risk_score!: number;
}

@ApiTags('dashboard')
@Controller('api/v1/dashboard')
export class DashboardController {
  constructor(private readonly stats: DashboardStatsRepository) {}

  @Summary('How things stand, over all projects')
  @Get('stats')
  @RequireScope('read')
  @ApiOkResponse({ type: DashboardStatsDto })
  async overview(): Promise<Fields<DashboardStatsDto>> {
    const stats = await this.stats.stats();
    return {
      total_scans: stats.totalScans,
      completed_scans: stats.completedScans,
      total_findings: stats.totalFindings,
      average_risk_score: Math.round((stats.averageRiskScore ?? 0) * 100) / 100,
    };
  }
}
