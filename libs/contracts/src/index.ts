export * from './error-codes';
export * from './finding';
export * from './scan';
export * from './scan-events';
export * from './scanner-status';
export * from './severity';
