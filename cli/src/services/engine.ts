import { Inject, Injectable } from '@nestjs/common';
import type { ScanType } from '@securescan/contracts';
import type { Finding, ScanPolicy } from '@securescan/core';
import { defaultJournalDirectory, sweepRunJournal } from '@securescan/host-node';
import { adviseFindings, ChatAdvisor, runScan } from '@securescan/scan-engine';
import type {
  AdviceCall,
  GitRepository,
  HostPorts,
  ScanOptions,
  ScanProgress,
  ScanResult,
  ScanTarget,
  SlotScheduler,
} from '@securescan/scan-engine';
import { HOST_PORTS } from '../host-ports.token';
import type { AdviceOrder } from '@securescan/host-node';

/** A scan to be run, all of whose words have a meaning. */
export interface ScanOrder {
  readonly target: ScanTarget | null;
  readonly scanTypes: readonly ScanType[];
  /** Runs only these; `null` for all of the types. */
  readonly scanners: readonly string[] | null;
  readonly options: ScanOptions;
  readonly policy: ScanPolicy;
  /** Left out, the root's own repository is asked. */
  readonly repository?: GitRepository;
  /** By a file's path, the one that it had before it was renamed. */
  readonly formerPaths?: ReadonlyMap<string, string>;
  readonly slots: SlotScheduler;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
}

export interface AdviceRequest {
  readonly order: AdviceOrder;
  readonly signal: AbortSignal;
  readonly onCall: (call: AdviceCall) => void;
}

/** Runs scans in this process. */
@Injectable()
export class Engine {
  constructor(@Inject(HOST_PORTS) private readonly ports: HostPorts) {}

  /** Clears away what an earlier run left behind when it was killed outright. To be called before the first scan. */
  async clearLeftovers(): Promise<void> {
    await sweepRunJournal(defaultJournalDirectory());
  }

  /** Rejects with ScanCancelledError when the signal is aborted. */
  scan({ slots, onProgress, ...order }: ScanOrder): Promise<ScanResult> {
    return runScan({ ...order, lane: slots.lane() }, this.ports, onProgress);
  }

  /** Asks a language model how to mend the worst findings; see `adviseFindings`. */
  advise(
    findings: readonly Finding[],
    { order: { chat, budget }, signal, onCall }: AdviceRequest,
  ): Promise<readonly Finding[]> {
    return adviseFindings(findings, new ChatAdvisor(chat, this.ports.http), {
      budget,
      signal,
      onCall,
      monotonicMs: () => this.ports.monotonicMs(),
    });
  }
}
