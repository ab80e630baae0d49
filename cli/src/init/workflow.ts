import type { Severity } from '@securescan/contracts';

/**
 * A workflow for GitHub that runs the command line: over what a pull request changes, and over the whole tree of the default
 * branch. Refs reach the script through the environment, because a branch's name may hold anything that a shell understands.
 */
export function renderWorkflow(failOnSeverity: Severity): string {
  return WORKFLOW.replaceAll('THRESHOLD', failOnSeverity);
}

const WORKFLOW = `name: SecureScan

on:
  pull_request:
  push:
    branches: ['**']

permissions:
  contents: read

env:
  # SecureScan is built from its source. Name the repository that holds it ("owner/name"), and a tag or commit of it.
  SECURESCAN_REPOSITORY: ''
  SECURESCAN_REF: ''

jobs:
  securescan:
    if: github.event_name == 'pull_request' || github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - name: Check the settings above
        run: |
          if [ -z "$SECURESCAN_REPOSITORY" ]; then
            echo '::error::Name the repository of SecureScan in SECURESCAN_REPOSITORY, at the top of this workflow.'
            exit 2
          fi

      - name: Fetch this project with its history
        uses: actions/checkout@v4
        with:
          path: project
          fetch-depth: 0
          persist-credentials: false

      - name: Fetch SecureScan
        uses: actions/checkout@v4
        with:
          repository: \${{ env.SECURESCAN_REPOSITORY }}
          ref: \${{ env.SECURESCAN_REF }}
          path: securescan
          # For a private repository: a token that may read it. Pull requests from forks do not get it.
          token: \${{ secrets.SECURESCAN_TOKEN || github.token }}
          persist-credentials: false

      - name: Set up Node
        uses: actions/setup-node@v4
        with:
          node-version: '24'

      - name: Build SecureScan
        working-directory: securescan
        run: |
          npm ci
          npm run build:cli

      # Scanners that are not installed are skipped, and the report says so. For instance:
      # - run: pipx install semgrep

      - name: Judge what the pull request changes
        if: github.event_name == 'pull_request'
        working-directory: project
        env:
          BASE_REF: \${{ github.base_ref }}
        run: >-
          node "$GITHUB_WORKSPACE/securescan/dist/cli/src/main.js" diff .
          --base-ref "origin/$BASE_REF"
          --output text
          --fail-on-severity THRESHOLD

      - name: Scan the default branch
        if: github.event_name == 'push'
        working-directory: project
        run: >-
          node "$GITHUB_WORKSPACE/securescan/dist/cli/src/main.js" scan .
          --fail-on-severity THRESHOLD
`;
