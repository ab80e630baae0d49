import type { ScanBody, ScanRequestBody } from '@securescan/contracts';

/** The order that a scan came from, as far as its record tells. */
export function sameAgain(scan: ScanBody): ScanRequestBody {
  const { target_path, target_url, target_host, scan_types, scanners } = scan;
  const body: ScanRequestBody = { target_path, target_url, target_host, scan_types };
  if (scanners !== null) body.scanners = scanners;
  const { active, history, baseline_host_probes, ai } = scan;
  return { ...body, active, history, baseline_host_probes, ai };
}
