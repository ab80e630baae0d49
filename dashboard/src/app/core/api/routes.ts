const ROOT = '/api/v1';

/** Where the server answers: one place, same origin. */
export const API = {
  health: '/health',
  session: `${ROOT}/session`,
  scans: `${ROOT}/scans`,
  status: `${ROOT}/dashboard/status`,
  stats: `${ROOT}/dashboard/stats`,
  browse: `${ROOT}/browse`,
  findings: `${ROOT}/findings`,
  bulkDecision: `${ROOT}/findings/state/bulk`,
  targets: `${ROOT}/targets`,
} as const;

export type ScanRoute = 'findings' | 'summary' | 'cancel' | 'events' | 'event-token';

/** Installs a scanner's tool; answers when it is done, which may take minutes. */
export function installRoute(scanner: string): string {
  return `${ROOT}/dashboard/install/${encodeURIComponent(scanner)}`;
}

/** A scan's own route, or one below it. */
export function scanRoute(id: string, below?: ScanRoute): string {
  const scan = `${API.scans}/${encodeURIComponent(id)}`;
  return below === undefined ? scan : `${scan}/${below}`;
}

export type FindingRoute = 'state' | 'history' | 'comments' | 'places';

/** A finding across scans, or a route below it. */
export function findingRoute(fingerprint: string, below?: FindingRoute): string {
  const finding = `${API.findings}/${encodeURIComponent(fingerprint)}`;
  return below === undefined ? finding : `${finding}/${below}`;
}

export function commentRoute(fingerprint: string, id: string): string {
  return `${findingRoute(fingerprint, 'comments')}/${encodeURIComponent(id)}`;
}
