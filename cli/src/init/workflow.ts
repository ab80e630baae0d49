import type { Severity } from '@securescan/contracts';

/** A workflow for GitHub that has the Action judge what pull requests, queues of merges and pushes to the default branch bring. */
export function renderWorkflow(failOnSeverity: Severity): string {
  return WORKFLOW.replaceAll('THRESHOLD', failOnSeverity);
}

const WORKFLOW = `name: SecureScan

on:
  pull_request:
  merge_group:
  push:
    branches: ['**']

permissions:
  contents: read
  # For the comment on a pull request.
  pull-requests: write
  # For code scanning.
  security-events: write

concurrency:
  group: securescan-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  securescan:
    if: github.event_name != 'push' || github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
        with:
          # All of the history: the comparison begins where the branch left its target.
          fetch-depth: 0
          persist-credentials: false

      - uses: actions/setup-node@v4
        with:
          node-version: '24'

      # Put the repository that holds SecureScan in place of OWNER/REPO, and a tag or, better, a full commit of it in place of
      # REF. A private one has to allow it: Settings, Actions, General, Access.
      - uses: OWNER/REPO/action@REF
        with:
          fail-on-severity: THRESHOLD
          # true installs bandit and semgrep; what is not installed is skipped, and the report says so.
          install-scanners: false
`;
