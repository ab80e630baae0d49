import { createSocket, type Socket } from 'node:dgram';
import ipaddr from 'ipaddr.js';

/** Addresses for a name; a function is asked anew for each question. */
export type Zone = Readonly<Record<string, readonly string[] | (() => readonly string[])>>;

const HEADER_BYTES = 12;
const TYPES = { ipv4: 1, ipv6: 28 } as const;
const INTERNET = 1;
const NO_SUCH_NAME = 3;

/** Answers questions for addresses (RFC 1035), each answer to be forgotten at once. @returns what has been asked, in order. */
export async function serveNames(zone: Zone, port: number): Promise<{ asked: string[] }> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, { port: from, address }) => {
    socket.send(answerTo(question, zone, asked), from, address);
  });
  await listening(socket, port);
  return { asked };
}

function listening(socket: Socket, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).bind(port, '127.0.0.1', resolve);
  });
}

function answerTo(question: Buffer, zone: Zone, asked: string[]): Buffer {
  const { name, end } = nameIn(question);
  const type = question.readUInt16BE(end);
  const known = zone[name];
  if (type === TYPES.ipv4) asked.push(name);
  // Asked for once for each question for IPv4, so that what changes does so between connections.
  const all = typeof known === 'function' ? (type === TYPES.ipv4 ? known() : []) : (known ?? []);
  const addresses = all.map((text) => ipaddr.parse(text));
  const records = addresses
    .filter((address) => TYPES[address.kind()] === type)
    .map((address) => recordOf(address));
  const header = Buffer.alloc(HEADER_BYTES);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (known === undefined ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question.subarray(HEADER_BYTES, end + 4), ...records]);
}

function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function recordOf(address: ipaddr.IPv4 | ipaddr.IPv6): Buffer {
  const data = Buffer.from(address.toByteArray());
  const record = Buffer.alloc(HEADER_BYTES);
  // The name is the one of the question.
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(TYPES[address.kind()], 2);
  record.writeUInt16BE(INTERNET, 4);
  record.writeUInt32BE(0, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}
