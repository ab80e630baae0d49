const { node, dashboard, browser } = require('./libs/tooling/jest.projects.cjs');

module.exports = {
  rootDir: __dirname,
  projects: [node, dashboard, browser],
  reporters: ['default', '<rootDir>/libs/tooling/plain-summary-reporter.cjs'],
};
