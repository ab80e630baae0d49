/** A JSON document on each line (https://github.com/ndjson/ndjson-spec). */
export const NDJSON = 'application/x-ndjson';

/** Whether a caller has named lines among what he accepts. */
export function prefersLines(accept: string | undefined): boolean {
  return (accept ?? '')
    .split(',')
    .some((range) => range.split(';')[0]?.trim().toLowerCase() === NDJSON);
}

export { type TextStream, toTextStream } from '../platform/text-stream';
