#!/usr/bin/env bash
# Fails when a file is not laid out as .clang-format says; prints the first differences and the command that mends them.
set -euo pipefail
cd "$(dirname "$0")/.."
format=${1:-clang-format}
mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.cc' '*.h')
if ! differences=$("$format" --dry-run --Werror "${files[@]}" 2>&1); then
  head -20 <<<"$differences"
  echo "Mend with: git ls-files '*.cc' '*.h' | xargs clang-format -i"
  exit 1
fi
echo "${#files[@]} files laid out as .clang-format says"
