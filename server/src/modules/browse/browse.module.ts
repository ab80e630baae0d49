import { Module } from '@nestjs/common';
import { ScansModule } from '../scans/scans.module';
import { BrowseController } from './browse.controller';
import { BrowseService } from './browse.service';

@Module({ imports: [ScansModule], controllers: [BrowseController], providers: [BrowseService] })
export class BrowseModule {}
