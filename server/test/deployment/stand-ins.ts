import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeardRequest {
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as they arrived. */
  readonly rawHeaders: readonly string[];
  readonly bodyLength: number;
}

/** A program behind nginx that keeps what it heard. */
export interface StandIn {
  readonly address: string;
  readonly heard: HeardRequest[];
  close(): Promise<void>;
}

/** Values of one header, under exactly this name whatever its case. */
export function valuesOf({ rawHeaders }: HeardRequest, name: string): string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name.toLowerCase(),
  );
}

interface Identity {
  readonly user: string;
  readonly email: string;
  readonly groups: string;
}

/** Who has signed in, by the cookie. */
export const PEOPLE: Readonly<Record<string, Identity>> = {
  'session=alice': { user: 'alice', email: 'alice@example.com', groups: 'developers,appsec' },
  'session=bob': { user: 'bob', email: 'bob@example.com', groups: 'guests' },
};

/**
 * Answers as the documentation of oauth2-proxy says: `/oauth2/auth` is 202 with the identity in headers or 401, the other
 * addresses lead to the identity provider. The cookie `session=broken` is trouble of its own.
 */
export function standInForOauth2Proxy(): Promise<StandIn> {
  return listen((request, response) => {
    const cookie = request.headers.cookie ?? '';
    const person = PEOPLE[cookie];
    if (request.url !== '/oauth2/auth') {
      const headers = { location: 'https://login.example.com/', 'set-cookie': 'csrf=1' };
      response.writeHead(302, headers).end();
    } else if (person === undefined) {
      response.writeHead(cookie === 'session=broken' ? 500 : 401).end();
    } else {
      response.writeHead(202, {
        'X-Auth-Request-User': person.user,
        'X-Auth-Request-Email': person.email,
        'X-Auth-Request-Groups': person.groups,
      });
      response.end();
    }
  });
}

/** Takes the server's place and answers everything; an event stream it opens, with one event, and leaves open. */
export function standInForServer(): Promise<StandIn> {
  return listen((request, response) => {
    if (request.url?.endsWith('/events') === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      return;
    }
    response.end('heard');
  });
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<StandIn> {
  const heard: HeardRequest[] = [];
  const server: Server = createServer((request, response) => {
    let bodyLength = 0;
    request.on('data', (part: Uint8Array) => (bodyLength += part.length));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      heard.push({ method, url, rawHeaders, bodyLength });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
