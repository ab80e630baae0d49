const { inNode } = require('./jest.projects.cjs');

/** Soaks and enormous trees: what takes too long for every run. One after the other, so that they do not measure each other. */
module.exports = {
  ...inNode,
  displayName: 'long',
  roots: [
    '<rootDir>/libs',
    '<rootDir>/server',
    '<rootDir>/cli',
    '<rootDir>/action',
    '<rootDir>/dashboard/e2e',
  ],
  testRegex: '\\.long-spec\\.ts$',
  maxWorkers: 1,
  reporters: ['default', '<rootDir>/libs/tooling/plain-summary-reporter.cjs'],
};
