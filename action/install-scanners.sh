#!/usr/bin/env bash
# Installs the scanners of scanners.txt, every file of them checked by its hash, into a directory of this run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place="$RUNNER_TEMP/securescan-scanners"
if ! python3 -m venv "$place" || ! "$place/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement "$here/scanners.txt"; then
  echo '::warning title=SecureScan::The scanners could not be installed; the report names those that were skipped.'
  exit 0
fi
echo "bin=$place/bin" >>"$GITHUB_OUTPUT"
