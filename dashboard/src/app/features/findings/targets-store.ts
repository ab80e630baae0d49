import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject } from '@angular/core';
import { SEVERITIES, type SeverityCountsBody } from '@securescan/contracts';
import { nextCursor } from '../../core/api/list-headers';
import { API } from '../../core/api/routes';
import { type TargetStandingBody, parseTargets } from '../../core/api/wire-current';
import { FindingsBrowser } from '../../triage/findings-browser';

/** The server gives no more at once. What is beyond can still be named in the address. */
const MOST_TARGETS = 200;

/** What has been scanned: what the findings can be narrowed by, and how many there are of each severity. */
@Injectable()
export class TargetsStore {
  private readonly browser = inject(FindingsBrowser);
  private readonly read = httpResource<TargetStandingBody[]>(
    () => ({ url: API.targets, params: { limit: MOST_TARGETS } }),
    { parse: parseTargets },
  );

  private readonly targets = computed(() => (this.read.hasValue() ? this.read.value() : []));
  private readonly areAll = computed(
    () => this.read.hasValue() && nextCursor(this.read.headers()) === null,
  );

  readonly projects = computed(() => distinct(this.targets().map(({ project }) => project)));
  readonly scanners = computed(() =>
    distinct(this.targets().flatMap(({ scanners }) => scanners.map(({ scanner }) => scanner))),
  );
  readonly isEmpty = computed(() => this.areAll() && this.targets().length === 0);
  /** In the project that the list is narrowed to; `null` where not all targets are known. */
  readonly counts = computed<SeverityCountsBody | null>(() => {
    if (!this.areAll()) return null;
    const { project, target } = this.browser.query();
    const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
    for (const one of this.targets()) {
      if (project !== null && one.project !== project) continue;
      if (target !== null && one.id !== target) continue;
      for (const severity of SEVERITIES) counts[severity] += one.by_severity[severity];
    }
    return counts;
  });
  /** `4 targets in 2 projects, by bandit, secrets`. */
  readonly checked = computed(() => {
    const targets = this.targets().length;
    const projects = this.projects().length;
    const whats = `${targets} ${targets === 1 ? 'target' : 'targets'}`;
    const wheres = `${projects} ${projects === 1 ? 'project' : 'projects'}`;
    return `${this.areAll() ? '' : 'over '}${whats} in ${wheres}, by ${this.scanners().join(', ')}`;
  });
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((a, b) => (a === b ? 0 : a < b ? -1 : 1));
}
