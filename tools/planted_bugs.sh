#!/bin/sh
# Plants each bug of tests/planted in a scratch copy, builds the tests that could see it and says which did.
#
#   tools/planted_bugs.sh [PATCH...]        all of tests/planted/*.patch, or these
#   FIRST=1 tools/planted_bugs.sh ...       goes on to the next bug as soon as one test has seen this one
#
# The copy is build/planted, laid out as the tree is, so that a compiler cache knows it; what is built stays
# between runs, so that only what a patch touches is built again.  A patch begins with one line that says what the
# bug does.  Prints one row of a table for each; ends with status 1 if any was missed, 2 if a patch no longer
# applies or builds.
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
copy=$root/build/planted
tests="cases_test differential_test findings_test calendar_test check_test"

mkdir -p "$copy/build"
find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z | xargs -0 cp --parents -p -t "$copy" || exit 2
# An earlier run may have built them with a bug after they were written.
sed -n 's|^+++ b/||p' "$root"/tests/planted/*.patch | sort -u | (cd "$copy" && xargs touch)
cd "$copy" || exit 2
cmake --preset dev >cmake.log || exit 2
known=""
for test in $tests; do
  if ninja -C build/dev -t query "$test" >/dev/null 2>&1; then known="$known $test"; fi
done

build() { ninja -C build/dev -j2 "$@" >build.log 2>&1; }
run() {
  seen=""
  for test in $known; do
    build "$test" || return 1
    program=$(find build/dev -type f -perm -u+x -name "$test" | head -1)
    timeout 3600 "$program" >"$test.log" 2>&1
    case $? in
      0) ;;
      124) echo "$test did not end: build/planted/$test.log" >&2 ;;
      *) seen="$seen $test" ;;
    esac
    if [ -n "${FIRST:-}" ] && [ -n "$seen" ]; then break; fi
  done
}

run || { echo "the tree does not build: $copy/build.log"; exit 2; }
[ -z "$seen" ] || { echo "without any bug these fail:$seen"; exit 2; }

status=0
echo "| bug | what it does | caught by |"
echo "|---|---|---|"
if [ $# -eq 0 ]; then set -- "$root"/tests/planted/*.patch; fi
for patch in "$@"; do
  name=$(basename "$patch" .patch)
  what=$(head -1 "$patch")
  if ! patch -s -p1 <"$patch"; then echo "| $name | $what | does not apply |"; status=2; continue; fi
  if run; then
    if [ -z "$seen" ]; then seen=" **missed**"; [ $status -eq 2 ] || status=1; fi
    echo "| $name | $what |$seen |"
  else
    echo "| $name | $what | does not build |"
    status=2
  fi
  patch -s -R -p1 <"$patch"
done
exit $status
