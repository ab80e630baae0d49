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
  readonly body?: string;
}

/** Asks through nginx, over TLS, under the name that its certificate is for. */
export async function askProxy(nginx: Nginx, question: Question = {}): Promise<Answer> {
  return answerOf(await openAtProxy(nginx, question));
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
  body = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent: false, ...options });
    sent.on('response', resolve).on('error', reject);
    sent.end(body);
  });
}

async function answerOf(message: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const part of message.setEncoding('utf8')) text += String(part);
  return { status: message.statusCode ?? 0, headers: message.headers, text };
}

/** Sends the head of a request and never its body. */
export function statusOfHead(
  nginx: Nginx,
  method: string,
  path: string,
  headers: readonly string[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { port: nginx.httpsPort, servername: HOSTNAME, ca: nginx.certificate };
    const whole = ['Host', HOSTNAME, ...headers];
    const sent = requestTls({
      host: '127.0.0.1',
      agent: false,
      method,
      path,
      headers: whole,
      ...options,
    });
    sent.on('error', reject).on('response', (message) => {
      resolve(message.statusCode ?? 0);
      sent.destroy();
    });
    sent.flushHeaders();
  });
}
