import { Module } from '@nestjs/common';
import { InsightModule } from '../insight/insight.module';
import { DashboardStatsRepository } from './dashboard-stats.repository';
import { DashboardStats } from './dashboard-stats.service';
import { DashboardController } from './dashboard.controller';
import { TrendsRepository } from './trends.repository';
import { TrendsService } from './trends.service';

/** The numbers of the first page. */
@Module({
  imports: [InsightModule],
  controllers: [DashboardController],
  providers: [DashboardStatsRepository, DashboardStats, TrendsRepository, TrendsService],
})
export class DashboardModule {}
