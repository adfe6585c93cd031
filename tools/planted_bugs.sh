#!/bin/sh
# Plants each bug of tests/planted in a scratch copy, builds the tests that could see it and says which did: those
# of the prover for tests/planted/prove, for the others those of the engine.
#
#   tools/planted_bugs.sh [PATCH...]        all of tests/planted, or these
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
engine_tests="cases_test differential_test findings_test calendar_test check_test"
prove_tests="prove_test prove_differential_test"
if [ $# -eq 0 ]; then set -- "$root"/tests/planted/*.patch "$root"/tests/planted/prove/*.patch; fi

mkdir -p "$copy/build"
find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z | xargs -0 cp --parents -p -t "$copy" || exit 2
# An earlier run may have built them with a bug after they were written.
sed -n 's|^+++ b/||p' "$root"/tests/planted/*.patch "$root"/tests/planted/prove/*.patch | sort -u |
  (cd "$copy" && xargs touch)
cd "$copy" || exit 2
cmake --preset dev >cmake.log || exit 2

tests_for() { # PATCH
  case $1 in
    */planted/prove/*) echo "$prove_tests" ;;
    *) echo "$engine_tests" ;;
  esac
}
build() { ninja -C build/dev -j2 "$@" >build.log 2>&1; }
run() { # TEST...
  seen=""
  for test in "$@"; do
    ninja -C build/dev -t query "$test" >/dev/null 2>&1 || continue
    build "$test" || return 1
    program=$(find build/dev -type f -perm -u+x -name "$test" | head -1)
    timeout 3600 "$program" >"$test.log" 2>&1
    case $? in
      0) ;;
      124 | 137 | 143) echo "$test did not end: build/planted/$test.log" >&2 ;;
      *) seen="$seen $test" ;;
    esac
    if [ -n "${FIRST:-}" ] && [ -n "$seen" ]; then break; fi
  done
}

needed=$(for patch in "$@"; do tests_for "$patch"; done | sort -u)
# shellcheck disable=SC2086
run $needed || { echo "the tree does not build: $copy/build.log"; exit 2; }
[ -z "$seen" ] || { echo "without any bug these fail:$seen"; exit 2; }

status=0
echo "| bug | what it does | caught by |"
echo "|---|---|---|"
for patch in "$@"; do
  name=$(basename "$patch" .patch)
  what=$(head -1 "$patch")
  if ! patch -s -p1 <"$patch"; then echo "| $name | $what | does not apply |"; status=2; continue; fi
  # shellcheck disable=SC2046
  if run $(tests_for "$patch"); then
    if [ -z "$seen" ]; then seen=" **missed**"; [ $status -eq 2 ] || status=1; fi
    echo "| $name | $what |$seen |"
  else
    echo "| $name | $what | does not build |"
    status=2
  fi
  patch -s -R -p1 <"$patch"
done
exit $status
