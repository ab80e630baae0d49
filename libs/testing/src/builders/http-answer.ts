import type { HttpAnswer } from '@securescan/scan-engine';

/** What a server answers: an empty page over plain http, unless told otherwise. */
export function anHttpAnswer(overrides: Partial<HttpAnswer> = {}): HttpAnswer {
  return { status: 200, headers: [], body: '', isBodyCut: false, tls: null, ...overrides };
}
