import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ChatReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ChatServer {
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string;
  readonly requests: readonly ChatRequest[];
  close(): Promise<void>;
}

/** A completion as OpenAI's API and those that speak it write one. */
export function chatCompletion(content: string): ChatReply {
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
  return { body: JSON.stringify({ id: 'chat-1', object: 'chat.completion', choices: [choice] }) };
}

/** Speaks the chat completions of OpenAI's API on a port of its own. A reply of `null` never comes. */
export async function startChatServer(
  answer: (request: ChatRequest) => ChatReply | null,
): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const asked = { path: request.url ?? '', headers: request.headers, body };
      requests.push(asked);
      const reply = answer(asked);
      if (reply === null) return;
      const headers = { 'content-type': 'application/json', ...reply.headers };
      response.writeHead(reply.status ?? 200, headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
