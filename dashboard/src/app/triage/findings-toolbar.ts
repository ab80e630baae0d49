import { Component, type ElementRef, computed, input, output, viewChild } from '@angular/core';
import {
  SEVERITIES,
  VERDICTS,
  type Severity,
  type SeverityCountsBody,
  type Verdict,
} from '@securescan/contracts';
import { Icon } from '../ui/icon/icon';
import { SeverityPill } from '../ui/severity/severity-pill';
import {
  type FindingQuery,
  type FindingSort,
  MAX_SEARCH_LENGTH,
  type QueryChange,
  canSort,
} from './finding-query';
import { VERDICT_WORDS } from './verdict-words';

const SORT_WORDS: Readonly<Record<FindingSort, string>> = {
  severity: 'Worst first',
  file: 'By file',
  rule: 'By rule',
  scan: 'Newest scan first',
};

/** What the list is narrowed by and how it goes. */
@Component({
  selector: 'app-findings-toolbar',
  imports: [Icon, SeverityPill],
  templateUrl: './findings-toolbar.html',
  styleUrl: './findings-toolbar.css',
})
export class FindingsToolbar {
  readonly query = input.required<FindingQuery>();
  readonly sorts = input.required<readonly FindingSort[]>();
  /** Of what is there without any filter; `null` where nobody has counted. */
  readonly counts = input.required<SeverityCountsBody | null>();
  readonly scanners = input.required<readonly string[]>();
  /** Over all scans only. */
  readonly projects = input.required<readonly string[] | null>();

  readonly changed = output<QueryChange>();
  /** What is being typed; whoever listens waits for it to rest. */
  readonly typed = output<string>();
  readonly helpAsked = output();

  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  protected readonly longest = MAX_SEARCH_LENGTH;
  protected readonly verdicts = VERDICTS;
  protected readonly verdictWords = VERDICT_WORDS;
  protected readonly sortWords = SORT_WORDS;
  /** Severities that occur, and chosen ones even if they do not. */
  protected readonly severities = computed(() =>
    SEVERITIES.map((severity) => ({
      severity,
      count: this.counts()?.[severity] ?? null,
      isChosen: this.query().severity.includes(severity),
    })).filter(({ count, isChosen }) => count !== 0 || isChosen),
  );
  protected readonly scannerChoices = computed(() =>
    [...new Set([...this.scanners(), ...this.query().scanner])].sort(byCodePoint),
  );
  protected readonly projectChoices = computed(() => {
    const projects = this.projects();
    const chosen = this.query().project;
    if (projects === null) return null;
    return chosen === null || projects.includes(chosen) ? projects : [...projects, chosen];
  });
  protected readonly sortChoices = computed(() =>
    this.sorts().map((sort) => ({ sort, isOffered: canSort(sort, this.query()) })),
  );
  /** Filters that have no control of their own here. */
  protected readonly others = computed(() => {
    const { rule_id, cwe, compliance, target, scan_type } = this.query();
    const single = {
      rule: { rule_id },
      weakness: { cwe },
      control: { compliance },
      target: { target },
    };
    const chips = Object.entries(single).flatMap(([label, filter]) =>
      Object.entries(filter).flatMap(([name, value]) =>
        value === null ? [] : [{ label, value, change: { [name]: null } }],
      ),
    );
    const types = scan_type.join(', ');
    const cleared: QueryChange = { scan_type: [] };
    return types === '' ? chips : [...chips, { label: 'kind', value: types, change: cleared }];
  });

  focusSearch(): void {
    this.search().nativeElement.focus();
    this.search().nativeElement.select();
  }

  protected type(event: Event): void {
    this.typed.emit(valueOf(event));
  }

  protected toggleSeverity(severity: Severity): void {
    const chosen = this.query().severity;
    const without = chosen.filter((one) => one !== severity);
    this.changed.emit({
      severity: without.length === chosen.length ? [...chosen, severity] : without,
    });
  }

  protected chooseStatus(event: Event): void {
    const status = VERDICTS.filter((verdict: Verdict) => verdict === valueOf(event));
    this.changed.emit({ status });
  }

  protected chooseScanner(event: Event): void {
    const scanner = valueOf(event);
    this.changed.emit({ scanner: scanner === '' ? [] : [scanner] });
  }

  protected chooseProject(event: Event): void {
    const project = valueOf(event);
    this.changed.emit({ project: project === '' ? null : project, target: null });
  }

  protected chooseSort(event: Event): void {
    const sort = this.sorts().find((one) => one === valueOf(event));
    if (sort !== undefined) this.changed.emit({ sort });
  }
}

function valueOf({ target }: Event): string {
  const hasValue = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  return hasValue ? target.value : '';
}

function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
