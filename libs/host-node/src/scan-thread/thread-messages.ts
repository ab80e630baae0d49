import type { ErrorCode } from '@securescan/contracts';
import type {
  ErrorKind,
  Finding,
  Framework,
  ImportedDocument,
  ImportOptions,
} from '@securescan/core';
import type {
  AdviceBudget,
  AdviceCall,
  ChatSettings,
  ProcessRequest,
  ScanProgress,
  ScanRequest,
  ScanResult,
} from '@securescan/scan-engine';
import type { BillPart } from '../bill/stored-bill';
import type { CollectedResult } from '../process-runner';

/** Whom a scan may ask for advice on its findings, and how much. */
export interface AdviceOrder {
  readonly chat: ChatSettings;
  readonly budget: AdviceBudget;
}

/** What a scan is about; all of it can be sent to a thread. What the project decided is read in the thread. */
export interface ScanOrder extends Pick<
  ScanRequest,
  'target' | 'scanTypes' | 'options' | 'scanners'
> {
  /** What the bill of materials says of its time (ADR 0030). */
  readonly billCreated: Date | null;
  /** The day of the scan in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Left out where nobody is asked for advice. */
  readonly advice?: AdviceOrder;
}

/** A document to be read. */
export interface ImportOrder extends ImportOptions {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** The operator's own. */
  readonly frameworks: readonly Framework[];
}

/** What a document says of itself, before its findings follow. */
export type ImportFacts = Pick<ImportedDocument, 'format' | 'project' | 'scanTypes' | 'tools'>;

/** How a scan ended; its findings have been handed over before. */
export type ScanConclusion = Omit<ScanResult, 'findings' | 'unread'>;

/** What a thread needs to find tools; everything else it borrows. */
export interface ThreadSettings {
  readonly toolsDirectory: string | null;
  readonly installedTools: string;
  /** Counted up by the thread as long as it answers. */
  readonly beat: Int32Array;
}

export type ProcessOrder = Omit<ProcessRequest, 'signal' | 'onStart'>;

/** What a thread may borrow; each loan has a number, which ends it. */
export type Wish =
  | { readonly kind: 'slot' }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'process'; readonly order: ProcessOrder };

export interface SentError {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly message: string;
}

export type ToThread =
  | { readonly kind: 'scan'; readonly order: ScanOrder }
  | { readonly kind: 'import'; readonly order: ImportOrder }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'lent'; readonly loan: number; readonly directory: string }
  | { readonly kind: 'exited'; readonly loan: number; readonly result: CollectedResult }
  | { readonly kind: 'closed'; readonly loan: number }
  | { readonly kind: 'refused'; readonly loan: number; readonly reason: string }
  | { readonly kind: 'taken' };

export type FromThread =
  | { readonly kind: 'borrow'; readonly loan: number; readonly wish: Wish }
  | { readonly kind: 'give-back'; readonly loan: number }
  | { readonly kind: 'progress'; readonly progress: ScanProgress }
  | { readonly kind: 'advice'; readonly call: AdviceCall }
  | { readonly kind: 'document'; readonly facts: ImportFacts }
  | { readonly kind: 'bill'; readonly parts: readonly BillPart[] }
  | { readonly kind: 'no-bill'; readonly reason: string }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'concluded'; readonly conclusion: ScanConclusion }
  | { readonly kind: 'failed'; readonly error: SentError };
