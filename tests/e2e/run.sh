#!/usr/bin/env bash
# Opens BUILD/e2e/report.html and the pages of BUILD/e2e/packs and BUILD/e2e/laws in Chromium.  The pinned packages are installed into BUILD/e2e, never into the checkout.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$1/e2e
mkdir -p "$place"
cp "$here/package.json" "$here/package-lock.json" "$here"/*.mjs "$place"
cd "$place"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json installed-lock.json
fi
REPORT="$place/report.html" PAGES="$place/packs" LAWS="$place/laws" SCREENSHOTS="$place" exec node --test report.test.mjs pages.test.mjs
