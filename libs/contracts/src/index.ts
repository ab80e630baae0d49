export * from './api-key';
export * from './error-codes';
export * from './finding';
export * from './scan';
export * from './scan-events';
export * from './scanner-status';
export * from './session';
export * from './severity';
