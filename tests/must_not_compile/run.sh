#!/bin/bash
# run.sh COMPILER SOURCE-FOLDER: all files here compile together, and none does when MISUSE is defined: so it is the misuse
# alone that the compiler refuses.
set -u
compiler=$1; source=$2
here=$(dirname "$0")
compile=("$compiler" -std=c++20 -fsyntax-only -I "$source" -x c++)
if ! cat "$here"/*.cc | "${compile[@]}" -; then
  echo "what is lawful does not compile"
  exit 1
fi
wrong=0; misuses=0
for file in "$here"/*.cc; do
  misuses=$((misuses + 1))
  if "${compile[@]}" -DMISUSE "$file" 2>/dev/null; then
    echo "$file: its misuse compiles"
    wrong=1
  fi
done
echo "$misuses misuses, tried with $compiler"
[ "$misuses" -ge 10 ] && [ "$wrong" = 0 ]
