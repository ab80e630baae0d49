import { Injectable, Logger } from '@nestjs/common';
import { SCAN_TYPES } from '@securescan/contracts';
import { ReadDatabase } from '../../database/database';
import { ScanEngine } from '../scanners/scan-engine.service';

export interface Readiness {
  readonly isReady: boolean;
  readonly scannerCount: number;
}

@Injectable()
export class ReadinessService {
  private readonly logger = new Logger(ReadinessService.name);

  constructor(
    private readonly database: ReadDatabase,
    private readonly engine: ScanEngine,
  ) {}

  async check(): Promise<Readiness> {
    return {
      isReady: await this.askDatabase(),
      scannerCount: this.engine.scannersOf(SCAN_TYPES).length,
    };
  }

  private async askDatabase(): Promise<boolean> {
    try {
      await this.database.manager.query('SELECT 1');
      return true;
    } catch (error) {
      // Expected: the file was moved or its disk has gone. Callers learn that it is so, the log learns why.
      this.logger.warn(`The database does not answer: ${String(error)}`);
      return false;
    }
  }
}
