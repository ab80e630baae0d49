import { Module } from '@nestjs/common';
import { Frameworks } from './frameworks.service';

@Module({ providers: [Frameworks], exports: [Frameworks] })
export class FrameworksModule {}
