import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { OpenAgesBody, ResponseTimesBody } from '@securescan/contracts';
import { Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import { AgesService } from './ages.service';
import { AgesQueryDto, InsightDaysQueryDto, scopeOf } from './dto/insight-query.dto';
import { OpenAgesDto, ResponseTimesDto } from './dto/insight.dto';
import { ResponseTimesService } from './response-times.service';

@ApiTags('insight')
@Controller('api/v1/insight')
export class InsightController {
  constructor(
    private readonly ages: AgesService,
    private readonly times: ResponseTimesService,
  ) {}

  @Summary(
    'How long findings have been open',
    'By severity, with the oldest. What is suppressed or has been dismissed by a verdict is not open.',
  )
  @Get('ages')
  @RequireScope('read')
  @ApiOkResponse({ type: OpenAgesDto })
  openAges(@Query() query: AgesQueryDto): Promise<OpenAgesBody> {
    return this.ages.openAges(scopeOf(query), query.oldest);
  }

  @Summary(
    'How long it took to look at findings, and to fix them',
    'Of those that were first decided about, and of those that went, within the last days.',
  )
  @Get('response-times')
  @RequireScope('read')
  @ApiOkResponse({ type: ResponseTimesDto })
  responseTimes(@Query() query: InsightDaysQueryDto): Promise<ResponseTimesBody> {
    return this.times.over(scopeOf(query), query.days);
  }
}
