import {
  VERDICT_CHANGE_CAUSES,
  VERDICT_REASONS,
  VERDICTS,
  type Verdict,
  type VerdictChangeBody,
  type VerdictChangeCause,
  type VerdictReason,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

export class VerdictChangeDto implements VerdictChangeBody {
  @ApiProperty({ type: 'integer', minimum: 1 }) seq!: number;
  @ApiProperty({ type: 'string' }) fingerprint!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Where it holds; null: everywhere.' })
  project!: string | null;
  @ApiProperty({ enum: VERDICT_CHANGE_CAUSES }) cause!: VerdictChangeCause;
  @ApiProperty({ enum: VERDICTS, nullable: true, description: 'null where there was none.' })
  from_status!: Verdict | null;
  @ApiProperty({ enum: VERDICTS, nullable: true, description: 'null where none is left.' })
  to_status!: Verdict | null;
  @ApiProperty(OPTIONAL_TEXT) note!: string | null;
  @ApiProperty({ enum: VERDICT_REASONS, nullable: true }) reason!: VerdictReason | null;
  @ApiProperty(OPTIONAL_TEXT) assignee!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) until!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time' }) changed_at!: string;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'The name at that time.' })
  changed_by!: string | null;
  @ApiProperty({ ...HASH, description: 'Of the change before, of whichever finding.' })
  previous_hash!: string;
  @ApiProperty({ ...HASH, description: 'SHA-256 over all the rest of the row.' }) hash!: string;
}
