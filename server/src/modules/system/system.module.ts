import { Module } from '@nestjs/common';
import { EdgeModule } from '../../common/edge.module';
import { ScannersModule } from '../scanners/scanners.module';
import { ReadinessService } from './readiness.service';
import { SystemController } from './system.controller';

@Module({
  imports: [EdgeModule, ScannersModule],
  controllers: [SystemController],
  providers: [ReadinessService],
})
export class SystemModule {}
