import type { AdviceOrder } from '@securescan/host-node';
import { ADVICE_BUDGET, isChatEndpoint, MOST_ADVICE_CALLS } from '@securescan/scan-engine';

type Get = (name: string) => string;

/** `null` where no endpoint is named; the server reads the same variables. */
export function readAdviceSettings(get: Get, problems: string[]): AdviceOrder | null {
  const baseUrl = get('SECURESCAN_AI_BASE_URL');
  const model = get('SECURESCAN_AI_MODEL');
  const calls = readCalls(get('SECURESCAN_AI_MAX_CALLS'), problems);
  if (baseUrl === '') return null;
  if (!isChatEndpoint(baseUrl)) {
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
  return { chat: { baseUrl, model, apiKey }, budget: { ...ADVICE_BUDGET, calls } };
}

function readCalls(text: string, problems: string[]): number {
  if (text === '') return ADVICE_BUDGET.calls;
  const calls = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (calls >= 1 && calls <= MOST_ADVICE_CALLS) return calls;
  problems.push(
    `SECURESCAN_AI_MAX_CALLS must be a whole number from 1 to ${MOST_ADVICE_CALLS}, and is "${text}".`,
  );
  return ADVICE_BUDGET.calls;
}
