import { type WritableSignal, computed, linkedSignal } from '@angular/core';
import type { ScanRequestBody } from '@securescan/contracts';

const OPTION_KEYS = ['active', 'history', 'baseline_host_probes'] as const;
export type OptionKey = (typeof OPTION_KEYS)[number];

/** The scanner that an option is about: without it there is nothing to choose. */
const SCANNERS: Readonly<Record<OptionKey, string>> = {
  active: 'zap',
  history: 'secrets',
  baseline_host_probes: 'baseline',
};

/** What some scanners may do beyond the usual. All of it is off until somebody turns it on. */
export class ScanOptions {
  private readonly switches: Readonly<Record<OptionKey, WritableSignal<boolean>>>;

  /** The options of the chosen scanners: these are shown. */
  readonly offered = computed<readonly OptionKey[]>(() =>
    OPTION_KEYS.filter((key) => this.isChosen(SCANNERS[key])),
  );
  readonly turnedOn = computed<readonly OptionKey[]>(() =>
    this.offered().filter((key) => this.switches[key]()),
  );

  constructor(private readonly isChosen: (scanner: string) => boolean) {
    // Off again with its scanner: nobody attacks anything by a choice from before.
    const switchOf = (key: OptionKey): WritableSignal<boolean> =>
      linkedSignal({ source: () => isChosen(SCANNERS[key]), computation: () => false });
    this.switches = {
      active: switchOf('active'),
      history: switchOf('history'),
      baseline_host_probes: switchOf('baseline_host_probes'),
    };
  }

  isOn(key: OptionKey): boolean {
    return this.turnedOn().includes(key);
  }

  toggle(key: OptionKey): void {
    this.switches[key].update((isOn) => !isOn);
  }

  request(): Pick<ScanRequestBody, OptionKey> {
    return Object.fromEntries(this.turnedOn().map((key) => [key, true]));
  }
}
