import type { JsonReader } from '@securescan/core';
import type { JsonObject, Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type { ScannerReport } from '../../scanner';
import { firstSentence } from '../first-sentence';
import { readToolJson } from '../json-reader';
import { ScannerOutputError } from '../scanner-output.errors';
import { shortened } from '../shortened';
import { linksIn, plainText, tidyText } from './alert-texts';
import { REVEALING_RULES } from './revealing-rules';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['3', 'high'],
  ['high', 'high'],
  ['2', 'medium'],
  ['medium', 'medium'],
  ['1', 'low'],
  ['low', 'low'],
  ['0', 'info'],
  ['informational', 'info'],
]);
const CONFIDENCES: ReadonlyMap<string, string> = new Map([
  ['0', 'false positive'],
  ['1', 'low'],
  ['2', 'medium'],
  ['3', 'high'],
  ['4', 'confirmed'],
]);
const FALSE_POSITIVE = 'false positive';
const UNKNOWN_RULE = 'unknown';
const MAX_URL = 2_000;
const MAX_SHORT = 200;
const MAX_EVIDENCE = 500;

/** One defect at one place, in the words of either spelling. */
interface Alert {
  readonly rule: string;
  /** The rule's own number for the kind of defect, where it finds several. */
  readonly reference: string | null;
  readonly name: string;
  readonly severity: Severity;
  readonly confidence: string;
  readonly description: string;
  readonly solution: string;
  readonly links: readonly string[];
  readonly cwe: number | null;
  readonly wasc: number | null;
}

interface Place {
  readonly url: string;
  readonly method: string;
  readonly param: string;
  readonly evidence: string;
}

export interface AlertPage {
  readonly findings: readonly ParsedFinding[];
  /** All alerts, those too that are left out. */
  readonly count: number;
}

/**
 * Reads the alerts that ZAP's API answers with, or a report in its traditional JSON format, where the fields have other names
 * and the texts are HTML. Alerts that somebody marked as false positives are left out. The subject is the URL that was
 * scanned. Throws ScannerOutputError for anything else.
 */
export function parseZap(output: string, subject: string): ScannerReport {
  return {
    findings: parseAlerts(output, subject).findings,
    assessed: null,
    skipped: [],
    notes: [],
  };
}

/** As `parseZap`, for whoever asks page by page. */
export function parseAlerts(output: string, targetUrl: string): AlertPage {
  const answer = readToolJson('zap', output);
  const sites = answer.field('site');
  if (!sites.isAbsent) {
    const alerts = sites.items().flatMap((site) => reportedAlerts(site, targetUrl));
    return { findings: alerts.flat(), count: alerts.length };
  }
  const alerts = answer.field('alerts').items();
  return { findings: alerts.flatMap((alert) => liveAlert(alert, targetUrl)), count: alerts.length };
}

function liveAlert(alert: JsonReader, targetUrl: string): ParsedFinding[] {
  const text = (name: string): string => tidyText(alert.field(name).optionalString() ?? '');
  const facts = factsOf(alert, {
    rule: 'pluginId',
    severity: 'risk',
    text: {
      description: text('description'),
      solution: text('solution'),
      links: text('reference'),
    },
  });
  const place = placeOf(alert, 'url', '');
  return toFinding(facts, place, targetUrl);
}

function reportedAlerts(site: JsonReader, targetUrl: string): ParsedFinding[][] {
  const name = site.field('@name').optionalString() ?? '';
  return site
    .field('alerts')
    .items()
    .map((alert) => {
      const text = (field: string): string => plainText(alert.field(field).optionalString() ?? '');
      const facts = factsOf(alert, {
        rule: 'pluginid',
        severity: 'riskcode',
        text: { description: text('desc'), solution: text('solution'), links: text('reference') },
      });
      const instances = alert.field('instances').optionalItems();
      const places = instances.map((instance) => placeOf(instance, 'uri', name));
      const nowhere = { url: name, method: '', param: '', evidence: '' };
      return (places.length === 0 ? [nowhere] : places).flatMap((place) =>
        toFinding(facts, place, targetUrl === '' ? name : targetUrl),
      );
    });
}

/** How one of the two spellings names its fields, and its texts as plain ones. */
interface Spelling {
  readonly rule: string;
  readonly severity: string;
  readonly text: {
    readonly description: string;
    readonly solution: string;
    readonly links: string;
  };
}

