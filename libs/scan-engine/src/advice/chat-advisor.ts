import { listOf, memberOf, objectOf, OperationalError, parsedJson, textOf } from '@securescan/core';
import type { HttpClient } from '../ports';
import type { AdviceQuestion, Advisor, AskLimits } from './advisor';

const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_ANSWER_TOKENS = 400;

/** Where a language model answers. */
export interface ChatSettings {
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | null;
}

/** A URL that a key is sent to, and which is shown: nothing in it may be secret itself. */
export function isChatEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/u.test(protocol) && username === '' && password === '';
}

/** Asks whatever speaks the chat completions of OpenAI's API, hosted or on the own machine. Follows no redirect, uses no proxy. */
export class ChatAdvisor implements Advisor {
  readonly model: string;
  readonly origin: string;

  constructor(
    private readonly settings: ChatSettings,
    private readonly http: HttpClient,
  ) {
    this.model = settings.model;
    this.origin = new URL(settings.baseUrl).origin;
  }

  async ask(
    { instructions, facts }: AdviceQuestion,
    { timeoutMs, signal }: AskLimits,
  ): Promise<string> {
    const { baseUrl, apiKey, model } = this.settings;
    const answer = await this.http.send({
      method: 'POST',
      url: `${baseUrl.replace(/\/+$/u, '')}/chat/completions`,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: facts },
        ],
        max_tokens: MAX_ANSWER_TOKENS,
        temperature: 0,
      }),
      timeoutMs,
      maxBodyBytes: MAX_ANSWER_BYTES,
      signal,
    });
    if (answer.status !== 200) throw unusable(`it answered with status ${answer.status}`);
    if (answer.isBodyCut) throw unusable('its answer was too long');
    return contentOf(answer.body);
  }
}

function contentOf(body: string): string {
  const answer = parsedJson(body);
  if (answer === null) throw unusable('its answer is no JSON object');
  const [choice] = listOf(memberOf(answer, 'choices'));
  const content = textOf(memberOf(objectOf(memberOf(objectOf(choice), 'message')), 'content'));
  if (content === null) throw unusable('its answer has no text at choices[0].message.content');
  return content;
}

function unusable(reason: string): OperationalError {
  return new OperationalError(
    'SERVICE_UNAVAILABLE',
    `The language model was of no help: ${reason}.`,
  );
}
