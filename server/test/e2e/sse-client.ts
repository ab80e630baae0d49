import { get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScanEventName } from '@securescan/contracts';
import { ReadDatabase } from '../../src/database/database';
import { ScanEventEntity } from '../../src/modules/live/scan-event.entity';
import type { TestServer } from './test-server';

export interface Frame {
  readonly id: number;
  readonly event: ScanEventName;
  readonly data: { scan_id: string; seq: number; ts: string };
}

/** An event stream over a socket of its own. */
export interface Stream {
  readonly response: IncomingMessage;
  readonly text: () => string;
  readonly ended: Promise<void>;
  /** Resolves as soon as that many frames have arrived. */
  frames(count: number): Promise<Frame[]>;
}

/** The events of a stream's text, without comments and what has not arrived whole. */
export function framesOf(text: string): Frame[] {
  return [...text.matchAll(/id: (\d+)\nevent: (\S+)\ndata: (.*)\n\n/g)].map((match) => ({
    id: Number(match[1]),
    event: match[2] as ScanEventName,
    data: JSON.parse(match[3] ?? ''),
  }));
}

export async function openStream(
  server: Pick<TestServer, 'app'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<Stream> {
  const { port } = server.app.getHttpServer().address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet({ port, path, headers, host: '127.0.0.1', agent: false }, resolve).on('error', reject);
  });
  let text = '';
  const waiting = new Set<() => void>();
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  const ended = new Promise<void>((resolve) => {
    response.on('close', resolve);
    response.on('error', () => undefined);
  });
  const frames = (count: number) =>
    new Promise<Frame[]>((resolve) => {
      const look = (): void => {
        if (framesOf(text).length < count) return;
        waiting.delete(look);
        resolve(framesOf(text));
      };
      waiting.add(look);
      look();
    });
  return { response, text: () => text, ended, frames };
}

/** What the stream of a scan must tell, from the rows. */
export async function table(server: Pick<TestServer, 'app'>, scanId: string): Promise<Frame[]> {
  const rows = await server.app
    .get(ReadDatabase)
    .manager.find(ScanEventEntity, { where: { scanId }, order: { seq: 'ASC' } });
  return rows.map(({ seq, event, payload, ts }) => ({
    id: seq,
    event,
    data: { ...payload, scan_id: scanId, seq, ts },
  }));
}
