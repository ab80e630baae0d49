import { Module } from '@nestjs/common';
import { AccessMode } from './access-mode.service';

@Module({ providers: [AccessMode], exports: [AccessMode] })
export class InstanceModule {}
