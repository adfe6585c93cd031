#!/usr/bin/env bash
# Fails when a file is not laid out as .clang-format says; prints the first differences and the command that mends them.
set -euo pipefail
cd "$(dirname "$0")/.."
format=${1:-clang-format}
mapfile -t files < <(find src tools tests fuzz bench -name '*.cc' -o -name '*.h' | sort)
if ! "$format" --dry-run --Werror "${files[@]}" 2>/tmp/lawbound-format.$$; then
  head -20 /tmp/lawbound-format.$$
  rm -f /tmp/lawbound-format.$$
  echo "Mend with: git ls-files '*.cc' '*.h' | xargs clang-format -i"
  exit 1
fi
rm -f /tmp/lawbound-format.$$
echo "${#files[@]} files laid out as .clang-format says"
