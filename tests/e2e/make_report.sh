#!/usr/bin/env bash
# Audits the demonstration log and leaves the report where the browser test looks for it: BUILD/e2e/report.html.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
mkdir -p "$build/e2e"
rm -f "$build/e2e/report.html"
"$build/demo_log" --cases 600 --out "$build/e2e/log.xes" --truth "$build/e2e/truth.tsv"
"$build/lawbound" audit packs/it/traffic-fine "$build/e2e/log.xes" --html "$build/e2e/report.html"
test -s "$build/e2e/report.html"
