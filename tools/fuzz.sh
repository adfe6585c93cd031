# shellcheck shell=bash
# How a fuzzer is started, in one place.  Sourced by test and long_runs.sh, in the root.

fuzzers() {  # the names of those that are built
  local path
  for path in build/fuzz/fuzz/fuzz_*; do
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
  ASAN_OPTIONS=quarantine_size_mb=4:malloc_context_size=2 nice -n 19 "build/fuzz/fuzz/$name" "${folders[@]}" \
    "${options[@]}" -max_len="$length" -timeout=10 -rss_limit_mb=2000 -entropic=0 -artifact_prefix=build/fuzz/ "$@"
}