function factsOf(alert: JsonReader, { rule, severity, text }: Spelling): Alert {
  const id = alert.field(rule).optionalString() ?? '';
  const confidence = short(alert.field('confidence').optionalString()).toLowerCase();
  const reference = short(alert.field('alertRef').optionalString());
  const named = alert.field('alert').optionalString() ?? alert.field('name').string();
  return {
    // What a person or a script adds has -1.
    rule: /^\d{1,9}$/.test(id) ? id : UNKNOWN_RULE,
    reference: /^\d{1,9}-\d{1,9}$/.test(reference) ? reference : null,
    name: firstSentence(named, 'Alert without a name'),
    severity: severityOf(alert.field(severity)),
    confidence: CONFIDENCES.get(confidence) ?? confidence,
    description: text.description,
    solution: text.solution,
    links: linksIn(text.links),
    cwe: positiveNumber(alert.field('cweid')),
    wasc: positiveNumber(alert.field('wascid')),
  };
}

function severityOf(risk: JsonReader): Severity {
  const severity = SEVERITIES.get(risk.string().toLowerCase());
  if (severity === undefined)
    throw new ScannerOutputError('zap', 'the risk of an alert is unknown');
  return severity;
}

/** 0 and -1 stand for none. */
function positiveNumber(reader: JsonReader): number | null {
  const text = reader.optionalString() ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function placeOf(reader: JsonReader, url: string, otherwise: string): Place {
  const text = (name: string): string => reader.field(name).optionalString() ?? '';
  return {
    url: text(url) === '' ? otherwise : text(url),
    method: short(text('method')),
    param: short(text('param')),
    evidence: shortened(withoutValue(text('evidence')), MAX_EVIDENCE),
  };
}

/** Of a header with credentials, its name and the cookie's. */
function withoutValue(evidence: string): string {
  const header =
    /^\s{0,10}(?:(?:set-)?cookie:\s{0,10}[^=;\s]{0,100}|(?:proxy-)?authorization:)/iu.exec(
      evidence,
    );
  return header === null ? evidence : header[0];
}

function short(text: string | null): string {
  return shortened((text ?? '').replace(/\s+/gu, ' ').trim(), MAX_SHORT);
}

function toFinding(alert: Alert, place: Place, targetUrl: string): ParsedFinding[] {
  if (alert.confidence === FALSE_POSITIVE) return [];
  const { rule, name, severity, description, solution, cwe } = alert;
  const address = addressOf(place.url);
  return [
    {
      ruleId: `zap-${rule}`,
      severity,
      title: name,
      description: description === '' ? name : description,
      filePath: null,
      lineStart: null,
      lineEnd: null,
      cwe: cwe === null ? null : `CWE-${String(cwe)}`,
      remediation: solution === '' ? null : solution,
      metadata: metadataOf(alert, place, { targetUrl, address }),
      discriminator: discriminatorOf(alert, place, address.path),
    },
  ];
}

/** Method, path and parameter (D1), and what tells apart the defects that one rule finds there. */
function discriminatorOf(
  { rule, reference, name }: Alert,
  { method, param }: Place,
  path: string,
): string {
  const kind = rule === UNKNOWN_RULE ? name : (reference ?? '');
  return [method, path, param, kind].filter((part) => part !== '').join(' ');
}

function metadataOf(
  { rule, reference, confidence, cwe, wasc, links }: Alert,
  { url, method, param, evidence }: Place,
  { targetUrl, address }: { readonly targetUrl: string; readonly address: Address },
): JsonObject {
  const isRevealing = REVEALING_RULES.has(rule);
  return {
    target_url: targetUrl,
    url: isRevealing ? address.bare : shortened(url, MAX_URL),
    method,
    param,
    ...(isRevealing ? {} : { evidence }),
    ...(cwe === null ? {} : { cweid: cwe }),
    ...(wasc === null ? {} : { wascid: wasc }),
    ...(reference === null ? {} : { alert_ref: reference }),
    ...(confidence === '' ? {} : { confidence }),
    references: [...links],
  };
}

interface Address {
  readonly path: string;
  /** Without a query and what a session leaves in the path. */
  readonly bare: string;
}

function addressOf(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  const path = (url?.pathname ?? text.split(/[?#]/u, 1)[0] ?? '')
    .slice(0, MAX_URL)
    .replace(/;[^/]*/gu, '');
  return { path, bare: url === null ? path : `${url.origin}${path}` };
}
