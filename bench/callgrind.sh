#!/usr/bin/env bash
# Counts the instructions of checking a fixed demonstration log and fails when they are more than 2 % above or below
# bench/callgrind.tsv: below, too, so that what was won is written down.  Counts do not depend on how busy the machine
# is, but on compiler and libraries: the file is for GCC 12 and the libraries of Debian 12.
#   bench/callgrind.sh [BUILD]            compares (BUILD: build/release)
#   bench/callgrind.sh --update [BUILD]   writes bench/callgrind.tsv anew
set -euo pipefail
cd "$(dirname "$0")/.."
update=no
if [ "${1:-}" = --update ]; then
  update=yes
  shift
fi
build=${1:-build/release}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$build/demo_log" --cases 3000 --seed 1 --out "$place/demo.xes" --truth "$place/truth.tsv" >/dev/null
valgrind --tool=callgrind --callgrind-out-file="$place/out" --collect-atstart=no '--toggle-collect=*CheckAll*' \
  "$build/bench/bench_audit" count packs/it/traffic-fine "$place/demo.xes" >"$place/said" 2>"$place/valgrind" || {
  cat "$place/valgrind" >&2
  exit 1
}
now=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$place/valgrind")
events=$(sed -n 's/^events\t//p' "$place/said")
[ -n "$now" ] && [ "$now" -gt 0 ] && [ "$events" -gt 0 ] || { echo "callgrind counted nothing"; exit 1; }
if [ $update = yes ]; then
  printf 'figure\tevents\tinstructions\ncheck\t%s\t%s\n' "$events" "$now" >bench/callgrind.tsv
fi
was=$(sed -n 's/^check\t[0-9]*\t//p' bench/callgrind.tsv)
awk -v now="$now" -v was="$was" -v events="$events" 'BEGIN {
  change = 100 * (now - was) / was
  printf "check: %d instructions, %.0f an event; recorded %d; %+.2f %%\n", now, now / events, was, change
  if (change > 2) { print "More than 2 % slower than recorded."; exit 1 }
  if (change < -2) { print "Better by more than 2 %: keep it with bench/callgrind.sh --update"; exit 1 }
}'
