import { Module } from '@nestjs/common';
import { BillStore } from './bill-store.service';
import { BillsRepository } from './bills.repository';

/** What bills there are, for scans that write them. */
@Module({
  providers: [BillsRepository, BillStore],
  exports: [BillsRepository, BillStore],
})
export class BillsModule {}
