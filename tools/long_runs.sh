#!/usr/bin/env bash
# Runs each fuzzer LAWBOUND_FUZZ_RUNS times (10,000,000 unless told) and every test labelled `long`, and writes what
# happened, with the commit and the machine, into docs/long-runs.md.  Inputs that broke something stay in build/fuzz/.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${LAWBOUND_FUZZ_RUNS:-10000000}
page=docs/long-runs.md
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
result=0

for fuzzer in build/fuzz/fuzz/fuzz_*; do
  if [ ! -f "$fuzzer" ] || [ ! -x "$fuzzer" ]; then continue; fi
  name=$(basename "$fuzzer")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  begun=$SECONDS
  if "$fuzzer" "$corpus" ${runs:+-runs="$runs"} -max_len=4096 -timeout=10 -print_final_stats=1 \
      -artifact_prefix=build/fuzz/ >"build/fuzz/$name.long.log" 2>&1; then
    said="no crash"
  else
    said="FAILED, see build/fuzz/$name.long.log"
    result=1
  fi
  done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.long.log")
  printf '| %s | %s | %d min | %s |\n' "$name" "${done_runs:-?}" $(((SECONDS - begun) / 60)) "$said" >>"$rows"
done

if ctest --test-dir build/dev -N -L '^long$' | grep -q '^Total Tests: [1-9]'; then
  begun=$SECONDS
  said=passed
  ctest --test-dir build/dev -L '^long$' --output-on-failure || { said=FAILED; result=1; }
  printf '| tests labelled long | %s | %d min | %s |\n' \
    "$(ctest --test-dir build/dev -N -L '^long$' | sed -n 's/^Total Tests: //p')" $(((SECONDS - begun) / 60)) "$said" >>"$rows"
fi

{
  echo '# Long runs'
  echo
  echo "Written by \`./test long\`; the last run only. $(date -u +%Y-%m-%d), commit $(git rev-parse --short HEAD)," \
    "$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)."
  echo
  echo '| what | runs | time | result |'
  echo '|---|---|---|---|'
  cat "$rows"
} >"$page"
cat "$page"
exit $result
