#!/usr/bin/env bash
# Audits the demonstration log and leaves the report, and the page of every pack in packs/, where the browser test looks
# for them: BUILD/e2e/report.html, BUILD/e2e/packs.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
mkdir -p "$build/e2e"
rm -f "$build/e2e/report.html"
"$build/demo_log" --cases 600 --out "$build/e2e/log.xes" --truth "$build/e2e/truth.tsv"
"$build/lawbound" audit packs/it/traffic-fine "$build/e2e/log.xes" --html "$build/e2e/report.html"
test -s "$build/e2e/report.html"
rm -rf "$build/e2e/packs"
mkdir -p "$build/e2e/packs"
grep -rlE '^pack [a-z]' packs --include='*.md' | xargs -n 1 dirname | sort -u | while read -r pack; do
  page="$build/e2e/packs/$(echo "${pack#packs/}" | tr / -)"
  "$build/lawbound" doc "$pack" --html "$page.html" --markdown "$page.md"
  test -s "$page.html"
done
