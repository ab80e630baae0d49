import { HttpClient, httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type { ScanBody, ScanRequestBody, ScannerStatusListBody } from '@securescan/contracts';
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
import { ScannerSelection } from './scanner-selection';
import { checkTarget } from './target-check';

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

  readonly selection = new ScannerSelection(
    computed(() => {
      const loaded = this.status();
      return loaded.state === 'value' ? loaded.value.scanners : null;
    }),
  );

  /** What is wrong with the path, once the person has finished with it. */
  readonly targetFault = computed(() => (this.isChecked() ? checkTarget(this.path()) : null));

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
    const isFaulty = this.targetFault() !== null || this.selection.fault() !== null;
    if (this.isSending() || isFaulty) return null;
    this.isSending.set(true);
    this.refusal.set(null);
    const body: ScanRequestBody = {
      target_path: this.path().trim(),
      ...this.selection.request(),
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
