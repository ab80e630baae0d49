import { Injectable } from '@nestjs/common';
import {
  type DashboardStatsBody,
  type ScanStatus,
  SEVERITIES,
  type Verdict,
} from '@securescan/contracts';
import { Clock } from '../../ports/clock.port';
import { OpenFindings } from '../insight/open-findings.service';
import { DashboardStatsRepository } from './dashboard-stats.repository';

/** How things stand now, over everything. */
@Injectable()
export class DashboardStats {
  constructor(
    private readonly stats: DashboardStatsRepository,
    private readonly open: OpenFindings,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<DashboardStatsBody> {
    const scans = await this.stats.scans();
    const current = await this.stats.current();
    const verdicts = await this.stats.verdicts(this.clock.now().toISOString());
    const scansOf = (status: ScanStatus): number => scans.get(status) ?? 0;
    const verdictsOf = (status: Verdict): number => verdicts.get(status) ?? 0;
    const open = await this.open.counts();
    const { critical, high, medium, low, info } = current;
    return {
      total_scans: [...scans.values()].reduce((sum, count) => sum + count, 0),
      completed_scans: scansOf('completed'),
      scans_by_status: {
        pending: scansOf('pending'),
        running: scansOf('running'),
        completed: scansOf('completed'),
        failed: scansOf('failed'),
        cancelled: scansOf('cancelled'),
      },
      projects: current.projects,
      targets: current.targets,
      total_findings: SEVERITIES.reduce((sum, severity) => sum + current[severity], 0),
      findings_by_severity: { critical, high, medium, low, info },
      findings_by_scanner: await this.stats.scanners(),
      suppressed_findings: current.suppressed,
      average_risk_score: Math.round((current.averageRiskScore ?? 0) * 100) / 100,
      open_findings: open.total,
      undecided_findings: open.undecided,
      verdicts: {
        triaged: verdictsOf('triaged'),
        false_positive: verdictsOf('false_positive'),
        accepted_risk: verdictsOf('accepted_risk'),
        fixed: verdictsOf('fixed'),
        wont_fix: verdictsOf('wont_fix'),
      },
    };
  }
}
