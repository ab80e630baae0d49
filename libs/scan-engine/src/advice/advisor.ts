/** What a language model is asked: what it is to do, and the facts, which nobody vouches for. */
export interface AdviceQuestion {
  readonly instructions: string;
  /** JSON. */
  readonly facts: string;
}

export interface AskLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Somebody who says how a defect may be mended (D42). */
export interface Advisor {
  readonly model: string;
  /** Where it answers, as scheme, host and port. */
  readonly origin: string;
  /** The text of an answer, as it came. Rejects with OperationalError SERVICE_UNAVAILABLE. */
  ask(question: AdviceQuestion, limits: AskLimits): Promise<string>;
}

/** What one scan may ask for at most. */
export interface AdviceBudget {
  readonly calls: number;
  readonly totalMs: number;
}

/** What a scan may ask for where nobody says otherwise, and the calls that anybody may allow it. */
export const ADVICE_BUDGET: AdviceBudget = { calls: 20, totalMs: 120_000 };
export const MOST_ADVICE_CALLS = 500;

/** One call, as it is written down: what it was about and what became of it, and nothing of what was said. */
export interface AdviceCall {
  readonly model: string;
  readonly origin: string;
  /** Of the first finding that it was about. */
  readonly fingerprint: string;
  readonly ruleId: string;
  /** Findings that asked the same. */
  readonly findings: number;
  /** Of UTF-8, question and instructions. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly durationMs: number;
  readonly status: 'answered' | 'failed';
  /** Why it failed; `null` where it did not. */
  readonly reason: string | null;
}
