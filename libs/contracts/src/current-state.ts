import type { FindingWithStateBody } from './finding';
import type { ScanStatus, ScanType, SeverityCountsBody } from './scan';

/** What may be scanned: the files of a tree, an application, a host, or the server's own machine. */
export const TARGET_KINDS = ['tree', 'url', 'host', 'machine'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** Names what was scanned, across scans. */
export interface TargetReferenceBody {
  id: string;
  project: string;
  kind: TargetKind;
  /** A tree's place in its project (`.` for the whole), or a URL, a host or `this machine`. */
  place: string;
}

/** The scan that was asked for last, however it ended. */
export interface LatestScanBody {
  id: string;
  status: ScanStatus;
  created_at: string;
  completed_at: string | null;
}

/** The scan whose word about a target counts for one scanner: the latest in which it completed. */
export interface CurrentScannerBody {
  scanner: string;
  scan_type: ScanType;
  scan_id: string;
  completed_at: string;
}

/** Findings that are there now and that nobody has muted, by severity, and how many are muted beside them. */
export interface CurrentTotalsBody {
  findings_count: number;
  suppressed_count: number;
  by_severity: SeverityCountsBody;
}

export interface TargetBody extends TargetReferenceBody, CurrentTotalsBody {
  /** As a scan's, of what is there now (ADR 0006). */
  risk_score: number;
  latest_scan: LatestScanBody;
  scanners: CurrentScannerBody[];
}

export interface ProjectBody extends CurrentTotalsBody {
  project: string;
  targets_count: number;
  latest_scan: LatestScanBody;
}

/** A finding as it is there now, from the latest scan that tells of it. */
export interface CurrentFindingBody extends FindingWithStateBody {
  target: TargetReferenceBody;
  /** When that scan completed. */
  last_seen: string;
}
