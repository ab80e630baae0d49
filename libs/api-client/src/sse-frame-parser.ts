import { ServerProtocolError } from './server-protocol-error';

/** One dispatched frame of a `text/event-stream`. */
export interface SseFrame {
  readonly event: string;
  readonly data: string;
  /** The last id that the stream set, which is what `Last-Event-ID` resumes from; `null` before the first. */
  readonly id: string | null;
}

/** A frame that grows past this is an attack or a defect: our own are below a few kilobytes. */
const MAX_FRAME_CHARACTERS = 1024 * 1024;

/**
 * Cuts the text of an event stream into frames, in whatever pieces it arrives. Follows the interpretation rules of the
 * HTML standard (server-sent events): three kinds of line ends, comments, several `data` lines, an optional byte order mark.
 */
export class SseFrameParser {
  private rest = '';
  private isFirst = true;
  private event = '';
  private data: string[] = [];
  private size = 0;
  private id: string | null = null;

  /** Milliseconds that the server asked clients to wait before they connect again, or `null`. */
  retryMs: number | null = null;

  /** Takes the next piece of the stream; returns the frames that it completed. */
  push(chunk: string): SseFrame[] {
    if (this.isFirst && chunk !== '') {
      this.isFirst = false;
      if (chunk.startsWith('\uFEFF')) return this.push(chunk.slice(1));
    }
    const lines = this.completeLines(chunk);
    return lines.flatMap((line) => this.takeLine(line));
  }

  private completeLines(chunk: string): string[] {
    const text = this.rest + chunk;
    // A carriage return at the very end may be the first half of a CRLF: it waits for the next piece.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + text.slice(end);
    this.guardSize(this.rest.length);
    return lines;
  }

  private takeLine(line: string): SseFrame[] {
    if (line === '') return this.dispatch();
    this.size += line.length;
    this.guardSize(0);
    const colon = line.indexOf(':');
    if (colon === 0) return [];
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    this.takeField(field, value);
    return [];
  }

  private takeField(field: string, value: string): void {
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    if (field === 'id' && !value.includes('\0')) this.id = value;
    if (field === 'retry' && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
  }

  private dispatch(): SseFrame[] {
    const frame = { event: this.event || 'message', data: this.data.join('\n'), id: this.id };
    const hasData = this.data.length > 0;
    this.event = '';
    this.data = [];
    this.size = 0;
    return hasData ? [frame] : [];
  }

  private guardSize(pending: number): void {
    if (this.size + pending > MAX_FRAME_CHARACTERS) {
      throw new ServerProtocolError(
        'The server sent an event of more than 1 MiB; the stream was closed.',
      );
    }
  }
}
