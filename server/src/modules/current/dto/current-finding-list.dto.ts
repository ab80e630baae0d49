import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { FindingListQueryDto } from '../../findings/dto/finding-list.dto';
import { CURRENT_SORTS, type CurrentSort } from '../lists/current-list';
import { ProjectFilter } from './project-filter';

export class CurrentFindingListQueryDto extends OmitType(FindingListQueryDto, [
  'sort',
  'fingerprint',
]) {
  @ProjectFilter()
  project?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'The id of a target.' })
  @IsOptional()
  @IsUUID()
  target?: string;

  @ApiPropertyOptional({
    enum: CURRENT_SORTS,
    default: 'severity',
    description:
      'severity: worst first, within one the newest scan first, then by scanner, rule and file. scan: newest scan first, within it as its own list. Each takes all filters.',
  })
  @IsOptional()
  @IsIn(CURRENT_SORTS)
  sort: CurrentSort = 'severity';
}
