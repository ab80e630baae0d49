import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import {
  DEFAULT_SCAN_TYPES,
  SCAN_TYPES,
  type ScanBody,
  type ScanRequestBody,
  type ScanType,
  type ScannerStatusBody,
  type ScannerStatusListBody,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API } from '../../core/api/routes';
import {
  type BrowseBody,
  parseBrowse,
  parseScan,
  parseScannerStatuses,
  parseScans,
} from '../../core/api/wire';
import { type Problem, toProblem } from '../../core/errors/problem';
import { checkTarget } from './target-check';

export interface TypeChoice {
  readonly type: ScanType;
  readonly isChosen: boolean;
  readonly scanners: readonly ScannerStatusBody[];
}

const RECENT_TARGETS = 5;

/** What is to be scanned, with what, and sending it off. */
@Injectable()
export class NewScanStore {
  private readonly http = inject(HttpClient);
  private readonly always = signal('new scan').asReadonly();

  private readonly statuses = httpResource<ScannerStatusListBody>(() => API.status, {
    parse: parseScannerStatuses,
  });
  private readonly earlier = httpResource<ScanBody[]>(
    () => ({ url: API.scans, params: { limit: 20 } }),
    { parse: parseScans },
  );
  private readonly shownDirectory = signal<string | null>(null);
  private readonly isBrowsing = signal(false);
  private readonly directory = httpResource<BrowseBody>(
    () => {
      if (!this.isBrowsing()) return undefined;
      const path = this.shownDirectory();
      return path === null ? { url: API.browse } : { url: API.browse, params: { path } };
    },
    { parse: parseBrowse },
  );

  private readonly path = signal('');
  private readonly isChecked = signal(false);
  private readonly isSending = signal(false);
  private readonly refusal = signal<Problem | null>(null);

  readonly status = heldValue(this.statuses, this.always);
  readonly listing = heldValue(this.directory, this.always);
  readonly isPickerOpen = this.isBrowsing.asReadonly();
  readonly target = this.path.asReadonly();
  readonly isSubmitting = this.isSending.asReadonly();
  readonly problem = this.refusal.asReadonly();

  private readonly registered = computed<readonly ScannerStatusBody[]>(() => {
    const loaded = this.status();
    return loaded.state === 'value' ? loaded.value.scanners : [];
  });
  /** Until it is known which kinds have scanners, the usual ones: asking the tools may take longer than a person waits. */
  private readonly chosen = linkedSignal<ReadonlySet<ScanType>>(() => {
    if (this.status().state !== 'value') return new Set(DEFAULT_SCAN_TYPES);
    const offered = new Set(this.registered().map((scanner) => scanner.scan_type));
    return new Set(DEFAULT_SCAN_TYPES.filter((type) => offered.has(type)));
  });

  readonly choices = computed<readonly TypeChoice[]>(() =>
    SCAN_TYPES.map((type) => ({
      type,
      isChosen: this.chosen().has(type),
      scanners: this.registered().filter((scanner) => scanner.scan_type === type),
    })),
  );
  readonly selected = computed(() =>
    this.registered().filter((scanner) => this.chosen().has(scanner.scan_type)),
  );
  readonly willRun = computed(() => this.selected().filter((scanner) => scanner.available));
  readonly willSkip = computed(() => this.selected().filter((scanner) => !scanner.available));

  /** What is wrong with the path, once the person has finished with it. */
  readonly targetFault = computed(() => (this.isChecked() ? checkTarget(this.path()) : null));
  readonly typesFault = computed(() => {
    if (this.status().state !== 'value') return null;
    if (this.chosen().size === 0) return 'Choose at least one kind of scan.';
    return this.willRun().length === 0 ? 'None of the chosen scanners is installed.' : null;
  });

  /** Targets of earlier scans, latest first. */
  readonly recentTargets = computed<readonly string[]>(() => {
    if (!this.earlier.hasValue()) return [];
    const paths = this.earlier.value().map((scan) => scan.target_path);
    return [...new Set(paths.filter((path) => path !== null))].slice(0, RECENT_TARGETS);
  });

  setTarget(path: string): void {
    this.path.set(path);
    this.refusal.set(null);
  }

  checkNow(): void {
    this.isChecked.set(true);
  }

  toggle(type: ScanType): void {
    this.chosen.update((chosen) => {
      const next = new Set(chosen);
      if (!next.delete(type)) next.add(type);
      return next;
    });
  }

  reloadStatus(): void {
    this.statuses.reload();
  }

  openPicker(): void {
    this.shownDirectory.set(checkTarget(this.path()) === null ? this.path().trim() : null);
    this.isBrowsing.set(true);
  }

  closePicker(): void {
    this.isBrowsing.set(false);
  }

  /** `null` is where the server starts. */
  browse(path: string | null): void {
    if (path === this.shownDirectory()) this.directory.reload();
    else this.shownDirectory.set(path);
  }

  pick(path: string): void {
    this.setTarget(path);
    this.closePicker();
  }

  /** Starts the scan; resolves to its id, or `null` where something is missing or the server refused. */
  async submit(): Promise<string | null> {
    this.isChecked.set(true);
    if (this.isSending() || this.targetFault() !== null || this.typesFault() !== null) return null;
    this.isSending.set(true);
    this.refusal.set(null);
    const body: ScanRequestBody = {
      target_path: this.path().trim(),
      scan_types: SCAN_TYPES.filter((type) => this.chosen().has(type)),
    };
    try {
      return parseScan(await firstValueFrom(this.http.post(API.scans, body))).id;
    } catch (error) {
      // Expected: the server refuses the target. The page shows its reason.
      this.refusal.set(toProblem(error));
      return null;
    } finally {
      this.isSending.set(false);
    }
  }
}
