import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import type { SbomBody } from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { heldValue } from '../../core/api/held-value';
import { CursorPaging } from '../../core/api/list-page';
import { API, SBOM } from '../../core/api/routes';
import { parseProjectNames } from '../../core/api/wire';
import { parseBills } from '../../core/api/wire-sbom';

const PAGE_SIZE = 25;
const PROJECTS_OFFERED = 200;

/** Stored bills of materials, newest first. */
@Injectable()
export class BillsStore {
  private readonly query = inject(AddressQuery);
  private readonly always = signal('bills').asReadonly();

  readonly project = computed(() => this.query.text('project'));
  /** The bill that another one is to be compared with. */
  readonly base = computed(() => this.query.text('base'));

  private readonly paging = new CursorPaging(PAGE_SIZE, this.project);
  private readonly page = httpResource<SbomBody[]>(
    () => {
      const params: Record<string, string | number> = { limit: PAGE_SIZE };
      const [project, cursor] = [this.project(), this.paging.cursor()];
      if (project !== null) params['project'] = project;
      if (cursor !== undefined) params['cursor'] = cursor;
      return { url: SBOM.history, params };
    },
    { parse: parseBills },
  );
  private readonly names = httpResource<string[]>(
    () => ({ url: API.projects, params: { limit: PROJECTS_OFFERED } }),
    { parse: parseProjectNames },
  );

  readonly bills = heldValue(this.page, this.project);
  readonly window = computed(() => {
    const loaded = this.bills();
    const shown = loaded.state === 'value' ? loaded.value.length : 0;
    return this.paging.describe(shown, this.page.headers());
  });
  readonly projects = heldValue(this.names, this.always);

  reload(): void {
    this.page.reload();
  }

  next(): void {
    this.paging.forward(this.page.headers());
  }

  previous(): void {
    this.paging.back();
  }

  async narrow(project: string | null): Promise<void> {
    await this.query.change({ project });
  }

  /** `null` gives the comparison up. */
  async compareWith(base: string | null): Promise<void> {
    await this.query.change({ base });
  }
}
