import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ScannerStatusListBody } from '@securescan/contracts';
import { RequireScope } from '../../common/scope.decorator';
import { ScannerStatusListDto } from './scanner-status.dto';
import { ScannerStatusService } from './scanner-status.service';

@ApiTags('dashboard')
@Controller('api/v1/dashboard')
export class ScannersController {
  constructor(private readonly scanners: ScannerStatusService) {}

  /** Which scanners this server can run, at most a minute old. */
  @Get('status')
  @RequireScope('read')
  @ApiOkResponse({ type: ScannerStatusListDto })
  status(): Promise<ScannerStatusListBody> {
    return this.scanners.status();
  }
}
