import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { DEFAULT_CIPHERS, type PeerCertificate, type TLSSocket } from 'node:tls';
import { OperationalError } from '@securescan/core';
import type { HttpAnswer, HttpClient, HttpRequest, TlsFacts } from '@securescan/scan-engine';

const MS_PER_DAY = 86_400_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** Where the certificate need not hold, the protocol need not either: whoever asks so wants to see what there is. */
const ANY_TLS = { minVersion: 'TLSv1', ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` } as const;

/** One exchange over a connection of its own. No redirect is followed and no proxy used: the caller judged the address. */
export class NodeHttpClient implements HttpClient {
  /** `authorities`: certificates (PEM) that are trusted in place of Node's own list. */
  constructor(private readonly authorities?: readonly string[]) {}

  async send(request: HttpRequest): Promise<HttpAnswer> {
    const deadline = AbortSignal.timeout(request.timeoutMs);
    const signal = AbortSignal.any([deadline, request.signal]);
    try {
      const response = await answerTo(this.open(request, signal));
      const tls = tlsFactsOf(response);
      const { body, isCut } = await readBody(response, request.maxBodyBytes);
      return {
        status: response.statusCode ?? 0,
        headers: pairsOf(response.rawHeaders),
        body,
        isBodyCut: isCut,
        tls,
      };
    } catch (cause) {
      request.signal.throwIfAborted();
      const seconds = request.timeoutMs / 1000;
      const why = deadline.aborted ? `no answer within ${seconds} s` : describe(cause);
      const { host } = new URL(request.url);
      throw new OperationalError('SERVICE_UNAVAILABLE', `${host} did not answer: ${why}`, {
        cause,
      });
    }
  }

  private open(request: HttpRequest, signal: AbortSignal): ClientRequest {
    const url = new URL(request.url);
    const isSecure = url.protocol === 'https:';
    const name = url.hostname.replace(/^\[|\]$/gu, '');
    const options = {
      method: request.method,
      host: request.address ?? name,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, connection: 'close', ...request.headers },
      maxHeaderSize: MAX_HEADER_BYTES,
      agent: false,
      signal,
    } as const;
    const client = isSecure
      ? requestHttps({
          ...options,
          // SNI takes names only (RFC 6066, 3).
          servername: isIP(name) === 0 ? name : '',
          rejectUnauthorized: request.allowsBadCertificate !== true,
          ...(request.allowsBadCertificate === true ? ANY_TLS : {}),
          ...(this.authorities === undefined ? {} : { ca: [...this.authorities] }),
        })
      : requestHttp(options);
    client.end(request.body);
    return client;
  }
}

function answerTo(client: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // A second error, as of a connection that breaks while it is closed, must find a listener too.
    client.once('response', resolve).on('error', reject);
    client.once('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new Error('it answered with an upgrade that nobody asked for'));
    });
  });
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ body: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  let isCut = false;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - length));
    length += chunk.length;
    isCut = length > maxBytes;
    // Leaving the loop ends the connection.
    if (isCut) break;
  }
  return { body: Buffer.concat(chunks).toString('utf8'), isCut };
}

function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([(raw[index] ?? '').toLowerCase(), raw[index + 1] ?? '']);
  }
  return pairs;
}

/** Asked before the body is read: afterwards the connection may be gone. */
function tlsFactsOf({ socket }: IncomingMessage): TlsFacts | null {
  if (!isSecure(socket)) return null;
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const validTo = new Date(certificate.valid_to ?? 0);
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    problem: socket.authorized ? null : problemOf(socket),
    validTo: validTo.toISOString(),
    daysLeft: Math.floor((validTo.getTime() - Date.now()) / MS_PER_DAY),
    keyBits: certificate.bits ?? null,
  };
}

function isSecure(socket: IncomingMessage['socket']): socket is TLSSocket {
  return 'encrypted' in socket;
}

/** A code, for all that the types call it an error. */
function problemOf({ authorizationError }: TLSSocket): string {
  return describe(authorizationError);
}

/** Node's codes say more than its messages, which hold addresses. */
function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'message' in error ? String(error.message) : 'no reason was given';
}
