import { type Signal, computed, signal } from '@angular/core';
import {
  DEFAULT_SCAN_TYPES,
  SCAN_TYPES,
  type ScanRequestBody,
  type ScanType,
  type ScannerStatusBody,
} from '@securescan/contracts';

export interface ScannerChoice {
  readonly scanner: ScannerStatusBody;
  readonly isChosen: boolean;
}

export interface TypeChoice {
  readonly type: ScanType;
  /** How many of its scanners are chosen. */
  readonly extent: 'all' | 'some' | 'none';
  readonly scanners: readonly ScannerChoice[];
}

/** Which of the server's scanners a scan is to run. A kind of scan is chosen as far as its scanners are. */
export class ScannerSelection {
  /** By name; `null` until somebody has chosen, so that a status that is read again changes no choice. */
  private readonly picked = signal<ReadonlySet<string> | null>(null);

  private readonly chosen = computed<ReadonlySet<string>>(() => {
    const usual = (this.registered() ?? []).filter((scanner) =>
      DEFAULT_SCAN_TYPES.includes(scanner.scan_type),
    );
    return this.picked() ?? new Set(usual.map((scanner) => scanner.name));
  });

  readonly choices = computed<readonly TypeChoice[]>(() =>
    SCAN_TYPES.map((type) => {
      const scanners = (this.registered() ?? [])
        .filter((scanner) => scanner.scan_type === type)
        .map((scanner) => ({ scanner, isChosen: this.chosen().has(scanner.name) }));
      return { type, extent: extentOf(scanners), scanners };
    }),
  );
  /**
   * The kinds of which something is chosen. Until it is known which kinds have scanners, the usual ones: asking the tools may
   * take longer than a person waits.
   */
  readonly types = computed<readonly ScanType[]>(() => {
    if (this.registered() === null) return DEFAULT_SCAN_TYPES;
    return this.choices()
      .filter((choice) => choice.extent !== 'none')
      .map((choice) => choice.type);
  });
  private readonly selected = computed(() =>
    (this.registered() ?? []).filter((scanner) => this.chosen().has(scanner.name)),
  );
  readonly willRun = computed(() => this.selected().filter((scanner) => scanner.available));
  readonly willSkip = computed(() => this.selected().filter((scanner) => !scanner.available));

  readonly fault = computed(() => {
    if (this.registered() === null) return null;
    if (this.selected().length === 0) return 'Choose at least one scanner.';
    return this.willRun().length === 0 ? 'None of the chosen scanners is installed.' : null;
  });

  /** @param registered in the order of the registry; `null` until they are known */
  constructor(private readonly registered: Signal<readonly ScannerStatusBody[] | null>) {}

  /** Chooses all scanners of a kind, or none where all of them were chosen. */
  toggleType(type: ScanType): void {
    const choice = this.choices().find((candidate) => candidate.type === type);
    if (choice === undefined) return;
    const next = new Set(this.chosen());
    for (const { scanner } of choice.scanners) {
      if (choice.extent === 'all') next.delete(scanner.name);
      else next.add(scanner.name);
    }
    this.picked.set(next);
  }

  toggleScanner(name: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(name)) next.add(name);
    this.picked.set(next);
  }

  isChosen(name: string): boolean {
    return this.selected().some((scanner) => scanner.name === name);
  }

  /** What the request says of it. Names only where a kind is chosen in part. */
  request(): Pick<ScanRequestBody, 'scan_types' | 'scanners'> {
    const scan_types = [...this.types()];
    if (this.choices().every((choice) => choice.extent !== 'some')) return { scan_types };
    return { scan_types, scanners: this.selected().map((scanner) => scanner.name) };
  }
}

function extentOf(scanners: readonly ScannerChoice[]): TypeChoice['extent'] {
  const count = scanners.filter((choice) => choice.isChosen).length;
  if (count === 0) return 'none';
  return count === scanners.length ? 'all' : 'some';
}
