import { parentPort, workerData } from 'node:worker_threads';
import { assertNever, SecureScanError, type Finding } from '@securescan/core';
import {
  adviseFindings,
  ChatAdvisor,
  runScan,
  type EngineOptions,
  type HostPorts,
  type ScanRequest,
} from '@securescan/scan-engine';
import type { BillPart } from '../bill/stored-bill';
import { enginePorts } from '../engine-ports';
import { loadProjectRules } from '../project-config/load-project-rules';
import { openToolLocator } from '../tool-locator';
import { Borrower } from './borrower';
import { BillOfScan } from './bill-of-scan';
import { openImport } from './open-import';
import type {
  AdviceOrder,
  FromThread,
  ImportOrder,
  ScanOrder,
  SentError,
  ThreadSettings,
  ToThread,
} from './thread-messages';

const BEAT_MS = 500;
const FINDINGS_AT_ONCE = 500;
/** Some hundred kilobytes. */
const BILL_PARTS_AT_ONCE = 16;

/** Turns the thread that calls it into one that runs scans, one after the other, until it is ended. */
export function serveScans(options: EngineOptions = {}): void {
  const { beat, ...settings } = workerData as ThreadSettings;
  setInterval(() => Atomics.add(beat, 0, 1), BEAT_MS);
  const thread = new ScanThread(settings, options);
  parentPort?.on('message', (message: ToThread) => thread.receive(message));
}

class ScanThread {
  private readonly borrower = new Borrower(send);
  private readonly ports: HostPorts;
  private cancellation = new AbortController();
  private onTaken: () => void = () => undefined;

  constructor(
    settings: Omit<ThreadSettings, 'beat'>,
    private readonly options: EngineOptions,
  ) {
    const { processes, workspaces } = this.borrower;
    this.ports = enginePorts({ processes, workspaces, tools: openToolLocator(settings) });
  }

  receive(message: ToThread): void {
    switch (message.kind) {
      case 'scan':
        void this.scan(message.order);
        return;
      case 'import':
        void this.import(message.order);
        return;
      case 'cancel':
        this.cancellation.abort();
        this.onTaken();
        return;
      case 'taken':
        this.onTaken();
        return;
      case 'lent':
      case 'exited':
      case 'closed':
      case 'refused':
        this.borrower.receive(message);
        return;
      default:
        assertNever(message);
    }
  }

  private scan(order: ScanOrder): Promise<void> {
    return this.work(async (signal) => {
      const { project, ...rules } = await withProjectRules(order);
      const request = { ...rules, lane: this.borrower.lane, signal };
      // Beside the scanners, most of which wait for programs.
      const bill = new BillOfScan(order, this.ports, {
        project,
        signal,
        onMissing: (reason) => send({ kind: 'no-bill', reason }),
      });
      const {
        findings,
        unread: _unread,
        ...conclusion
      } = await runScan(
        request,
        this.ports,
        (progress) => send({ kind: 'progress', progress }),
        this.options,
      );
      if (conclusion.isConclusive) {
        await this.handOver(await this.advised(findings, order.advice, signal), signal);
        await this.handOverBill(await bill.parts(), signal);
      }
      send({ kind: 'concluded', conclusion });
    });
  }

  private async advised(
    findings: readonly Finding[],
    order: AdviceOrder | undefined,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> {
    if (order === undefined) return findings;
    const { http } = this.ports;
    return adviseFindings(findings, new ChatAdvisor(order.chat, http), {
      budget: order.budget,
      signal,
      onCall: (call) => send({ kind: 'advice', call }),
      monotonicMs: () => this.ports.monotonicMs(),
    });
  }

  private import(order: ImportOrder): Promise<void> {
    return this.work(async (signal) => {
      const { facts, findings, conclusion } = openImport(order);
      signal.throwIfAborted();
      await this.taken({ kind: 'document', facts });
      await this.handOver(findings, signal);
      send({ kind: 'concluded', conclusion });
    });
  }

  private async work(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancellation = new AbortController();
    try {
      await job(this.cancellation.signal);
    } catch (error) {
      // Expected: the scan was cancelled, its target is gone, a document is no report. Whoever asked for it is told.
      send({ kind: 'failed', error: toSend(error) });
    }
  }

  /** Batch by batch, so that nobody holds two copies of all. */
  private async handOver(findings: readonly Finding[], signal: AbortSignal): Promise<void> {
    for (let start = 0; start < findings.length; start += FINDINGS_AT_ONCE) {
      signal.throwIfAborted();
      await this.taken({
        kind: 'findings',
        findings: findings.slice(start, start + FINDINGS_AT_ONCE),
      });
    }
  }

  private async handOverBill(parts: readonly BillPart[], signal: AbortSignal): Promise<void> {
    for (let start = 0; start < parts.length; start += BILL_PARTS_AT_ONCE) {
      signal.throwIfAborted();
      await this.taken({ kind: 'bill', parts: parts.slice(start, start + BILL_PARTS_AT_ONCE) });
    }
  }

  /** Sends and resolves when it has been taken, or will not be. */
  private async taken(message: FromThread): Promise<void> {
    const answer = new Promise<void>((resolve) => {
      this.onTaken = resolve;
    });
    send(message);
    await answer;
  }
}

/** Rules for semgrep that the order names come before those of the project. */
async function withProjectRules({
  today,
  billCreated: _created,
  ...order
}: ScanOrder): Promise<Omit<ScanRequest, 'lane' | 'signal'> & { readonly project: string | null }> {
  const { project, policy, licenses, semgrepRules } = await loadProjectRules(order.target, today);
  const named = order.options.semgrepRules;
  const options = {
    ...order.options,
    licenses,
    semgrepRules: named.length === 0 ? semgrepRules : named,
  };
  return { ...order, options, policy, project };
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}

function toSend(error: unknown): SentError {
  if (error instanceof SecureScanError) {
    const { kind, code, message } = error;
    return { kind, code, message };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'defect', code: 'INVARIANT_BROKEN', message: text };
}
