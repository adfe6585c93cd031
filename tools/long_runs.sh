#!/usr/bin/env bash
# Runs each fuzzer LAWBOUND_FUZZ_RUNS times (10,000,000 unless told) and every test labelled `long`, and writes what
# happened, with the commit and the machine, into docs/long-runs.md.  Inputs that broke something stay in build/fuzz/.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${LAWBOUND_FUZZ_RUNS:-10000000}
page=docs/long-runs.md
. tools/fuzz.sh
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
result=0

for name in $(fuzzers); do
  corpus=build/fuzz/corpus/$name
  log=build/fuzz/$name.long.log
  mkdir -p "$corpus"
  begun=$SECONDS
  if fuzz "$name" "$corpus" -runs="$runs" -max_total_time="${LAWBOUND_FUZZ_SECONDS:-0}" -print_final_stats=1 \
      >"$log" 2>&1; then
    said="no crash"
  else
    said="FAILED, see $log"
    result=1
  fi
  done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  # "#1234 NEW cov: 567 ...": the edges reached, and the run that last reached a new one.
  read -r edges last < <(awk '$3 == "cov:" && $4 > most { most = $4; last = substr($1, 2) } END { print most + 0, last + 0 }' "$log")
  printf '| %s | %s | %d min | %s | %s | %s |\n' "$name" "${done_runs:-?}" $(((SECONDS - begun) / 60)) "$edges" \
    "$last" "$said" >>"$rows"
done

if ctest --test-dir build/dev -N -L '^long$' | grep -q '^Total Tests: [1-9]'; then
  begun=$SECONDS
  said=passed
  ctest --test-dir build/dev -L '^long$' --output-on-failure || { said=FAILED; result=1; }
  printf '| tests labelled long | %s | %d min | | | %s |\n' \
    "$(ctest --test-dir build/dev -N -L '^long$' | sed -n 's/^Total Tests: //p')" $(((SECONDS - begun) / 60)) "$said" >>"$rows"
fi

{
  echo '# Long runs'
  echo
  echo "Written by \`./test long\`; the last run only. $(date -u +%Y-%m-%d), commit $(git rev-parse --short HEAD)," \
    "$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)."
  echo
  echo '| what | runs | time | edges | last new edge at run | result |'
  echo '|---|---|---|---|---|---|'
  cat "$rows"
} >"$page"
cat "$page"
exit $result
