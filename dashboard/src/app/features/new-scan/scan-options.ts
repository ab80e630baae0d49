import { type WritableSignal, computed, linkedSignal } from '@angular/core';
import type { ScanRequestBody } from '@securescan/contracts';

const OPTION_KEYS = ['active', 'history', 'baseline_host_probes', 'ai'] as const;
export type OptionKey = (typeof OPTION_KEYS)[number];

/** The scanner that an option is about: without it there is nothing to choose. Advice is about what any of them finds. */
const SCANNERS: Readonly<Record<Exclude<OptionKey, 'ai'>, string>> = {
  active: 'zap',
  history: 'secrets',
  baseline_host_probes: 'baseline',
};

/** What a scan may do beyond the usual. All of it is off until somebody turns it on. */
export class ScanOptions {
  private readonly switches: Readonly<Record<OptionKey, WritableSignal<boolean>>>;

  /** The options of the chosen scanners, and of the server: these are shown. */
  readonly offered = computed<readonly OptionKey[]>(() =>
    OPTION_KEYS.filter((key) => this.canOffer(key)),
  );
  readonly turnedOn = computed<readonly OptionKey[]>(() =>
    // Each switch is looked at, the hidden ones too: that is when they go off.
    OPTION_KEYS.filter((key) => this.switches[key]() && this.canOffer(key)),
  );

  /**
   * @param isChosen whether a scanner is to run
   * @param canAdvise whether the server knows a language model
   */
  constructor(
    private readonly isChosen: (scanner: string) => boolean,
    private readonly canAdvise: () => boolean,
  ) {
    // Off again with its scanner: nobody attacks anything by a choice from before.
    const switchOf = (key: OptionKey): WritableSignal<boolean> => {
      // A value of its own, so that the choice of another scanner turns nothing off.
      const isOffered = computed(() => this.canOffer(key));
      return linkedSignal({ source: isOffered, computation: () => false });
    };
    this.switches = {
      active: switchOf('active'),
      history: switchOf('history'),
      baseline_host_probes: switchOf('baseline_host_probes'),
      ai: switchOf('ai'),
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

  private canOffer(key: OptionKey): boolean {
    return key === 'ai' ? this.canAdvise() : this.isChosen(SCANNERS[key]);
  }
}
