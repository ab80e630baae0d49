import type { UnmatchedStatementBody, VexReceiptBody } from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { ProposalSourceDto } from './proposal.dto';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class UnmatchedStatementDto implements UnmatchedStatementBody {
  @ApiProperty({ type: 'string', description: 'Where it stands in the document.' }) place!: string;
  @ApiProperty({ type: 'string' }) vulnerability!: string;
  @ApiProperty({ type: 'string', isArray: true, description: 'The first that it names.' })
  packages!: string[];
}

export class VexReceiptDto implements VexReceiptBody {
  @ApiProperty({ type: ProposalSourceDto }) source!: ProposalSourceDto;
  @ApiProperty(COUNT) statements!: number;
  @ApiProperty({ ...COUNT, description: 'Those that say something about a finding.' })
  matched!: number;
  @ApiProperty({ ...COUNT, description: 'Those that have nothing to say yet.' }) undecided!: number;
  @ApiProperty({ ...COUNT, description: 'Those that no finding was found for.' })
  unmatched!: number;
  @ApiProperty({ type: UnmatchedStatementDto, isArray: true, description: 'The first of those.' })
  unmatched_statements!: UnmatchedStatementDto[];
  @ApiProperty({ ...COUNT, description: 'Proposals that were not there before.' })
  created!: number;
  @ApiProperty({ ...COUNT, description: 'Those that were there, whatever was decided.' })
  known!: number;
  @ApiProperty({ ...COUNT, description: 'Open ones that the document no longer makes.' })
  superseded!: number;
  @ApiProperty(COUNT) scans_considered!: number;
  @ApiProperty({
    type: 'boolean',
    description: 'false where there were more scans or findings than are looked through.',
  })
  is_complete!: boolean;
}
