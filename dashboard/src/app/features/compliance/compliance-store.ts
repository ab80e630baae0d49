import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import {
  CONTROL_STATES,
  type ComplianceTrendBody,
  type ControlState,
  type ScanBody,
} from '@securescan/contracts';
import { AddressQuery } from '../../core/address-query';
import { type Loaded, heldValue } from '../../core/api/held-value';
import { API, scanRoute } from '../../core/api/routes';
import { parseProjectNames, parseScan } from '../../core/api/wire';
import {
  type ComplianceStandingBody,
  type FrameworkStandingBody,
  parseCompliance,
  parseComplianceTrend,
} from '../../core/api/wire-compliance';

const PROJECTS_OFFERED = 200;
export const TREND_DAYS = ['30', '90', '365'] as const;

/** What scans say of the controls of each framework: of one scan, of a project as it stands now, or of all. */
@Injectable()
export class ComplianceStore {
  private readonly query = inject(AddressQuery);
  private readonly always = signal('compliance').asReadonly();

  /** Of the scan that alone is judged; `null` for how things stand now. */
  readonly scanId = computed(() => this.query.text('scan'));
  readonly project = computed(() => this.query.text('project'));
  readonly state = computed<ControlState | null>(() => this.query.oneOf('state', CONTROL_STATES));
  readonly days = computed(() => this.query.oneOf('days', TREND_DAYS) ?? '30');

  private readonly subject = computed(
    (): Readonly<Record<string, string>> => {
      const [scan, project] = [this.scanId(), this.project()];
      if (scan !== null) return { scan_id: scan };
      return project === null ? {} : { project };
    },
    { equal: isSame },
  );
  private readonly judged = httpResource<ComplianceStandingBody>(
    () => ({ url: API.coverage, params: this.subject() }),
    { parse: parseCompliance },
  );
  readonly standing = heldValue(this.judged, this.subject);

  /** The framework that is looked at: the one that the address names, else the first. */
  readonly framework = computed<FrameworkStandingBody | null>(() => {
    const loaded = this.standing();
    if (loaded.state !== 'value') return null;
    const asked = this.query.text('framework');
    const { coverage } = loaded.value;
    return coverage.find(({ framework_id }) => framework_id === asked) ?? coverage[0] ?? null;
  });
  readonly controls = computed(() => {
    const state = this.state();
    const all = this.framework()?.controls ?? [];
    return state === null ? all : all.filter((control) => control.state === state);
  });

  private readonly trendSubject = computed<Readonly<Record<string, string>> | undefined>(
    () => {
      const framework = this.framework()?.framework_id;
      if (framework === undefined || this.scanId() !== null) return undefined;
      return { ...this.subject(), framework, days: this.days() };
    },
    { equal: isSame },
  );
  private readonly course = httpResource<ComplianceTrendBody>(
    () => {
      const params = this.trendSubject();
      return params && { url: API.coverageTrend, params };
    },
    { parse: parseComplianceTrend },
  );
  /** `null` where one scan is judged: that has no course. */
  readonly trend = computed<Loaded<ComplianceTrendBody> | null>(() =>
    this.trendSubject() === undefined ? null : this.heldTrend(),
  );
  private readonly heldTrend = heldValue(this.course, this.trendSubject);

  private readonly record = httpResource<ScanBody>(
    () => {
      const id = this.scanId();
      return id === null ? undefined : scanRoute(id);
    },
    { parse: parseScan },
  );
  /** The scan that is judged, once it is known. */
  readonly scan = computed(() => (this.record.hasValue() ? this.record.value() : null));

  private readonly names = httpResource<string[]>(
    () => ({ url: API.projects, params: { limit: PROJECTS_OFFERED } }),
    { parse: parseProjectNames },
  );
  readonly projects = heldValue(this.names, this.always);

  reload(): void {
    this.judged.reload();
  }

  reloadTrend(): void {
    this.course.reload();
  }

  async change(
    change: Partial<Record<'project' | 'scan' | 'framework' | 'state' | 'days', string | null>>,
  ): Promise<void> {
    await this.query.change(change);
  }
}

type Params = Readonly<Record<string, string>> | undefined;

function isSame(one: Params, other: Params): boolean {
  return new URLSearchParams(one).toString() === new URLSearchParams(other).toString();
}
