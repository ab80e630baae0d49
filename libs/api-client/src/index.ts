export { ApiClient } from './api-client';
export type { FindingQuery, ScanQuery } from './api-client';
export type { ApiClientOptions } from './http-transport';
export type { SseReadOptions } from './sse-reader';
