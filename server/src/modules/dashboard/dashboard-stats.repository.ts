import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';

export interface DashboardStats {
  readonly totalScans: number;
  readonly completedScans: number;
  readonly totalFindings: number;
  readonly averageRiskScore: number | null;
}

/** The latest completed scan of each project says how things stand; older ones would count the same findings again. */
const STATS = `
  WITH visible AS (
    SELECT project, status, findings_count, risk_score,
           ROW_NUMBER() OVER (PARTITION BY project, status ORDER BY created_at DESC, id DESC) AS age
    FROM scans WHERE hidden_at IS NULL
  )
  SELECT COUNT(*) AS totalScans,
         COUNT(*) FILTER (WHERE status = 'completed') AS completedScans,
         COALESCE(SUM(findings_count) FILTER (WHERE status = 'completed' AND age = 1), 0) AS totalFindings,
         AVG(risk_score) FILTER (WHERE status = 'completed' AND age = 1) AS averageRiskScore
  FROM visible`;

@Injectable()
export class DashboardStatsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async stats(): Promise<DashboardStats> {
    const [row] = await this.database.manager.query<DashboardStats[]>(STATS);
    return row ?? { totalScans: 0, completedScans: 0, totalFindings: 0, averageRiskScore: null };
  }
}
