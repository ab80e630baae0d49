export { ApiClient } from './api-client';
export type { FindingQuery, ScanQuery } from './api-client';
export type { ApiClientOptions, RequestDocument } from './http-transport';
export type { SseReadOptions } from './sse-reader';
export { ServerProtocolError } from './server-protocol-error';
export { wait } from './wait';
