import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { ApiKeysRepository } from './api-keys.repository';

const WRITE_EVERY_MS = 60_000;

/** When each key was last used. Written together now and then: a write for each request would hold up the scans'. */
@Injectable()
export class KeyUse implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyUse.name);
  private readonly unwritten = new Map<string, string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  note(keyId: string): void {
    this.unwritten.set(keyId, this.clock.now().toISOString());
  }

  /** What is not written yet, `null` where everything is. */
  lastUseOf(keyId: string): string | null {
    return this.unwritten.get(keyId) ?? null;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.write();
  }

  private async write(): Promise<void> {
    if (this.unwritten.size === 0) return;
    const uses = [...this.unwritten];
    try {
      await this.units.run(async (tx) => {
        for (const [id, at] of uses) await this.keys.noteUse(tx, id, at);
      });
    } catch (error) {
      // Expected: a full disk. The next turn writes them; a key works without.
      this.logger.warn(`When keys were last used was not stored: ${String(error)}`);
      return;
    }
    for (const [id, at] of uses) {
      if (this.unwritten.get(id) === at) this.unwritten.delete(id);
    }
  }
}
