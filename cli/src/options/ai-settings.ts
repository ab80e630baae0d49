import type { AdviceOrder } from '@securescan/host-node';

type Get = (name: string) => string;

const DEFAULT_CALLS = 20;
const MOST_CALLS = 500;
const TOTAL_MS = 120_000;

/** `null` where no endpoint is named; the server reads the same variables. */
export function readAdviceSettings(get: Get, problems: string[]): AdviceOrder | null {
  const baseUrl = get('SECURESCAN_AI_BASE_URL');
  const model = get('SECURESCAN_AI_MODEL');
  const calls = readCalls(get('SECURESCAN_AI_MAX_CALLS'), problems);
  if (baseUrl === '') return null;
  if (!isEndpoint(baseUrl)) {
    problems.push(
      'SECURESCAN_AI_BASE_URL must be a URL that begins with http:// or https://, without a user name.',
    );
    return null;
  }
  if (model === '') {
    problems.push('SECURESCAN_AI_MODEL must name the model that SECURESCAN_AI_BASE_URL offers.');
    return null;
  }
  const apiKey = get('SECURESCAN_AI_API_KEY') || null;
  return { chat: { baseUrl, model, apiKey }, budget: { calls, totalMs: TOTAL_MS } };
}

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/u.test(protocol) && username === '' && password === '';
}

function readCalls(text: string, problems: string[]): number {
  if (text === '') return DEFAULT_CALLS;
  const calls = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (calls >= 1 && calls <= MOST_CALLS) return calls;
  problems.push(
    `SECURESCAN_AI_MAX_CALLS must be a whole number from 1 to ${MOST_CALLS}, and is "${text}".`,
  );
  return DEFAULT_CALLS;
}
