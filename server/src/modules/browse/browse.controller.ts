import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { type BrowseBody, BrowseDto, BrowseQueryDto } from './browse.dto';
import { BrowseService } from './browse.service';

@ApiTags('dashboard')
@Controller('api/v1/browse')
export class BrowseController {
  constructor(private readonly directories: BrowseService) {}

  @Summary('Directories to choose a target from, inside the allowed roots')
  @Get()
  @RequireScope('read')
  @ApiOkResponse({ type: BrowseDto })
  @ApiErrors(400)
  browse(@Query() { path }: BrowseQueryDto): Promise<BrowseBody> {
    return this.directories.browse(path);
  }
}
