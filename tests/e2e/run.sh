#!/usr/bin/env bash
# Usage: run.sh BUILD MADE_SITE.  Opens BUILD/e2e/report.html, the pages of a served authority that MADE_SITE serves, and the pages of BUILD/e2e/packs and BUILD/e2e/laws in Chromium.  The pinned packages are installed into BUILD/e2e, never into the checkout.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$1/e2e
mkdir -p "$place"
cp "$here/package.json" "$here/package-lock.json" "$here"/*.mjs "$place"
"$here/../../web/make_assets.sh" "$1"
cd "$place"
if ! cmp -s package-lock.json installed-lock.json; then
  npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json installed-lock.json
fi
REPORT="$place/report.html" PAGES="$place/packs" LAWS="$place/laws" SCREENSHOTS="$place" \
  MADE=$2 ASSETS="$1/assets" TEMPLATES="$here/made_templates.md" exec node --test report.test.mjs pages.test.mjs site.test.mjs
