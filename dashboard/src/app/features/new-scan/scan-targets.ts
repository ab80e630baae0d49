import { type Signal, computed, signal } from '@angular/core';
import { type ScanRequestBody, type ScanType, TREE_SCAN_TYPES } from '@securescan/contracts';
import { checkHost, checkPath, checkUrl } from './target-check';

const TARGET_KEYS = ['target_path', 'target_url', 'target_host'] as const;
export type TargetKey = (typeof TARGET_KEYS)[number];

const CHECKS: Readonly<Record<TargetKey, (text: string) => string | null>> = {
  target_path: checkPath,
  target_url: checkUrl,
  target_host: checkHost,
};

interface Typed {
  readonly text: string;
  /** Whether the person has finished with the field. */
  readonly isFinished: boolean;
}

const UNTOUCHED: Typed = { text: '', isFinished: false };

/** The places that a scan is to look at, as they are typed in. Which of them are asked for follows from what is to run. */
export class ScanTargets {
  private readonly typed = signal<Readonly<Record<TargetKey, Typed>>>({
    target_path: UNTOUCHED,
    target_url: UNTOUCHED,
    target_host: UNTOUCHED,
  });

  /** The places without which the scan cannot run: these are shown, these are sent, and no others. */
  readonly asked = computed<readonly TargetKey[]>(() =>
    TARGET_KEYS.filter((key) => this.isAsked(key)),
  );
  /** True once each place that is asked for looks as it should. */
  readonly isComplete = computed(() =>
    this.asked().every((key) => CHECKS[key](this.textOf(key)) === null),
  );

  /**
   * @param types the kinds of scan that are to run
   * @param isHostJudged whether the server's own machine is judged in place of a directory
   */
  constructor(
    private readonly types: Signal<readonly ScanType[]>,
    private readonly isHostJudged: () => boolean,
  ) {}

  textOf(key: TargetKey): string {
    return this.typed()[key].text;
  }

  /** What is wrong with a place, once the person has finished with it. */
  faultOf(key: TargetKey): string | null {
    const { text, isFinished } = this.typed()[key];
    return isFinished ? CHECKS[key](text) : null;
  }

  type(key: TargetKey, text: string): void {
    this.typed.update((typed) => ({ ...typed, [key]: { ...typed[key], text } }));
  }

  finish(...keys: readonly TargetKey[]): void {
    this.typed.update((typed) => {
      const next = { ...typed };
      for (const key of keys) next[key] = { ...typed[key], isFinished: true };
      return next;
    });
  }

  request(): Pick<ScanRequestBody, TargetKey> {
    return Object.fromEntries(this.asked().map((key) => [key, this.textOf(key).trim()]));
  }

  private isAsked(key: TargetKey): boolean {
    const types = this.types();
    if (key === 'target_url') return types.includes('dast');
    if (key === 'target_host') return types.includes('network');
    return (
      types.some((type) => TREE_SCAN_TYPES.includes(type)) ||
      (types.includes('baseline') && !this.isHostJudged())
    );
  }
}
