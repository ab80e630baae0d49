export * from './builders/findings';
export * from './builders/outcomes';
export * from './describe-with-tool';
export * from './golden';
