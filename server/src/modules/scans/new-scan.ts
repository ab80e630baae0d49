import type { ImportFacts } from '@securescan/host-node';
import type { Fields } from '../../common/fields';
import type { ScanEntity } from './scan.entity';
import type { AdmittedRequest } from './scan-request.policy';

type Scan = Fields<ScanEntity>;

/** A scan that somebody asked for, before anything has happened. */
export function newScan(admitted: AdmittedRequest, now: Date): Scan {
  return {
    ...untouched(now),
    origin: 'scan',
    imported: null,
    project: admitted.project,
    targetPath: admitted.targetPath,
    targetInProject: admitted.targetInProject,
    targetUrl: admitted.targetUrl,
    targetHost: admitted.targetHost,
    scanTypes: [...admitted.scanTypes],
    options: admitted.options,
  };
}

/** A scan whose findings came in a document: it has no target that could be scanned again from here. */
export function newImport(facts: ImportFacts, project: string, now: Date): Scan {
  const { format, tools, scanTypes } = facts;
  return {
    ...untouched(now),
    origin: 'import',
    imported: { format, tools: tools.map((tool) => ({ ...tool })) },
    project,
    targetPath: null,
    targetInProject: null,
    targetUrl: null,
    targetHost: null,
    scanTypes: [...scanTypes],
    options: { semgrepRules: [], scanners: null },
  };
}

type Untouched = Omit<
  Scan,
  | 'origin'
  | 'imported'
  | 'project'
  | 'targetPath'
  | 'targetInProject'
  | 'targetUrl'
  | 'targetHost'
  | 'scanTypes'
  | 'options'
>;

function untouched(now: Date): Untouched {
  return {
    id: globalThis.crypto.randomUUID(),
    status: 'pending',
    createdAt: now.toISOString(),
    startedAt: null,
    begunAt: null,
    completedAt: null,
    hiddenAt: null,
    principalId: null,
    findingsCount: 0,
    suppressedCount: 0,
    criticalCount: 0,
    highCount: 0,
    mediumCount: 0,
    lowCount: 0,
    infoCount: 0,
    riskScore: null,
    summary: null,
    error: null,
    notices: null,
    noticesCount: 0,
  };
}
