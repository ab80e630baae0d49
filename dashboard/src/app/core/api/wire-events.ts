import {
  SCAN_TYPES,
  type ScanEventBody,
  type ScanEventEnvelope,
  type ScanEventName,
  type ScanEventPayloads,
} from '@securescan/contracts';
import { outcome } from './wire';
import { type WireParser, flag, list, nullable, number, object, oneOf, text } from './wire-parser';

/** An event without facts of its own still has its envelope, which `Record<string, never>` would forbid. */
type Wire<K extends ScanEventName> = K extends 'scan.cancelled'
  ? ScanEventEnvelope
  : ScanEventPayloads[K] & ScanEventEnvelope;

const envelope = { scan_id: text, seq: number, ts: text };

const payloads: { readonly [K in ScanEventName]: WireParser<Wire<K>> } = {
  'scan.start': object<Wire<'scan.start'>>({
    ...envelope,
    target: text,
    scan_types: list(oneOf(SCAN_TYPES)),
    scanner_count: number,
    scanners: list(text),
  }),
  'scanner.skipped': object<Wire<'scanner.skipped'>>({
    ...envelope,
    scanner: text,
    reason: text,
    install_hint: nullable(text),
    outcome,
  }),
  'scanner.start': object<Wire<'scanner.start'>>({ ...envelope, scanner: text }),
  'scanner.complete': object<Wire<'scanner.complete'>>({
    ...envelope,
    scanner: text,
    duration_s: number,
    findings_count: number,
    outcome,
  }),
  'scanner.failed': object<Wire<'scanner.failed'>>({
    ...envelope,
    scanner: text,
    duration_s: number,
    error: text,
    timed_out: flag,
    outcome,
  }),
  'scan.complete': object<Wire<'scan.complete'>>({
    ...envelope,
    target: text,
    duration_s: number,
    scanner_count: number,
    findings_count: number,
    risk_score: number,
    scanners_run: list(text),
    scanners_skipped: list(text),
  }),
  'scan.failed': object<Wire<'scan.failed'>>({ ...envelope, error: text }),
  'scan.cancelled': object<ScanEventEnvelope>(envelope),
};

/** The body of one frame, checked against the event's name. Throws a ResponseShapeError. */
export function parseScanEvent(event: ScanEventName, value: unknown): ScanEventBody {
  // The table pairs each name with the parser of its own payload; the union cannot express that.
  return { event, data: payloads[event](value, event) } as ScanEventBody;
}
