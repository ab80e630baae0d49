import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ScannerInstallBody, ScannerStatusListBody } from '@securescan/contracts';
import { ApiErrors, Summary } from '../../common/api-documentation';
import { RequireScope } from '../../common/scope.decorator';
import type { Actor } from '../auth/caller';
import { CurrentActor } from '../auth/current-actor.decorator';
import { ScannerInstallService } from './scanner-install.service';
import { ScannerInstallDto, ScannerNameDto, ScannerStatusListDto } from './scanner-status.dto';
import { ScannerStatusService } from './scanner-status.service';

@ApiTags('dashboard')
@Controller('api/v1/dashboard')
export class ScannersController {
  constructor(
    private readonly scanners: ScannerStatusService,
    private readonly installer: ScannerInstallService,
  ) {}

  @Summary('Which scanners this server can run, at most a minute old')
  @Get('status')
  @RequireScope('read')
  @ApiOkResponse({ type: ScannerStatusListDto })
  status(): Promise<ScannerStatusListBody> {
    return this.scanners.status();
  }

  @Summary(
    "Installs the pinned release of a scanner's tool into a directory of the server's own",
    'Needs SECURESCAN_ALLOW_INSTALL=1. Answers when it is done, after two minutes at most.',
  )
  @Post('install/:name')
  @HttpCode(200)
  @RequireScope('admin', { cost: 5 })
  @ApiOkResponse({ type: ScannerInstallDto })
  @ApiErrors(400, 404)
  install(
    @Param() { name }: ScannerNameDto,
    @CurrentActor() actor: Actor,
  ): Promise<ScannerInstallBody> {
    return this.installer.install(name, actor);
  }
}
