#!/bin/sh
# Compares the commit that is checked out with the branch that it is to be merged into, in any CI that has git and Node 20.19.
# Ends with 1 where something new is as bad as the threshold or worse; docs/diff.md lists the other exit codes.
set -eu
: "${SECURESCAN_REPOSITORY:?address of the repository of SecureScan}"
: "${SECURESCAN_REF:?tag or branch of it}"
: "${TARGET_BRANCH:?branch that the change is to be merged into}"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git clone --quiet --depth 1 --branch "$SECURESCAN_REF" "$SECURESCAN_REPOSITORY" "$place/securescan"
git fetch --quiet origin "$TARGET_BRANCH"
node "$place/securescan/action/dist/cli.js" diff . \
  --base-ref FETCH_HEAD \
  --fail-on-severity "${THRESHOLD:-high}" \
  --also "json=${REPORTS:-.}/securescan.json" \
  --also "sarif=${REPORTS:-.}/securescan.sarif"
