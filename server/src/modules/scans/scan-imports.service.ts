import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ScanBody } from '@securescan/contracts';
import { SecureScanError } from '@securescan/core';
import { type ImportFacts, normaliseOrigin, type ScanConclusion } from '@securescan/host-node';
import type { Subscription } from 'rxjs';
import type { Fields } from '../../common/fields';
import { ValidationFailedError } from '../../common/http.errors';
import { Clock } from '../../ports/clock.port';
import { ControlChannel } from '../../ports/control-channel.port';
import type { Actor } from '../auth/caller';
import { FindingsService } from '../findings/findings.service';
import { ScanEngine } from '../scanners/scan-engine.service';
import { newImport } from './new-scan';
import type { ScanEntity } from './scan.entity';
import { ScanRecorder } from './scan-recorder';
import { ImportEndedError, ImportsBusyError } from './scans.errors';
import { ScansService } from './scans.service';

/** At work or waiting for it, each with its whole document in memory. */
const MAX_IMPORTS = 4;

export interface ImportWishes {
  readonly actor: Actor;
  /** `null`: as the document says. */
  readonly project: string | null;
  readonly sourceRoot: string | null;
}

interface RunningImport {
  readonly controller: AbortController;
  /** `null` until the document has turned out to be one. */
  scan: Fields<ScanEntity> | null;
}

/** Stores what came in documents, one after the other, by the same steps as what our own scanners find. */
@Injectable()
export class ScanImports implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ScanImports.name);
  private readonly running = new Set<RunningImport>();
  private cancellations: Subscription | null = null;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: ScanEngine,
    private readonly recorder: ScanRecorder,
    private readonly findings: FindingsService,
    private readonly scans: ScansService,
    private readonly control: ControlChannel,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.cancellations = this.control.messages('scan.cancel').subscribe(({ scanId }) => {
      for (const { controller, scan } of this.running) {
        if (scan?.id === scanId) controller.abort();
      }
    });
  }

  /** Whoever waits is told; what has been stored of the scan goes with the next start at the latest. */
  async onModuleDestroy(): Promise<void> {
    this.cancellations?.unsubscribe();
    for (const { controller } of this.running) controller.abort();
    await this.tail;
  }

  /**
   * Resolves with the completed scan. Rejects with UserError IMPORT_INVALID, ValidationFailedError, ImportsBusyError, and
   * ImportEndedError where somebody cancelled it; nothing of a document that was refused is stored.
   */
  import(bytes: Uint8Array, wishes: ImportWishes): Promise<ScanBody> {
    if (this.running.size >= MAX_IMPORTS) return Promise.reject(new ImportsBusyError());
    const one: RunningImport = { controller: new AbortController(), scan: null };
    this.running.add(one);
    const result = this.tail
      .then(() => this.run(one, bytes, wishes))
      .finally(() => this.running.delete(one));
    // The next one goes on whatever became of this one; its caller is the one who hears of it.
    this.tail = result.catch(() => undefined);
    return result;
  }

  private async run(
    one: RunningImport,
    bytes: Uint8Array,
    wishes: ImportWishes,
  ): Promise<ScanBody> {
    try {
      const scan = await this.store(one, bytes, wishes);
      return await this.scans.get(scan.id);
    } catch (error) {
      // Expected: a document that is none, a full disk, somebody who cancels. What was begun ends, and the caller is told.
      if (one.scan !== null) await this.end(one.scan.id, error, one.controller.signal);
      throw one.controller.signal.aborted ? new ImportEndedError() : error;
    }
  }

  private async store(
    one: RunningImport,
    bytes: Uint8Array,
    { actor, project, sourceRoot }: ImportWishes,
  ): Promise<Fields<ScanEntity>> {
    const { signal } = one.controller;
    const startedMs = this.clock.monotonicMs();
    let stored = 0;
    const conclusion = await this.engine.readDocument(
      { bytes, sourceRoot },
      {
        signal,
        onDocument: async (facts) => {
          const scan = newImport(facts, projectOf(facts, project), this.clock.now());
          one.scan = scan;
          await this.recorder.beginImport(scan, actor);
        },
        onFindings: async (findings) => {
          if (one.scan === null) return;
          await this.findings.append(one.scan.id, findings, { after: stored, signal });
          stored += findings.length;
        },
      },
    );
    return this.complete(one.scan, conclusion, startedMs);
  }

  private async complete(
    scan: Fields<ScanEntity> | null,
    conclusion: ScanConclusion,
    startedMs: number,
  ): Promise<Fields<ScanEntity>> {
    const result = { ...conclusion, targetInProject: null };
    if (scan === null || !(await this.recorder.complete(scan, result, startedMs))) {
      throw new ImportEndedError();
    }
    return scan;
  }

  private async end(scanId: string, error: unknown, signal: AbortSignal): Promise<void> {
    // Who cancelled it, or stops the server, has written the status already.
    if (!signal.aborted) {
      const isForeseen = error instanceof SecureScanError && error.kind !== 'defect';
      if (!isForeseen) this.logger.error({ err: error, scan_id: scanId }, 'An import failed.');
      await this.recorder.fail(scanId, isForeseen ? error.message : 'An internal error ended it.');
    }
    await this.findings.removeAll(scanId);
  }
}

/** As the caller says, else the repository or the project that the document names. */
function projectOf(facts: ImportFacts, asked: string | null): string {
  const told = facts.project === null ? null : (normaliseOrigin(facts.project) ?? facts.project);
  const project = asked ?? told?.replace(/\p{Cc}+/gu, ' ').trim() ?? '';
  if (project !== '') return project;
  const message = 'must name the project, for the document names none';
  throw new ValidationFailedError([{ loc: 'project', message }]);
}
