import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQueryDto } from '../../../common/pagination';
import { TARGET_SORTS, type TargetSort } from '../targets.repository';
import { ProjectFilter } from './project-filter';

export class TargetListQueryDto extends PageQueryDto {
  @ProjectFilter()
  project?: string;

  @ApiPropertyOptional({
    enum: TARGET_SORTS,
    default: 'place',
    description:
      'place: by project, kind and place. risk: greatest score first. latest: the one that was asked for last first.',
  })
  @IsOptional()
  @IsIn(TARGET_SORTS)
  sort: TargetSort = 'place';
}
