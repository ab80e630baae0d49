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
  /** Its work opens connections, so it is skipped offline. */
  needs_network: boolean;
  /** The server knows a pinned release that it can install by itself. */
  installable: boolean;
}

export interface ScannerStatusListBody {
  scanners: ScannerStatusBody[];
  /** Whether the operator has named a language model, so that a scan may ask for its advice. */
  can_advise: boolean;
  checked_at: string;
}

/** Answer to `POST /api/v1/dashboard/install/{name}`. */
export interface ScannerInstallBody {
  success: boolean;
  message: string;
  /** The end of what the installer printed, with secrets taken out. */
  output: string;
}
