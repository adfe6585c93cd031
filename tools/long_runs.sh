#!/usr/bin/env bash
# Runs each fuzzer (or those named) LAWBOUND_FUZZ_RUNS times (10,000,000 unless told) or until it has reached nothing new
# for an hour, without the sanitizers, which is several times as fast; then once more every input that was kept, with
# them; then every test labelled `long`.  Writes what happened, with the commit and the machine, into docs/long-runs.md,
# of which the last part, from the mark on, is written by hand and stays.
# Inputs that broke something stay in build/fuzz-fast/ or build/fuzz/.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${LAWBOUND_FUZZ_RUNS:-10000000}
page=docs/long-runs.md
by_hand=$(sed -n '/^<!-- by hand from here -->$/,$p' "$page")
. tools/fuzz.sh
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
result=0

fuzz_build=build/fuzz-fast
names=${*:-$(fuzzers)}
for name in $names; do
  corpus=build/fuzz/corpus/$name
  log=build/fuzz-fast/$name.long.log
  mkdir -p "$corpus"
  # What earlier long runs found worth keeping; without it an hour goes by finding it again.
  if [ -z "$(ls "$corpus")" ] && [ -f "fuzz/corpus/$name.tar.xz" ]; then tar -xJf "fuzz/corpus/$name.tar.xz" -C "$corpus"; fi
  begun=$SECONDS
  said="no crash"
  fuzz_build=build/fuzz-fast
  fuzz_long "$name" "$corpus" "$log" -runs="$runs" -max_total_time="${LAWBOUND_FUZZ_SECONDS:-0}" -print_final_stats=1 ||
    { said="FAILED, see $log"; result=1; }
  minutes=$(((SECONDS - begun) / 60))
  fuzz_build=build/fuzz
  fuzz "$name" "$corpus" -runs=0 >"build/fuzz/$name.again.log" 2>&1 ||
    { said="FAILED under the sanitizers, see build/fuzz/$name.again.log"; result=1; }
  done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  read -r edges last < <(fuzz_reached "$log")
  printf '| %s | %s | %d min | %s | %s | %s | %s |\n' "$name" "${done_runs:-?}" "$minutes" "$edges" "$last" \
    "$(find "$corpus" -type f | wc -l)" "$said" >>"$rows"
done

if ctest --test-dir build/dev -N -L '^long$' | grep -q '^Total Tests: [1-9]'; then
  begun=$SECONDS
  said=passed
  ctest --test-dir build/dev -L '^long$' --output-on-failure || { said=FAILED; result=1; }
  printf '| tests labelled long | %s | %d min | | | | %s |\n' \
    "$(ctest --test-dir build/dev -N -L '^long$' | sed -n 's/^Total Tests: //p')" $(((SECONDS - begun) / 60)) "$said" >>"$rows"
fi

{
  echo '# Long runs'
  echo
  echo "Written by \`./test long\`; the last run only. $(date -u +%Y-%m-%d), commit $(git rev-parse --short HEAD)," \
    "$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)."
  echo
  echo '| what | runs | time | edges | last new edge at run | inputs kept, run again under the sanitizers | result |'
  echo '|---|---|---|---|---|---|---|'
  cat "$rows"
  [ -z "$by_hand" ] || printf '\n%s\n' "$by_hand"
} >"$page"
cat "$page"
exit $result
