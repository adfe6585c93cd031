#!/usr/bin/env bash
# clang-tidy over every file of src/, with the flags of build/dev.  Every finding is an error (.clang-tidy).
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files 'src/*.cc' 'tools/*.cc' | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/dev
