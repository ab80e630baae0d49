export * from './builders/file-tree';
export * from './builders/findings';
export * from './builders/outcomes';
export * from './describe-with-tool';
export * from './golden';
export * from './any-text';
export * from './random-token';
export * from './stand-in-python';
