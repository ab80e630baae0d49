export * from './errors';
export * from './model/finding';
export * from './model/outcome';
export * from './model/summary';
export * from './order/compare-code-points';
