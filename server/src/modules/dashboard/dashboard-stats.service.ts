import { Injectable } from '@nestjs/common';
import { type DashboardStatsBody, SEVERITIES } from '@securescan/contracts';
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
    const open = await this.open.counts();
    const { critical, high, medium, low, info } = current;
    return {
      total_scans: [...scans.values()].reduce((sum, count) => sum + count, 0),
      completed_scans: scans.get('completed') ?? 0,
      scans_by_status: {
        pending: scans.get('pending') ?? 0,
        running: scans.get('running') ?? 0,
        completed: scans.get('completed') ?? 0,
        failed: scans.get('failed') ?? 0,
        cancelled: scans.get('cancelled') ?? 0,
      },
      projects: current.projects,
      targets: current.targets,
      total_findings: SEVERITIES.reduce((sum, severity) => sum + current[severity], 0),
      findings_by_severity: { critical, high, medium, low, info },
      suppressed_findings: current.suppressed,
      average_risk_score: Math.round((current.averageRiskScore ?? 0) * 100) / 100,
      open_findings: open.total,
      undecided_findings: open.undecided,
      verdicts: {
        triaged: verdicts.get('triaged') ?? 0,
        false_positive: verdicts.get('false_positive') ?? 0,
        accepted_risk: verdicts.get('accepted_risk') ?? 0,
        fixed: verdicts.get('fixed') ?? 0,
        wont_fix: verdicts.get('wont_fix') ?? 0,
      },
    };
  }
}
