# shellcheck shell=bash
# How a fuzzer is started, in one place.  Sourced by test and long_runs.sh, in the root.

# The preset whose fuzzers run: fuzz, with the sanitizers, or fuzz-fast, without them and several times as fast.
fuzz_build=build/fuzz

fuzzers() {  # the names of those that are built
  local path
  for path in "$fuzz_build"/fuzz/fuzz_*; do
    if [ -f "$path" ] && [ -x "$path" ] && [[ $path != *_replay ]]; then basename "$path"; fi
  done
}

# fuzz NAME CORPUS [options of libFuzzer]: what is new goes to the folder CORPUS; seeds and old findings are read too.
fuzz() {
  local name=$1 corpus=$2 length=4096 folders=() options=()
  shift 2
  if [ "$name" = fuzz_program ]; then length=65536; fi  # the smallest program with every form has 6,000 bytes
  local folder
  for folder in "$corpus" "fuzz/seeds/$name" "fuzz/regressions/$name"; do
    if [ -d "$folder" ]; then folders+=("$folder"); fi
  done
  if [ -f "fuzz/$name.dict" ]; then options+=("-dict=fuzz/$name.dict"); fi
  # A small quarantine: freed memory is used again soon, which makes a run of some milliseconds several times faster.
  ASAN_OPTIONS=quarantine_size_mb=4:malloc_context_size=2 nice -n "${LAWBOUND_FUZZ_NICE:-19}" "$fuzz_build/fuzz/$name" "${folders[@]}" \
    "${options[@]}" -max_len="$length" -timeout=10 -rss_limit_mb=2000 -entropic=0 -artifact_prefix="$fuzz_build/" "$@"
}

# The edges reached and the run that last reached a new one, from a log of libFuzzer: "#1234 NEW cov: 567 ...".
fuzz_reached() { awk '$3 == "cov:" && $4 > most { most = $4; last = substr($1, 2) } END { print most + 0, last + 0 }' "$1"; }

# fuzz_long NAME CORPUS LOG [options]: as fuzz, and ends early, with success, when for an hour no new edge was reached.
fuzz_long() {
  local log=$3 name=$1 corpus=$2 edges=0 now since=$SECONDS fuzzer
  shift 3
  fuzz "$name" "$corpus" "$@" >"$log" 2>&1 &
  fuzzer=$!
  while kill -0 "$fuzzer" 2>/dev/null; do
    sleep 10
    read -r now _ < <(fuzz_reached "$log")
    if [ "$now" != "$edges" ]; then edges=$now since=$SECONDS; fi
    if [ $((SECONDS - since)) -ge "${LAWBOUND_FUZZ_QUIET_SECONDS:-3600}" ]; then
      echo "no new edge for ${LAWBOUND_FUZZ_QUIET_SECONDS:-3600} seconds: stopped" >>"$log"
      pkill -INT -P "$fuzzer" || kill -INT "$fuzzer"  # libFuzzer prints its figures and goes
      wait "$fuzzer"
      return 0
    fi
  done
  wait "$fuzzer"
}
