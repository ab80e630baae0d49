import type { ErrorBody } from '@securescan/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { putEdgeHeaders } from './edge-headers';

interface RawSocket {
  readonly destroyed: boolean;
  readonly writable: boolean;
  end(text: string): unknown;
  destroy(): unknown;
}

const NO_SUCH_ADDRESS: ErrorBody = {
  detail: 'There is nothing at this address.',
  code: 'ROUTE_NOT_FOUND',
};

/** Answers an address that the router cannot even read, in the shape of all other failures. */
export function answerUnreadableAddress(
  _error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  putEdgeHeaders(request, reply);
  void reply.status(404).send(NO_SUCH_ADDRESS);
}

const UNREADABLE: ErrorBody = {
  detail: 'The request could not be read.',
  code: 'VALIDATION_FAILED',
};

/** HTTP/1.1 asks for a Host with every request (RFC 9112, section 3.2); Node would refuse its absence in a shape of its own. */
export function isWithoutHost({ raw, headers }: FastifyRequest): boolean {
  return raw.httpVersion === '1.1' && headers.host === undefined;
}

export async function refuseUnreadable(reply: FastifyReply): Promise<void> {
  await reply.status(400).send(UNREADABLE);
}

function statusLineOf(code: unknown): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  return '400 Bad Request';
}

/** Answers what is not HTTP, too large in its headers or too slow to arrive, and hangs up. */
export function answerBrokenRequest(error: Error & { code?: unknown }, socket: RawSocket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const text = JSON.stringify(UNREADABLE);
  socket.end(
    [
      `HTTP/1.1 ${statusLineOf(error.code)}`,
      `X-Request-ID: ${globalThis.crypto.randomUUID()}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}
