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
import { toProblem } from '../../core/errors/problem';
import { FieldRefusals } from './field-refusals';
import { type OptionKey, ScanOptions } from './scan-options';
import { ScanTargets, type TargetKey } from './scan-targets';
import { ScannerSelection } from './scanner-selection';
import { checkPath } from './target-check';

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

  private readonly isSending = signal(false);
  private readonly refusals = new FieldRefusals();

  readonly status = heldValue(this.statuses, this.always);
  readonly listing = heldValue(this.directory, this.always);
  readonly isPickerOpen = this.isBrowsing.asReadonly();
  readonly isSubmitting = this.isSending.asReadonly();
  /** Why the scan was not started, without what stands beside a field. */
  readonly problem = this.refusals.notice;

  readonly selection = new ScannerSelection(
    computed(() => {
      const loaded = this.status();
      return loaded.state === 'value' ? loaded.value.scanners : null;
    }),
  );

  readonly options = new ScanOptions(
    (scanner) => this.selection.isChosen(scanner),
    () => {
      const loaded = this.status();
      return loaded.state === 'value' && loaded.value.can_advise;
    },
  );
  readonly targets = new ScanTargets(this.selection.types, () =>
    this.options.isOn('baseline_host_probes'),
  );

  /** Places of a kind that were scanned before, latest first. */
  recentOf(key: TargetKey): readonly string[] {
    if (!this.earlier.hasValue()) return [];
    const places = this.earlier.value().map((scan) => scan[key]);
    return [...new Set(places.filter((place) => place !== null))].slice(0, RECENT_TARGETS);
  }

  /** What is wrong with a place: as it stands, or in the words of the server that refused it. */
  targetFault(key: TargetKey): string | null {
    return this.targets.faultOf(key) ?? this.refusals.messageFor(key);
  }

  optionFault(key: OptionKey): string | null {
    return this.refusals.messageFor(key);
  }

  setTarget(key: TargetKey, text: string): void {
    this.targets.type(key, text);
    this.refusals.forget(key);
  }

  toggleOption(key: OptionKey): void {
    this.options.toggle(key);
    this.refusals.forget(key);
  }

  reloadStatus(): void {
    this.statuses.reload();
  }

  openPicker(): void {
    const path = this.targets.textOf('target_path');
    this.shownDirectory.set(checkPath(path) === null ? path.trim() : null);
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
    this.setTarget('target_path', path);
    this.closePicker();
  }

  /** Starts the scan; resolves to its id, or `null` where something is missing or the server refused. */
  async submit(): Promise<string | null> {
    this.targets.finish(...this.targets.asked());
    const isReady = this.targets.isComplete() && this.selection.fault() === null;
    if (this.isSending() || !isReady) return null;
    this.isSending.set(true);
    this.refusals.clear();
    const body: ScanRequestBody = {
      ...this.targets.request(),
      ...this.selection.request(),
      ...this.options.request(),
    };
    try {
      return parseScan(await firstValueFrom(this.http.post(API.scans, body))).id;
    } catch (error) {
      // Expected: the server refuses the target. The page shows its reason.
      const shown = [...this.targets.asked(), ...this.options.offered()];
      this.refusals.take(toProblem(error), shown);
      return null;
    } finally {
      this.isSending.set(false);
    }
  }
}
