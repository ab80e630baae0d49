import type { ParsedFinding } from '@securescan/core';
import { parseAlerts } from './alerts';
import { numberIn } from './remote-scan';
import type { ZapClient } from './zap-client';

const PAGE = 500;
const MAX_PAGES = 20;

/** All that the daemon holds against the target's origin, page by page, as far as a report can hold it. */
export async function collectAlerts(
  client: ZapClient,
  target: URL,
  signal: AbortSignal,
): Promise<{ findings: readonly ParsedFinding[]; isCut: boolean }> {
  const findings: ParsedFinding[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    // The first alert has the number 1.
    const range = { start: String(page * PAGE + 1), count: String(PAGE) };
    const parameters = { baseurl: target.origin, ...range };
    const answer = await client.text('core/view/alerts', parameters, signal);
    const alerts = parseAlerts(answer, target.href);
    // ZAP compares beginnings: `http://shop:80` is one of `http://shop:8080`, too.
    findings.push(...alerts.findings.filter(({ metadata }) => isOf(target, metadata['url'])));
    if (alerts.count < PAGE) return { findings, isCut: false };
  }
  return { findings, isCut: true };
}

/** ZAP keeps what it found until its session is a new one, and does not raise it a second time. */
export async function countKnownAlerts(
  client: ZapClient,
  target: URL,
  signal: AbortSignal,
): Promise<number> {
  const answer = await client.ask('core/view/numberOfAlerts', { baseurl: target.origin }, signal);
  return Number(numberIn(answer.field('numberOfAlerts')));
}

function isOf({ origin }: URL, url: unknown): boolean {
  return typeof url === 'string' && URL.canParse(url) && new URL(url).origin === origin;
}
