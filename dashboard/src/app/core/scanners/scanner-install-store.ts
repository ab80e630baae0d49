import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { installRoute } from '../api/routes';
import { parseInstall } from '../api/wire';
import { type Problem, toProblem } from '../errors/problem';
import { CLOCK } from '../../ui/time/ticker';

export type InstallState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly startedAt: number }
  | { readonly step: 'installed'; readonly message: string }
  /** `output` is what the installer printed, empty where it was not even started. */
  | { readonly step: 'failed'; readonly problem: Problem; readonly output: string };

const IDLE: InstallState = { step: 'idle' };

/** Lets the server install tools, one after the other, and keeps how each installation ended. */
@Injectable()
export class ScannerInstallStore {
  private readonly http = inject(HttpClient);
  private readonly clock = inject(CLOCK);

  private readonly states = signal<ReadonlyMap<string, InstallState>>(new Map());
  private readonly current = signal<string | null>(null);

  /** The scanner whose tool is being installed. */
  readonly running = this.current.asReadonly();

  stateOf(scanner: string): InstallState {
    return this.states().get(scanner) ?? IDLE;
  }

  /** Resolves once it has ended, whatever the end; to `false` where another installation is under way. */
  async install(scanner: string): Promise<boolean> {
    if (this.current() !== null) return false;
    this.current.set(scanner);
    this.keep(scanner, { step: 'running', startedAt: this.clock() });
    try {
      const answer = await firstValueFrom(this.http.post(installRoute(scanner), null));
      const { success, message, output } = parseInstall(answer);
      const problem = { message, code: null, requestId: null, status: 200, fields: [] };
      this.keep(
        scanner,
        success ? { step: 'installed', message } : { step: 'failed', problem, output },
      );
    } catch (error) {
      // Expected: the operator has not allowed it, or a proxy did not wait so long. The page shows the reason.
      this.keep(scanner, { step: 'failed', problem: toProblem(error), output: '' });
    } finally {
      this.current.set(null);
    }
    return true;
  }

  private keep(scanner: string, state: InstallState): void {
    this.states.update((states) => new Map(states).set(scanner, state));
  }
}
