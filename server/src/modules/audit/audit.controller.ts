import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AuditEntryBody } from '@securescan/contracts';
import { ApiPage, Summary } from '../../common/api-documentation';
import type { Page } from '../../common/pagination';
import { RequireScope } from '../../common/scope.decorator';
import { AuditEntryDto, AuditListQueryDto } from './audit.dto';
import { AuditService } from './audit.service';

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly entries: AuditService) {}

  @Summary('Who did what, on what, when and in which request; newest first')
  @Get()
  @RequireScope('admin')
  @ApiPage(AuditEntryDto)
  list(@Query() query: AuditListQueryDto): Promise<Page<AuditEntryBody>> {
    return this.entries.page(query);
  }
}
