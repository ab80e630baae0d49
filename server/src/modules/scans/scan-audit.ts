import type { JsonObject } from '@securescan/contracts';
import type { ScanEntity } from './scan.entity';

/** What the audit log keeps of a scan, whose own rows may be gone when somebody asks. */
export function auditDetailsOf(scan: ScanEntity): JsonObject {
  return {
    project: scan.project,
    target: scan.targetPath ?? withoutCredentials(scan.targetUrl) ?? scan.targetHost,
    scan_types: scan.scanTypes,
    created_at: scan.createdAt,
    findings_count: scan.findingsCount,
  };
}

/** Names, passwords and tokens stand in the other parts of an address. */
function withoutCredentials(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
