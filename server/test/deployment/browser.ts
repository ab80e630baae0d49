import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { HOSTNAME, type Nginx } from './nginx';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface Question {
  readonly method?: string;
  /** Sent as it is, dots and doubled slashes included. */
  readonly path?: string;
  /** Names and values in turn, so that a name can come twice and in any spelling. */
  readonly headers?: readonly string[];
  /** Null: announced in a header, and never sent. */
  readonly body?: string | null;
}

/** Asks through nginx, over TLS, under the name that its certificate is for. */
export async function askProxy(nginx: Nginx, question: Question = {}): Promise<Answer> {
  return answerOf(await openAtProxy(nginx, question));
}

/** The same, of a request that announces a body and never sends it. */
export async function askWithoutBody(nginx: Nginx, question: Question): Promise<Answer> {
  return answerOf(await openAtProxy(nginx, { ...question, body: null }));
}

/** The same, as soon as the answer begins. */
export function openAtProxy(nginx: Nginx, question: Question): Promise<IncomingMessage> {
  const host = question.headers?.some((part) => part.toLowerCase() === 'host') ?? false;
  const headers = [...(host ? [] : ['Host', HOSTNAME]), ...(question.headers ?? [])];
  const options = { port: nginx.httpsPort, servername: HOSTNAME, ca: nginx.certificate };
  return open(requestTls, { ...options, ...question, headers }, question.body);
}

/** Asks a port of this machine without TLS, from any of its loopback addresses. */
export async function askDirectly(
  port: number,
  { body, headers = [], ...question }: Question,
  localAddress = '127.0.0.1',
): Promise<Answer> {
  const own = ['Host', `127.0.0.1:${port}`, ...headers];
  return answerOf(
    await open(requestPlain, { port, localAddress, ...question, headers: own }, body),
  );
}

function open(
  request: typeof requestPlain | typeof requestTls,
  options: RequestOptions,
  body: string | null = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent: false, ...options });
    sent.on('response', resolve).on('error', reject);
    if (body === null) sent.flushHeaders();
    else sent.end(body);
  });
}

async function answerOf(message: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const part of message.setEncoding('utf8')) text += String(part);
  return { status: message.statusCode ?? 0, headers: message.headers, text };
}
