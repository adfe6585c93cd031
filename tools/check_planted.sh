#!/bin/sh
# Whether each bug of tests/planted still fits the source: one that does not is a test that nobody can run.
# The bugs themselves are planted by tools/planted_bugs.sh.  Ends with status 1 and names those that do not.
set -u
cd "$(dirname "$0")/.." || exit 2
status=0
for bug in tests/planted/*.patch tests/planted/prove/*.patch; do
  patch --dry-run --force --silent -p1 <"$bug" >/dev/null && continue
  echo "$bug does not apply: write it anew for the source as it is now"
  status=1
done
exit $status
