import { Injectable } from '@nestjs/common';
import type {
  ComplianceCoverageBody,
  ComplianceTrendBody,
  ComplianceTrendPointBody,
  FrameworkDetailBody,
  FrameworkListBody,
} from '@securescan/contracts';
import { testersOf } from '@securescan/core';
import { Clock } from '../../ports/clock.port';
import { ScansService } from '../scans/scans.service';
import { CoverageSubjectError, TargetWithoutProjectError } from './compliance.errors';
import { toCoverageBody, toFrameworkBody, withoutControls } from './compliance.mapper';
import { ComplianceRepository } from './compliance.repository';
import type { CoverageQueryDto, TrendQueryDto } from './dto/compliance-query.dto';
import { Frameworks } from './frameworks.service';
import { StandingService, type StandingSubject } from './standing.service';

const DAY_MS = 86_400_000;
const NOTHING_FOUND: ReadonlyMap<string, number> = new Map();
const NOBODY: ReadonlySet<string> = new Set();

/** What is known of controls: of a scan, across scans, and day by day. */
@Injectable()
export class ComplianceService {
  constructor(
    private readonly frameworks: Frameworks,
    private readonly scans: ScansService,
    private readonly repository: ComplianceRepository,
    private readonly standings: StandingService,
    private readonly clock: Clock,
  ) {}

  list(): FrameworkListBody {
    return {
      frameworks: this.frameworks.all.map(({ id }) => withoutControls(this.framework(id))),
    };
  }

  /** @throws FrameworkNotFoundError */
  framework(id: string): FrameworkDetailBody {
    const framework = this.frameworks.find(id);
    const isShipped = !this.frameworks.own.includes(framework);
    return toFrameworkBody(framework, this.frameworks.judge, isShipped);
  }

  /** @throws ScanNotFoundError @throws ScanNotCompletedError @throws ValidationFailedError @throws FrameworkNotFoundError */
  async coverage(query: CoverageQueryDto): Promise<ComplianceCoverageBody> {
    const { scan_id: scanId } = query;
    const frameworks =
      query.framework === undefined ? this.frameworks.all : [this.frameworks.find(query.framework)];
    const { project, target } = subjectOf(query);
    if (scanId !== undefined && project !== null) throw new CoverageSubjectError();
    const { counts, testers } =
      scanId === undefined ? await this.standing({ project, target }) : await this.ofScan(scanId);
    return {
      scan_id: scanId ?? null,
      project,
      target,
      coverage: frameworks.map((framework) =>
        toCoverageBody(this.frameworks.judge.judge(framework, counts, testers), scanId ?? null),
      ),
    };
  }

  /** @throws FrameworkNotFoundError @throws ValidationFailedError */
  async trend(query: TrendQueryDto): Promise<ComplianceTrendBody> {
    const framework = this.frameworks.find(query.framework);
    const { judge } = this.frameworks;
    const subject = subjectOf(query);
    const days = daysUntil(this.clock.now(), query.days);
    let { counts } = judge.judge(framework, NOTHING_FOUND, NOBODY);
    const points: ComplianceTrendPointBody[] = [];
    for await (const [date, standing] of this.standings.daily(subject, days)) {
      if (standing !== null) {
        ({ counts } = judge.judge(framework, standing.counts(), standing.testers()));
      }
      points.push({ date, ...counts });
    }
    return {
      framework_id: framework.id,
      ...subject,
      total_controls: framework.controls.length,
      points,
    };
  }

  private async standing(subject: StandingSubject): Promise<Judged> {
    const standing = await this.standings.now(subject);
    return { counts: standing.counts(), testers: standing.testers() };
  }

  private async ofScan(scanId: string): Promise<Judged> {
    const { outcomes } = await this.scans.completed(scanId);
    const rows = await this.repository.controls([scanId]);
    const counts = new Map<string, number>();
    for (const { tag, findings } of rows) counts.set(tag, (counts.get(tag) ?? 0) + findings);
    return { counts, testers: testersOf(outcomes) };
  }
}

interface Judged {
  readonly counts: ReadonlyMap<string, number>;
  readonly testers: ReadonlySet<string>;
}

/** @throws ValidationFailedError: targets of two projects may have one name. */
function subjectOf({ project = null, target = null }: Partial<StandingSubject>): StandingSubject {
  if (target !== null && project === null) throw new TargetWithoutProjectError();
  return { project, target };
}

/** Days in UTC, the oldest first; the last is that of `now`. */
function daysUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
