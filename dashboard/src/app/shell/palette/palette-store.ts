import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FindingWithStateBody, ScanBody, ScannerStatusListBody } from '@securescan/contracts';
import { debounceTime, map } from 'rxjs';
import { heldValue } from '../../core/api/held-value';
import { API } from '../../core/api/routes';
import { parseFindings, parseScannerStatuses, parseScans } from '../../core/api/wire';
import { type TargetStandingBody, parseTargets } from '../../core/api/wire-current';
import { SessionStore } from '../../core/auth/session-store';
import { Theme } from '../../core/theme/theme';
import { matchEntries } from './palette-entry';
import {
  actionEntries,
  findingEntries,
  pageEntries,
  ruleEntries,
  scanEntries,
  scannerEntries,
  targetEntries,
} from './palette-sources';

const LISTED = 200;
const SEARCHED = 20;
const SHORTEST_SEARCH = 2;
const LONGEST_SEARCH = 200;
const PAUSE_MS = 200;

/** What the palette offers for what was typed: names that are known here at once, findings and rules from the server's search. */
@Injectable()
export class PaletteStore {
  private readonly session = inject(SessionStore);
  private readonly theme = inject(Theme);
  private readonly always = signal('palette').asReadonly();
  private readonly canRead = computed(() => this.session.whyNot('read') === null);

  readonly question = signal('');

  private readonly scans = httpResource<ScanBody[]>(
    () => (this.canRead() ? { url: API.scans, params: { limit: LISTED } } : undefined),
    { parse: parseScans },
  );
  private readonly targets = httpResource<TargetStandingBody[]>(
    () =>
      this.canRead() ? { url: API.targets, params: { limit: LISTED, sort: 'latest' } } : undefined,
    { parse: parseTargets },
  );
  private readonly scanners = httpResource<ScannerStatusListBody>(
    () => (this.canRead() ? API.status : undefined),
    { parse: parseScannerStatuses },
  );
  private readonly asked = toSignal(
    toObservable(this.question).pipe(
      debounceTime(PAUSE_MS),
      map((text) => text.trim().slice(0, LONGEST_SEARCH)),
    ),
    { initialValue: '' },
  );
  private readonly hits = httpResource<FindingWithStateBody[]>(
    () => {
      const q = this.asked();
      if (!this.canRead() || q.length < SHORTEST_SEARCH) return undefined;
      return { url: API.findings, params: { q, limit: SEARCHED } };
    },
    { parse: parseFindings },
  );
  private readonly found = heldValue(this.hits, this.always);

  private readonly known = computed(() => [
    ...pageEntries(),
    ...actionEntries({ session: this.session.session(), theme: this.theme.choice() }),
    ...(this.scans.hasValue() ? scanEntries(this.scans.value()) : []),
    ...(this.targets.hasValue() ? targetEntries(this.targets.value()) : []),
    ...(this.scanners.hasValue() ? scannerEntries(this.scanners.value().scanners) : []),
  ]);
  private readonly searched = computed(() => {
    const found = this.found();
    if (found.state !== 'value' || !this.isSearch()) return [];
    return [...findingEntries(found.value), ...ruleEntries(found.value)];
  });
  private readonly isSearch = computed(() => this.question().trim().length >= SHORTEST_SEARCH);

  readonly sections = computed(() =>
    matchEntries([...this.known(), ...this.searched()], this.question()),
  );
  /** Why findings could not be searched, or what the palette is waiting for; empty for neither. */
  readonly note = computed(() => {
    const why = this.session.whyNot('read');
    if (why !== null) return why;
    if (!this.isSearch()) return '';
    const found = this.found();
    if (found.state === 'error') return `Findings were not searched: ${found.problem.message}`;
    const isBehind = this.asked() !== this.question().trim().slice(0, LONGEST_SEARCH);
    return isBehind || this.hits.isLoading() ? 'Searching findings' : '';
  });
}
