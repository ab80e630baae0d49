import type {
  FindingWithStateBody,
  ScanBody,
  ScanEventBody,
  ScanEventName,
  ScanSummaryBody,
  ScannerOutcomeBody,
  ScannerStatusBody,
  SessionBody,
} from '@securescan/contracts';

export function aScan(change: Partial<ScanBody> = {}): ScanBody {
  return {
    id: '0c8f2a6e-7d11-4f0e-9a53-3b1f5d2c8e90',
    origin: 'scan',
    project: '/srv/shop',
    target_path: '/srv/shop',
    target_url: null,
    target_host: null,
    scan_types: ['code'],
    scanners: null,
    active: false,
    history: false,
    baseline_host_probes: false,
    ai: false,
    status: 'completed',
    queue_position: null,
    requested_by: null,
    created_at: '2026-03-01T10:00:00.000Z',
    started_at: '2026-03-01T10:00:01.000Z',
    completed_at: '2026-03-01T10:00:31.000Z',
    findings_count: 2,
    suppressed_count: 0,
    risk_score: 51.3,
    summary: null,
    error: null,
    scanners_run: ['secrets'],
    scanners_skipped: [],
    scanner_outcomes: [anOutcome()],
    imported: null,
    suppression_notices: [],
    suppression_notices_count: 0,
    ...change,
  };
}

/** A scan whose findings came in a document. */
export function anImport(change: Partial<ScanBody> = {}): ScanBody {
  return aScan({
    origin: 'import',
    project: 'github.com/ada/shop',
    target_path: null,
    scanners_run: [],
    scanner_outcomes: [],
    imported: {
      format: 'sarif',
      tools: [
        {
          scanner: 'codeql',
          name: 'CodeQL',
          version: '2.19.3',
          status: 'completed',
          reason: null,
          findings_count: 2,
          notes: ['A parse error occurred.'],
        },
      ],
    },
    ...change,
  });
}

export function anOutcome(change: Partial<ScannerOutcomeBody> = {}): ScannerOutcomeBody {
  return {
    scanner: 'secrets',
    scan_type: 'code',
    status: 'completed',
    reason: null,
    install_hint: null,
    version: null,
    rule_pack_digest: null,
    duration_ms: 1200,
    exit_code: null,
    files_assessed: 40,
    files_skipped: [],
    bytes_assessed: 81_920,
    findings_count: 2,
    notes: [],
    stderr_tail: null,
    ...change,
  };
}

export function aFinding(change: Partial<FindingWithStateBody> = {}): FindingWithStateBody {
  return {
    id: 'f-1',
    scan_id: aScan().id,
    scanner: 'semgrep',
    scan_type: 'code',
    severity: 'high',
    title: 'SQL text is built from request data',
    description: 'The value reaches the database without being bound.',
    file_path: 'src/orders.ts',
    line_start: 12,
    line_end: 12,
    rule_id: 'sql-from-request',
    cwe: 'CWE-89',
    remediation: 'Bind the value.',
    metadata: {},
    compliance_tags: [],
    fingerprint: 'ab'.repeat(32),
    occurrence: 1,
    aliases: [{ scanner: 'semgrep', rule_id: 'sql-from-request', fingerprint: 'ab'.repeat(32) }],
    state: null,
    ...change,
  };
}

export function aSummary(change: Partial<ScanSummaryBody> = {}): ScanSummaryBody {
  return {
    total_findings: 2,
    suppressed_findings: 0,
    critical: 0,
    high: 1,
    medium: 1,
    low: 0,
    info: 0,
    risk_score: 51.3,
    scanners_run: ['secrets'],
    ...change,
  };
}

export function aScannerStatus(change: Partial<ScannerStatusBody> = {}): ScannerStatusBody {
  return {
    name: 'secrets',
    scan_type: 'code',
    available: true,
    version: null,
    message: 'secrets is available',
    description: 'Looks for credentials.',
    checks: [],
    install_hint: null,
    needs_network: false,
    installable: false,
    ...change,
  };
}

export function aSession(change: Partial<SessionBody> = {}): SessionBody {
  return {
    authenticated: true,
    kind: 'key',
    principal: { name: 'ci-bot', email: null },
    scopes: ['read', 'write'],
    logout_url: null,
    ...change,
  };
}

/** The JSON of one frame, as the server writes it. */
export function eventJson(seq: number, payload: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    ...payload,
    scan_id: aScan().id,
    seq,
    ts: '2026-03-01T10:00:02.000Z',
  });
}

export function eventBody(
  event: ScanEventName,
  seq: number,
  payload: Readonly<Record<string, unknown>> = {},
): ScanEventBody {
  return { event, data: JSON.parse(eventJson(seq, payload)) };
}
