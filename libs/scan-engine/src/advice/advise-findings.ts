import { isActive, redactSecrets, sortedObject, type Finding } from '@securescan/core';
import type { AdviceBudget, AdviceCall, Advisor } from './advisor';
import { describeFailure, oneLine } from '../one-line';
import { questionOf, topicOf } from './question-of';

const MAX_ADVICE_CHARACTERS = 2_000;
const CALL_MS = 30_000;
const AT_ONCE = 2;
/** Who did not answer so often in a row will not. */
const FAILURES_IN_A_ROW = 3;

/** What advice is worth the money: the rest waits until somebody asks. */
const SEVERITIES_ASKED = ['critical', 'high'];

export interface AdviceUse {
  readonly budget: AdviceBudget;
  readonly signal: AbortSignal;
  /** Told of each call when it has ended. */
  readonly onCall: (call: AdviceCall) => void;
  readonly monotonicMs: () => number;
}

/** Findings about which the same would be asked. */
interface Topic {
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/**
 * Asks for advice on the active findings of severity critical and high, in their order, as far as the budget goes; what would
 * be asked twice is asked once. What is got stands in
 * `metadata.ai_remediation`; a call that fails leaves its findings as they are. Neither identity nor count of a finding depends on it. Rejects with the signal's reason.
 */
export async function adviseFindings(
  findings: readonly Finding[],
  advisor: Advisor,
  use: AdviceUse,
): Promise<readonly Finding[]> {
  const topics = topicsOf(findings);
  const asking = new Asking(advisor, use);
  const queue = topics.values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => asking.workOff(queue)));
  const { texts } = asking;
  return findings.map((finding) => withAdvice(finding, texts, advisor.model));
}

function topicsOf(findings: readonly Finding[]): readonly Topic[] {
  const topics = new Map<string, { first: Finding; findings: Finding[] }>();
  for (const finding of findings) {
    if (!isActive(finding) || !SEVERITIES_ASKED.includes(finding.severity)) continue;
    const topic = topicOf(finding);
    const known = topics.get(topic);
    if (known === undefined) topics.set(topic, { first: finding, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...topics.values()];
}

class Asking {
  /** By a finding's id. */
  readonly texts = new Map<string, string>();
  private readonly startedAt: number;
  private calls = 0;
  private failures = 0;

  constructor(
    private readonly advisor: Advisor,
    private readonly use: AdviceUse,
  ) {
    this.startedAt = use.monotonicMs();
  }

  async workOff(queue: IterableIterator<Topic>): Promise<void> {
    for (const topic of queue) {
      this.use.signal.throwIfAborted();
      const timeoutMs = Math.min(CALL_MS, this.msLeft());
      if (timeoutMs <= 0 || !this.mayCall()) return;
      this.calls += 1;
      await this.ask(topic, timeoutMs);
    }
  }

  private mayCall(): boolean {
    return this.calls < this.use.budget.calls && this.failures < FAILURES_IN_A_ROW;
  }

  private msLeft(): number {
    return this.startedAt + this.use.budget.totalMs - this.use.monotonicMs();
  }

  private async ask({ first, findings }: Topic, timeoutMs: number): Promise<void> {
    const { advisor, use } = this;
    const question = questionOf(first);
    const startedAt = use.monotonicMs();
    const tell = (facts: Pick<AdviceCall, 'status' | 'reason' | 'receivedBytes'>): void =>
      use.onCall({
        model: advisor.model,
        origin: advisor.origin,
        fingerprint: first.fingerprint,
        ruleId: first.ruleId,
        findings: findings.length,
        sentBytes: bytesOf(question.instructions) + bytesOf(question.facts),
        durationMs: Math.round(use.monotonicMs() - startedAt),
        ...facts,
      });
    try {
      const answer = await advisor.ask(question, { timeoutMs, signal: use.signal });
      const text = shownAdvice(answer);
      this.failures = 0;
      for (const { id } of findings) if (text !== '') this.texts.set(id, text);
      const reason = text === '' ? 'the answer was empty' : null;
      const status = reason === null ? 'answered' : 'failed';
      tell({ status, reason, receivedBytes: bytesOf(answer) });
    } catch (error) {
      // Expected: nobody there, a refusal, nonsense. Advice is an extra: the scan stands without it.
      this.failures += 1;
      const reason = use.signal.aborted ? 'the scan was cancelled' : describeFailure(error);
      tell({ status: 'failed', reason: oneLine(reason), receivedBytes: 0 });
      use.signal.throwIfAborted();
    }
  }
}

/** What a model says is as untrusted as what it was told: no control characters, no secrets, no end of text. */
function shownAdvice(answer: string): string {
  const plain = answer.replace(/\r\n?/gu, '\n').replace(/[^\P{C}\n\t]/gu, '');
  return redactSecrets(plain).trim().slice(0, MAX_ADVICE_CHARACTERS).toWellFormed().trimEnd();
}

function withAdvice(finding: Finding, texts: ReadonlyMap<string, string>, model: string): Finding {
  const text = texts.get(finding.id);
  if (text === undefined) return finding;
  const advice = { model, source: 'language_model', text };
  return { ...finding, metadata: sortedObject({ ...finding.metadata, ai_remediation: advice }) };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
