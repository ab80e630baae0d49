import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ProjectBody, TargetBody } from '@securescan/contracts';
import { ApiPage, Summary } from '../../common/api-documentation';
import { type Page, PageQueryDto } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { TargetListQueryDto } from './dto/target-list.dto';
import { ProjectDto, TargetDto } from './dto/target.dto';
import { Targets } from './targets.service';

@ApiTags('current state')
@Controller('api/v1')
export class TargetsController {
  constructor(private readonly targets: Targets) {}

  @Summary(
    'What was scanned, with what is there now',
    'A tree by its place in its project, a URL, a host, or the server itself.',
  )
  @Get('targets')
  @RequireScope('read')
  @ApiPage(TargetDto)
  list(@Query() query: TargetListQueryDto): Promise<Page<TargetBody>> {
    return this.targets.page(query);
  }

  @Summary('Projects by name, with what is there now in all of their targets')
  @Get('projects')
  @RequireScope('read')
  @ApiPage(ProjectDto)
  projects(@Query() query: PageQueryDto): Promise<Page<ProjectBody>> {
    return this.targets.projects(query);
  }
}
