import { Module } from '@nestjs/common';
import { DashboardStatsRepository } from './dashboard-stats.repository';
import { DashboardController } from './dashboard.controller';

@Module({ controllers: [DashboardController], providers: [DashboardStatsRepository] })
export class DashboardModule {}
