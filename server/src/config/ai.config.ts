import type { AdviceOrder } from '@securescan/host-node';
import { IsOptional, Max, Min } from 'class-validator';
import { IsWebEndpoint } from './constraints';
import { Setting, text, wholeNumber } from './setting';

const TOTAL_MS = 120_000;

/** The language model that a scan may ask for advice, where whoever starts it says so. */
export class AiConfig {
  /** Up to and without `/chat/completions`. Null: nobody is asked. */
  @Setting('SECURESCAN_AI_BASE_URL', text)
  @IsOptional()
  @IsWebEndpoint()
  readonly baseUrl: string | null = null;

  /** Needed beside the address. */
  @Setting('SECURESCAN_AI_MODEL', text)
  readonly model: string | null = null;

  @Setting('SECURESCAN_AI_API_KEY', text, { isSecret: true })
  readonly apiKey: string | null = null;

  /** Of one scan. */
  @Setting('SECURESCAN_AI_MAX_CALLS', wholeNumber)
  @Min(1)
  @Max(500)
  readonly maxCalls: number = 20;
}

/** What a scan is told of it; `null` where nobody is asked. */
export function toAdviceOrder({ baseUrl, model, apiKey, maxCalls }: AiConfig): AdviceOrder | null {
  if (baseUrl === null || model === null) return null;
  return {
    chat: { baseUrl, model, apiKey },
    budget: { calls: maxCalls, totalMs: TOTAL_MS },
  };
}
