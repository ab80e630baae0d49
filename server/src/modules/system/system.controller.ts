import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OperationalError } from '@securescan/core';
import { productVersion } from '@securescan/host-node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { DashboardPage } from '../../common/dashboard-page';
import type { Fields } from '../../common/fields';
import { RequireScope } from '../../common/scope.decorator';
import { ReadinessService } from './readiness.service';
import { BannerDto, HealthDto, type ReadyBody, ReadyDto } from './system.dto';

@ApiTags('system')
@Controller()
export class SystemController {
  private readonly version = productVersion();

  constructor(
    private readonly page: DashboardPage,
    private readonly readiness: ReadinessService,
  ) {}

  @Summary('The dashboard for browsers, a banner for programs')
  @Get()
  @RequireScope('public')
  @ApiOkResponse({ type: BannerDto })
  async root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.header('Vary', 'Accept');
    if (this.page.isAskedFor(request)) {
      await this.page.send(reply);
      return;
    }
    const banner: Fields<BannerDto> = {
      name: 'SecureScan API',
      status: 'ok',
      docs: '/docs',
      health: '/health',
      version: this.version,
    };
    await reply.send(banner);
  }

  @Summary('Answers as long as the process does')
  @Get('health')
  @RequireScope('public')
  @ApiOkResponse({ type: HealthDto })
  health(): Fields<HealthDto> {
    return { status: 'ok' };
  }

  @Summary('Answers 200 while requests can be served')
  @Get('ready')
  @RequireScope('public')
  @ApiOkResponse({ type: ReadyDto })
  @ApiErrors(503)
  async ready(): Promise<ReadyBody> {
    const { isReady, scannerCount } = await this.readiness.check();
    if (!isReady) {
      throw new OperationalError('SERVICE_UNAVAILABLE', 'Not ready: the database does not answer.');
    }
    return {
      status: 'ready',
      checks: { db: { status: 'ok' }, scanners: { status: 'ok', count: scannerCount } },
    };
  }
}
