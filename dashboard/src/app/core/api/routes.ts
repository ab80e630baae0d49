const ROOT = '/api/v1';

/** Where the server answers: one place, same origin. */
export const API = {
  banner: '/',
  ready: '/ready',
  session: `${ROOT}/session`,
  scans: `${ROOT}/scans`,
  status: `${ROOT}/dashboard/status`,
  stats: `${ROOT}/dashboard/stats`,
  trends: `${ROOT}/dashboard/trends`,
  ages: `${ROOT}/insight/ages`,
  responseTimes: `${ROOT}/insight/response-times`,
  coverage: `${ROOT}/compliance/coverage`,
  coverageTrend: `${ROOT}/compliance/trend`,
  findings: `${ROOT}/findings`,
  bulkDecision: `${ROOT}/findings/state/bulk`,
  targets: `${ROOT}/targets`,
  browse: `${ROOT}/browse`,
  notifications: `${ROOT}/notifications`,
  unreadCount: `${ROOT}/notifications/unread-count`,
  allRead: `${ROOT}/notifications/read-all`,
  projects: `${ROOT}/projects`,
  webhooks: `${ROOT}/webhooks`,
  keys: `${ROOT}/keys`,
  ownKey: `${ROOT}/keys/me`,
} as const;

/** What lies between two scans. */
export const COMPARE = {
  counts: `${ROOT}/scans/compare`,
  findings: `${ROOT}/scans/compare/findings`,
  report: `${ROOT}/scans/compare/report`,
} as const;

/** Bills of materials. */
export const SBOM = {
  history: `${ROOT}/sbom/history`,
  diff: `${ROOT}/sbom/diff`,
} as const;

export type ScanRoute =
  'findings' | 'summary' | 'cancel' | 'events' | 'event-token' | 'report' | 'sbom' | 'vex';

/** Installs a scanner's tool; answers when it is done, which may take minutes. */
export function installRoute(scanner: string): string {
  return `${ROOT}/dashboard/install/${encodeURIComponent(scanner)}`;
}

export function notificationReadRoute(id: string): string {
  return `${API.notifications}/${encodeURIComponent(id)}/read`;
}

/** A stored bill of materials, what it lists, or its document. */
export function billRoute(id: string, below?: 'components' | 'export'): string {
  const bill = `${ROOT}/sbom/${encodeURIComponent(id)}`;
  return below === undefined ? bill : `${bill}/${below}`;
}

export function keyRoute(id: string): string {
  return `${API.keys}/${encodeURIComponent(id)}`;
}

/** A webhook, or what is below it. */
export function webhookRoute(
  id: string,
  below?: 'deliveries' | 'replay' | 'rotate-secret' | 'test',
): string {
  const webhook = `${API.webhooks}/${encodeURIComponent(id)}`;
  return below === undefined ? webhook : `${webhook}/${below}`;
}

/** A delivery of a webhook, or what can be done with it. */
export function deliveryRoute(id: string, delivery: string, deed?: 'redeliver' | 'skip'): string {
  const route = `${webhookRoute(id, 'deliveries')}/${encodeURIComponent(delivery)}`;
  return deed === undefined ? route : `${route}/${deed}`;
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
