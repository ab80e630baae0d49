import type { Invocation, Notification, PropertyBag, Result, Run } from 'sarif';
import type { Finding } from '../../model/finding';
import type { ScannerOutcome } from '../../model/outcome';
import type { SuppressionNotice } from '../../suppression/suppression-notice';
import type { ScanDocument } from '../document';
import { isComplete } from '../document';
import { indentedBy } from '../indented';
import {
  planSarifRuns,
  SHOWN_RESULTS_OF_A_RUN,
  withheldWords,
  type SarifLimits,
  type SarifRunPlan,
} from './limits';
import { sarifResult, SOURCE_ROOT } from './result';
import { sarifRules } from './rules';
import { sarifText, sarifUri } from './text';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const MAX_NOTICES = 1_000;
const MAX_NOTICE_CHARACTERS = 2_000;

/** The report as SARIF 2.1.0: two spaces, each result on a line of its own, one newline at the end. */
export function renderSarif(document: ScanDocument): string {
  return [...sarifChunks(document)].join('');
}

/** What a log says beside a scan's own report. */
export interface SarifExtras {
  /** `github` by default. */
  readonly limits?: SarifLimits | undefined;
  /** SARIF 3.27.24, by finding. */
  readonly baselineStates?: ReadonlyMap<Finding, Result.baselineState>;
  /** Of the invocation. */
  readonly properties?: PropertyBag | undefined;
}

/**
 * The same text in pieces, one for each result, for reports that need not be in memory at once. A run for each scan type, with an
 * automation id of its own: a scan of one type closes no alert of another.
 */
export function* sarifChunks(
  document: ScanDocument,
  { limits = 'github', baselineStates = new Map(), properties }: SarifExtras = {},
): Generator<string> {
  const plans = yield* planSarifRuns(document.scanTypes, document.findings, limits);
  yield `{\n  "$schema": "${SCHEMA}",\n  "version": "2.1.0",\n  "runs": [`;
  let separator = '\n';
  for (const [index, plan] of plans.entries()) {
    yield separator;
    const notices = index === 0 ? document.notices : [];
    yield* runChunks({ ...document, notices }, plan, { limits, baselineStates, properties });
    separator = ',\n';
  }
  yield plans.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function* runChunks(
  document: ScanDocument,
  plan: SarifRunPlan,
  { baselineStates, properties, limits }: SarifExtras,
): Generator<string> {
  const rules = sarifRules(plan.findings);
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const ofType = document.outcomes.filter(({ scanType }) => scanType === plan.scanType);
  const run: Run = {
    tool: {
      driver: {
        name: 'SecureScan',
        version: document.toolVersion,
        semanticVersion: document.toolVersion,
        rules,
      },
    },
    automationDetails: { id: automationId(document.target, plan) },
    invocations: [
      {
        ...invocationOf(ofType, document.notices),
        ...(properties && { properties }),
      },
    ],
    originalUriBaseIds: {
      [SOURCE_ROOT]: { description: { text: 'The root of the scanned project.' } },
    },
    columnKind: 'utf16CodeUnits',
    results: [],
  };
  run.invocations?.[0]?.toolExecutionNotifications?.push(...sizeNotifications(plan, limits));
  const envelope = indentedBy(4, JSON.stringify(run, null, 2));
  // `results` is the last member, so that the rest of the text is known to be closing brackets.
  yield envelope.slice(0, envelope.lastIndexOf('[') + 1);
  let separator = '\n        ';
  for (const finding of plan.findings) {
    const ruleIndex = ruleIndexes.get(finding.ruleId) ?? -1;
    yield separator + JSON.stringify(sarifResult(finding, ruleIndex, baselineStates?.get(finding)));
    separator = ',\n        ';
  }
  yield plan.findings.length === 0 ? ']\n    }' : '\n      ]\n    }';
}

/** SARIF 3.17.3: what stands before the last slash is the category, by which code scanning keeps scans apart. */
function automationId(target: string, { scanType }: SarifRunPlan): string {
  const place = target === '.' ? '' : `${sarifUri(target)}/`;
  return `securescan/${scanType}/${place}`;
}

function invocationOf(
  outcomes: readonly ScannerOutcome[],
  notices: readonly SuppressionNotice[],
): Invocation {
  return {
    executionSuccessful: isComplete(outcomes),
    toolExecutionNotifications: outcomes
      .filter(({ status }) => status !== 'completed')
      .map(outcomeNotification),
    ...(notices.length === 0
      ? {}
      : { toolConfigurationNotifications: suppressionNotifications(notices) }),
  };
}

function suppressionNotifications(notices: readonly SuppressionNotice[]): Notification[] {
  const told = notices.slice(0, MAX_NOTICES).map(suppressionNotification);
  const rest = notices.length - told.length;
  if (rest === 0) return told;
  const text = `${String(rest)} more notices about suppressions are in the JSON report.`;
  return [...told, { level: 'warning', message: { text }, descriptor: { id: 'notices-withheld' } }];
}

function suppressionNotification({
  kind,
  filePath,
  line,
  message,
}: SuppressionNotice): Notification {
  return {
    level: 'warning',
    message: { text: sarifText(message, MAX_NOTICE_CHARACTERS) },
    descriptor: { id: `suppression-${kind}` },
    ...(filePath === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: sarifUri(filePath), uriBaseId: SOURCE_ROOT },
                region: { startLine: Math.max(1, line) },
              },
            },
          ],
        }),
  };
}

function outcomeNotification(outcome: ScannerOutcome): Notification {
  const reason = outcome.reason ?? 'no reason given';
  const words = `${outcome.scanner} ${outcome.status.replace('_', ' ')}: ${reason}`;
  return {
    level: outcome.status === 'skipped' ? 'warning' : 'error',
    message: { text: sarifText(words, MAX_NOTICE_CHARACTERS) },
    descriptor: { id: `scanner-${outcome.status.replace('_', '-')}` },
    properties: { scanner: outcome.scanner, install_hint: outcome.installHint },
  };
}

function sizeNotifications(plan: SarifRunPlan, limits: SarifLimits | undefined): Notification[] {
  const withheld = withheldWords(plan);
  const count = plan.findings.length;
  const unshown = `Code scanning shows the ${String(SHOWN_RESULTS_OF_A_RUN)} worst of these ${String(count)} results.`;
  return [
    ...(withheld === null ? [] : [sizeNotification('results-withheld', withheld)]),
    ...(limits === 'none' || count <= SHOWN_RESULTS_OF_A_RUN
      ? []
      : [sizeNotification('results-not-shown', unshown)]),
  ];
}

function sizeNotification(id: string, text: string): Notification {
  return { level: 'warning', message: { text }, descriptor: { id } };
}
