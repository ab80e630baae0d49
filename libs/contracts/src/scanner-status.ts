import type { ScanType } from './scan';

/** One row of `GET /api/v1/dashboard/status` and of `securescan status`. */
export interface ScannerStatusBody {
  name: string;
  scan_type: ScanType;
  available: boolean;
  version: string | null;
  message: string;
  description: string;
  checks: string[];
  install_hint: string | null;
}

export interface ScannerStatusListBody {
  scanners: ScannerStatusBody[];
  checked_at: string;
}
