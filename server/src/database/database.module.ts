import { Global, Module } from '@nestjs/common';
import { ReadDatabase } from './database';

@Global()
@Module({ providers: [ReadDatabase], exports: [ReadDatabase] })
export class DatabaseModule {}
