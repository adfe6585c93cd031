#!/usr/bin/env bash
# clang-tidy over every file of src/, with the flags of build/dev.  Every finding is an error (.clang-tidy).
#   tools/lint.sh [FILE...]   these alone
# The flags are GCC's, and clang does not know all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# = 0 ]; then mapfile -t files < <(git ls-files 'src/*.cc' 'tools/*.cc'); else files=("$@"); fi
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/dev --extra-arg=-Wno-unknown-warning-option
