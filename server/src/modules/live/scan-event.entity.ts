import type { ScanEventName, ScanEventPayloads } from '@securescan/contracts';
import { Entity, ForeignKey } from 'typeorm';
import {
  JsonColumn,
  KeyColumn,
  SequenceKeyColumn,
  TextColumn,
  TimestampColumn,
} from '../../database/columns';
import { ScanEntity } from '../scans/scan.entity';

/** One event of a scan's stream. `seq` counts from 1 without gaps within the scan and is what a client resumes from. */
@Entity('scan_events')
export class ScanEventEntity {
  @ForeignKey(() => ScanEntity, { name: 'fk_scan_events_scan', onDelete: 'CASCADE' })
  @KeyColumn('scan_id')
  scanId!: string;

  @SequenceKeyColumn('seq')
  seq!: number;

  @TextColumn('event')
  event!: ScanEventName;

  @JsonColumn('payload_json')
  payload!: ScanEventPayloads[ScanEventName];

  @TimestampColumn('ts')
  ts!: string;
}
