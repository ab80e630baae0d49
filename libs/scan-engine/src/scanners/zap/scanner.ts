import { OperationalError } from '@securescan/core';
import type { BuiltinScanner, InspectContext, ScannerReport, Unavailable } from '../../scanner';
import { collectAlerts, countKnownAlerts } from './collect-alerts';
import { countVisited } from './count-visited';
import { drainPassiveQueue, runRemoteScan, type Pace } from './remote-scan';
import { readTarget, refusalOf } from './target';
import { ZapClient, ZapUnavailableError } from './zap-client';

/** How often the daemon is asked, and how long it may take. Milliseconds. */
export interface ZapTiming {
  readonly spider: Pace;
  readonly active: Pace;
  readonly passive: Pace;
  readonly versionMs: number;
  readonly requestMs: number;
}

const SECOND = 1_000;
const MINUTE = 60_000;
/** Together less than the scanner's hour. */
const TIMING: ZapTiming = {
  spider: { pollMs: SECOND, limitMs: 5 * MINUTE },
  active: { pollMs: 2 * SECOND, limitMs: 45 * MINUTE },
  passive: { pollMs: SECOND, limitMs: 3 * MINUTE },
  versionMs: 5 * SECOND,
  requestMs: 30 * SECOND,
};
const MAX_DEPTH = '10';
const MAX_CHILDREN = '200';
const NOTHING: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };

const INSTALL_HINT =
  'zap.sh -daemon -host 127.0.0.1 -port 8090 -config api.key=<key>, then set SECURESCAN_ZAP_ADDRESS=http://127.0.0.1:8090 and SECURESCAN_ZAP_API_KEY=<key>';

/** Lets a ZAP daemon visit a web application, and attack it where the order says so. */
export function createZapScanner(timing: ZapTiming = TIMING): BuiltinScanner {
  return Object.freeze<BuiltinScanner>({
    kind: 'builtin',
    name: 'zap',
    scanType: 'dast',
    description: 'Lets the ZAP proxy crawl a web application and judge what it answers.',
    checks: [
      'Headers, cookies and forms of every page that the crawler reaches',
      'What pages and errors give away about the server',
      'Outdated libraries in pages',
      'With an active scan: injection, cross-site scripting and path traversal, by attacks',
    ],
    timeLimitMs: 60 * MINUTE,
    rules: [],
    needsNetwork: true,
    service: {
      installHint: INSTALL_HINT,
      version: async (http, { tools = {} }, signal) =>
        new ZapClient(http, tools, timing.versionMs).version(signal),
    },
    inspect: (context) => inspect(context, timing),
  });
}

export const zapScanner = createZapScanner();

async function inspect(
  context: InspectContext,
  timing: ZapTiming,
): Promise<ScannerReport | Unavailable> {
  const { options, machine, signal } = context;
  const target = readTarget(options.targetUrl ?? '');
  if (target === null) return NOTHING;
  const { tools = {} } = options;
  const refusal = await refusalOf(target, machine.network, tools.networkTargets ?? []);
  if (refusal !== null) return { unavailable: refusal, installHint: null };
  const version = await greet(new ZapClient(machine.http, tools, timing.versionMs), signal);
  if (typeof version !== 'string') return version;
  const client = new ZapClient(machine.http, tools, timing.requestMs);
  return scan({ client, target, timing, signal, version, isActive: options.active === true });
}

/** The daemon's version, or that nothing can be done with it. What goes wrong later is a failure. */
async function greet(client: ZapClient, signal: AbortSignal): Promise<string | Unavailable> {
  try {
    return await client.version(signal);
  } catch (error) {
    if (!(error instanceof ZapUnavailableError)) throw error;
    return { unavailable: error.message, installHint: INSTALL_HINT };
  }
}

interface Order {
  readonly client: ZapClient;
  readonly target: URL;
  readonly timing: ZapTiming;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly isActive: boolean;
}

async function scan(order: Order): Promise<ScannerReport> {
  const { client, target, timing, signal, version } = order;
  const known = await countKnownAlerts(client, target, signal);
  const crawl = await spider(order);
  const attack = order.isActive ? await attackTarget(order) : null;
  const isDrained = await drainPassiveQueue(client, timing.passive, signal);
  const { findings, isCut } = await collectAlerts(client, target, signal);
  const notes = [
    `ZAP ${version} visited ${String(crawl.visited)} addresses`,
    ...(known === 0
      ? []
      : [
          `${String(known)} alerts are from before this scan: ZAP keeps them for as long as its session`,
        ]),
    ...(crawl.isComplete ? [] : [stopped('the crawler', timing.spider)]),
    ...(attack === null || attack.isComplete ? [] : [stopped('the active scan', timing.active)]),
    ...(isDrained ? [] : ['ZAP had not judged all pages when its time was up']),
    ...(isCut ? [`ZAP has more alerts than the ${String(findings.length)} that were taken`] : []),
  ];
  return { findings, assessed: null, skipped: [], notes, version };
}

function stopped(who: string, { limitMs }: Pace): string {
  return `${who} was stopped after ${String(limitMs / MINUTE)} minutes: not everything was looked at`;
}

/** ZAP's own limits hold too, in case nobody is left to stop it. */
async function spider({
  client,
  target,
  timing,
  signal,
}: Order): Promise<{ visited: number; isComplete: boolean }> {
  await client.ask('spider/action/setOptionMaxDepth', { Integer: MAX_DEPTH }, signal);
  await client.ask('spider/action/setOptionMaxDuration', minutes(timing.spider), signal);
  const parameters = { url: target.href, maxChildren: MAX_CHILDREN, recurse: 'true' };
  const { id, isComplete } = await runRemoteScan(
    client,
    { kind: 'spider', parameters },
    timing.spider,
    signal,
  );
  const visited = await countVisited(client, id, signal);
  if (visited === 0) {
    throw new OperationalError('SERVICE_UNAVAILABLE', `ZAP could not reach ${target.origin}.`);
  }
  return { visited, isComplete };
}

async function attackTarget({
  client,
  target,
  timing,
  signal,
}: Order): Promise<{ isComplete: boolean }> {
  await client.ask('ascan/action/setOptionMaxScanDurationInMins', minutes(timing.active), signal);
  const parameters = { url: target.href, recurse: 'true' };
  return runRemoteScan(client, { kind: 'ascan', parameters }, timing.active, signal);
}

/** A minute more than we wait. */
function minutes({ limitMs }: Pace): Readonly<Record<string, string>> {
  return { Integer: String(Math.ceil(limitMs / MINUTE) + 1) };
}
