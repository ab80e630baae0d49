import type { Invocation, Location, Log, Notification, PropertyBag, Result } from 'sarif';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { suppressionOf } from '../model/suppression';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import type { ScanDocument } from './document';
import { isComplete } from './document';
import { sarifLevel, sarifRules } from './sarif-rules';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const SOURCE_ROOT = '%SRCROOT%';
/** Nothing to encode. */
const PLAIN_PATH = /^[\w./-]*$/;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The report as SARIF 2.1.0: two spaces, each result on a line of its own, one newline at the end. */
export function renderSarif(document: ScanDocument): string {
  return [...sarifChunks(document)].join('');
}

/** What a log says beside a scan's own report. */
export interface SarifExtras {
  /** SARIF 3.27.24, by finding. */
  readonly baselineStates?: ReadonlyMap<Finding, Result.baselineState>;
  /** Of the invocation. */
  readonly properties?: PropertyBag;
}

/** The same text in pieces, one for each result, for reports that need not be in memory at once. */
export function* sarifChunks(
  document: ScanDocument,
  { baselineStates = new Map(), properties }: SarifExtras = {},
): Generator<string> {
  const log = logOf(document, properties);
  const ruleIndexes = new Map(log.ruleIds.map((id, index) => [id, index]));
  const envelope = JSON.stringify(log.envelope, null, 2);
  // `results` is the last member of the only run, so that the rest of the text is known to be closing brackets.
  yield envelope.slice(0, envelope.lastIndexOf('[') + 1);
  let separator = '\n        ';
  for (const finding of document.findings) {
    const result = resultOf(finding, ruleIndexes.get(finding.ruleId) ?? -1);
    const baselineState = baselineStates.get(finding);
    const placed = baselineState === undefined ? result : { ...result, baselineState };
    yield separator + JSON.stringify(placed);
    separator = ',\n        ';
  }
  yield document.findings.length === 0 ? ']\n    }\n  ]\n}\n' : '\n      ]\n    }\n  ]\n}\n';
}

function logOf(
  document: ScanDocument,
  properties?: PropertyBag,
): { envelope: Log; ruleIds: readonly string[] } {
  const rules = sarifRules(document.findings);
  const envelope: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'SecureScan',
            version: document.toolVersion,
            semanticVersion: document.toolVersion,
            rules,
          },
        },
        invocations: [{ ...invocationOf(document), ...(properties && { properties }) }],
        originalUriBaseIds: {
          [SOURCE_ROOT]: { description: { text: 'The root of the scanned project.' } },
        },
        columnKind: 'utf16CodeUnits',
        results: [],
      },
    ],
  };
  return { envelope, ruleIds: rules.map(({ id }) => id) };
}

function invocationOf({ outcomes, notices }: ScanDocument): Invocation {
  return {
    executionSuccessful: isComplete(outcomes),
    toolExecutionNotifications: outcomes
      .filter(({ status }) => status !== 'completed')
      .map(notificationOf),
    ...(notices.length === 0
      ? {}
      : { toolConfigurationNotifications: notices.map(suppressionNotification) }),
  };
}

function suppressionNotification({
  kind,
  filePath,
  line,
  message,
}: SuppressionNotice): Notification {
  return {
    level: 'warning',
    message: { text: message },
    descriptor: { id: `suppression-${kind}` },
    ...(filePath === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodePath(filePath), uriBaseId: SOURCE_ROOT },
                region: { startLine: line },
              },
            },
          ],
        }),
  };
}

function notificationOf(outcome: ScannerOutcome): Notification {
  const reason = outcome.reason ?? 'no reason given';
  return {
    level: outcome.status === 'skipped' ? 'warning' : 'error',
    message: { text: `${outcome.scanner} ${outcome.status.replace('_', ' ')}: ${reason}` },
    descriptor: { id: `scanner-${outcome.status.replace('_', '-')}` },
    properties: { scanner: outcome.scanner, install_hint: outcome.installHint },
  };
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: sarifLevel(finding.severity),
    message: { text: finding.description === '' ? finding.title : finding.description },
    locations: [locationOf(finding)],
    ...suppressionsOf(finding),
    partialFingerprints: {
      primaryLocationLineHash: `${finding.fingerprint}:${String(finding.occurrence)}`,
      'securescan/v1': finding.fingerprint,
    },
    properties: {
      id: finding.id,
      scanner: finding.scanner,
      scan_type: finding.scanType,
      severity: finding.severity,
      title: finding.title,
      ...(finding.cwe === null ? {} : { cwe: finding.cwe }),
      ...(finding.remediation === null ? {} : { remediation: finding.remediation }),
      ...(finding.complianceTags.length === 0 ? {} : { tags: [...finding.complianceTags] }),
    },
  };
}

/** SARIF 3.27.23, 3.35.2: `inSource` for a comment in the code, `external` for a decision that stands elsewhere. */
function suppressionsOf(finding: Finding): Pick<Result, 'suppressions'> {
  const suppression = suppressionOf(finding);
  if (suppression === null) return {};
  const { kind, reason } = suppression;
  return {
    suppressions: [
      {
        kind: kind === 'inline' ? 'inSource' : 'external',
        ...(reason === null ? {} : { justification: reason }),
      },
    ],
  };
}

/** Code scanning refuses a result without a file and a line, so one that has none is shown in a file that stands for its scanner. */
function locationOf(finding: Finding): Location {
  const startLine = Math.max(1, finding.lineStart ?? 1);
  const endLine = Math.max(startLine, finding.lineEnd ?? startLine);
  const uri =
    finding.filePath === null
      ? `.securescan/${encodePath(finding.scanner)}`
      : encodePath(finding.filePath);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: SOURCE_ROOT },
      region: { startLine, endLine },
    },
    ...(finding.filePath === null
      ? { logicalLocations: [{ name: finding.title, kind: 'resource' }] }
      : {}),
  };
}

/** Percent-encoded per segment (RFC 3986); a lone surrogate, which no URI can hold, becomes U+FFFD. */
function encodePath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(LONE_SURROGATE, '\ufffd')))
    .join('/');
}
