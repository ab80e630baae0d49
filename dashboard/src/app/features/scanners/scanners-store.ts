import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type { ScannerStatusListBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { followedValue, heldValue } from '../../core/api/held-value';
import { API } from '../../core/api/routes';
import { parseScannerStatuses } from '../../core/api/wire';
import { type ScannerGroup, type Readiness, READINESS, groupsOf } from './scanner-groups';

/** Every scanner that the server knows, and whether it could run now. */
@Injectable()
export class ScannersStore {
  private readonly query = inject(AddressQuery);
  private readonly always = signal('scanners').asReadonly();
  private readonly statuses = httpResource<ScannerStatusListBody>(() => API.status, {
    parse: parseScannerStatuses,
  });

  readonly status = followedValue(heldValue(this.statuses, this.always), this.always);
  readonly isLoading = this.statuses.isLoading;

  readonly sought = computed(() => this.query.text('q') ?? '');
  readonly readiness = computed<Readiness>(() => this.query.oneOf('state', READINESS) ?? 'all');

  readonly groups = computed<readonly ScannerGroup[]>(() => {
    const { shown } = this.status();
    if (shown.state !== 'value') return [];
    return groupsOf(shown.value.scanners, this.sought(), this.readiness());
  });
  readonly counts = computed(() => {
    const { shown } = this.status();
    const scanners = shown.state === 'value' ? shown.value.scanners : [];
    const ready = scanners.filter(({ available }) => available).length;
    return { all: scanners.length, ready, missing: scanners.length - ready };
  });

  reload(): void {
    this.statuses.reload();
  }

  async seek(text: string): Promise<void> {
    await this.query.change({ q: text.trim() === '' ? null : text.trim() });
  }

  async show(readiness: string): Promise<void> {
    await this.query.change({ state: readiness === 'all' ? null : readiness });
  }
}
