export * from './inspect-scanners';
export * from './ports';
export * from './registry';
export * from './run-scan';
export * from './scan';
export * from './scan-cancelled-error';
export * from './scanner';
export * from './skipped-directories';
