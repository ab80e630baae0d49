import type { JsonReader } from '@securescan/core';
import { OperationalError } from '@securescan/core';
import type { HttpAnswer, HttpClient } from '../../ports';
import type { ToolSettings } from '../../scanner';
import { readToolJson } from '../json-reader';
import { ScannerOutputError } from '../scanner-output.errors';
import { shortened } from '../shortened';

/** The daemon cannot be worked with: it does not answer, or not to us. */
export class ZapUnavailableError extends OperationalError {
  constructor(message: string, cause?: unknown) {
    super('SERVICE_UNAVAILABLE', message, { cause });
  }
}

export const DEFAULT_ZAP_ADDRESS = 'http://127.0.0.1:8090';
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_CODE = 60;

type Parameters = Readonly<Record<string, string>>;

/**
 * Speaks to the API of a ZAP daemon. The operator named its address, so nobody has to admit it. Rejects with
 * OperationalError, or with the signal's reason once that is aborted.
 */
export class ZapClient {
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly http: HttpClient,
    private readonly settings: Pick<ToolSettings, 'zapAddress' | 'zapApiKey'>,
    private readonly timeoutMs: number,
  ) {
    const { zapApiKey } = settings;
    this.headers = zapApiKey === undefined ? {} : { 'X-ZAP-API-Key': zapApiKey };
  }

  private get address(): string {
    return readAddress(this.settings.zapAddress ?? DEFAULT_ZAP_ADDRESS);
  }

  /** Rejects with ZapUnavailableError where nobody answers or our key is refused. */
  async version(signal: AbortSignal): Promise<string> {
    try {
      const answer = await this.ask('core/view/version', {}, signal);
      return shortened(answer.field('version').string(), MAX_CODE);
    } catch (error) {
      const isSilent = error instanceof OperationalError && error.code === 'SERVICE_UNAVAILABLE';
      if (!isSilent || error instanceof ZapUnavailableError) throw error;
      // A daemon drops the connection of whoever has the wrong key, unless it was told to say so.
      throw new ZapUnavailableError(
        `ZAP does not answer at ${this.address} (${error.message}). See that it runs there, that SECURESCAN_ZAP_ADDRESS names it and that SECURESCAN_ZAP_API_KEY is its key: to a wrong key it gives no answer.`,
        error,
      );
    }
  }

  /** What a view or an action answers, as JSON. */
  async ask(path: string, parameters: Parameters, signal: AbortSignal): Promise<JsonReader> {
    return readToolJson('zap', await this.text(path, parameters, signal));
  }

  async text(path: string, parameters: Parameters, signal: AbortSignal): Promise<string> {
    const query = new URLSearchParams(parameters).toString();
    const answer = await this.http.send({
      method: 'GET',
      url: `${this.address}/JSON/${path}/${query === '' ? '' : `?${query}`}`,
      headers: this.headers,
      timeoutMs: this.timeoutMs,
      maxBodyBytes: MAX_BODY_BYTES,
      signal,
    });
    if (answer.status !== 200) throw this.refusal(path, answer);
    if (answer.isBodyCut) throw new ScannerOutputError('zap', `the answer to ${path} is too large`);
    return answer.body;
  }

  private refusal(path: string, { status, body }: HttpAnswer): OperationalError {
    const code = codeIn(body);
    if (status === 401 || status === 403 || code === 'bad_api_key') {
      return new ZapUnavailableError(
        `ZAP at ${this.address} refuses the key: set SECURESCAN_ZAP_API_KEY to the api.key that it was started with.`,
      );
    }
    return new OperationalError(
      'TOOL_FAILED',
      `ZAP answered ${path} with status ${String(status)} (${code ?? 'no reason given'}).`,
    );
  }
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ZapUnavailableError(
      `SECURESCAN_ZAP_ADDRESS is not the address of a ZAP daemon: write it as ${DEFAULT_ZAP_ADDRESS}.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/$/u, '')}`;
}

/** ZAP says in one word what it does not like. */
function codeIn(body: string): string | null {
  try {
    const code = readToolJson('zap', body).field('code').optionalString();
    return code === null ? null : shortened(code, MAX_CODE);
  } catch {
    // Expected: somebody else answers at the address.
    return null;
  }
}
