import type { AdviceOrder } from '@securescan/host-node';
import { ADVICE_BUDGET, MOST_ADVICE_CALLS } from '@securescan/scan-engine';
import { IsOptional, Max, Min } from 'class-validator';
import { IsChatEndpoint } from './constraints';
import { Setting, text, wholeNumber } from './setting';

/** The language model that a scan may ask for advice, where whoever starts it says so. */
export class AiConfig {
  /** Up to and without `/chat/completions`. Null: nobody is asked. */
  @Setting('SECURESCAN_AI_BASE_URL', text)
  @IsOptional()
  @IsChatEndpoint()
  readonly baseUrl: string | null = null;

  /** Needed beside the address. */
  @Setting('SECURESCAN_AI_MODEL', text)
  readonly model: string | null = null;

  @Setting('SECURESCAN_AI_API_KEY', text, { isSecret: true })
  readonly apiKey: string | null = null;

  /** Of one scan. */
  @Setting('SECURESCAN_AI_MAX_CALLS', wholeNumber)
  @Min(1)
  @Max(MOST_ADVICE_CALLS)
  readonly maxCalls: number = ADVICE_BUDGET.calls;
}

/** What a scan is told of it; `null` where nobody is asked. */
export function toAdviceOrder({ baseUrl, model, apiKey, maxCalls }: AiConfig): AdviceOrder | null {
  if (baseUrl === null || model === null) return null;
  return {
    chat: { baseUrl, model, apiKey },
    budget: { ...ADVICE_BUDGET, calls: maxCalls },
  };
}
