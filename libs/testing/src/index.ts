export * from './describe-with-tool';
