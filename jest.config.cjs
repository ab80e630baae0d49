const { node, dashboard, browser } = require('./libs/tooling/jest.projects.cjs');

module.exports = {
  rootDir: __dirname,
  projects: [node, dashboard, browser],
  // Many suites wait for programs that they start; Jest's own choice would leave a processor idle.
  maxWorkers: '100%',
  testTimeout: 20_000,
  reporters: ['default', '<rootDir>/libs/tooling/plain-summary-reporter.cjs'],
};
