#!/usr/bin/env bash
# check_foreign.sh MAKE_LOG VERIFY COUNT: a log of COUNT acts is believed by lawbound-verify, by Go's checksum database and
# by Node, and a changed bit in any kind of file by none of them.  Ends with 77, 'skipped', where Go or Node is missing.
set -euo pipefail
make_log=$1 verify=$2 count=$3
here=$(cd "$(dirname "$0")" && pwd)
command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] && command -v node >/dev/null ||
  { echo 'needs golang-go, golang-golang-x-mod-dev and nodejs'; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=${GOCACHE:-$HOME/.cache/go-build} GOFLAGS=
go build -o "$work/check_export" "$here/check_export.go"
mkdir "$work/made"
time "$make_log" "$count" "$work/made"
log=$work/made/log
key=$(cat "$work/made/key")

believed() { # whether all three believe the log; says what each says
  local all=0
  "$verify" export "$log" --key "$key" >"$work/ours" 2>&1 || all=1
  "$work/check_export" "$log" "$key" >"$work/go" 2>&1 || all=$((all + 2))
  sed -n 1p "$work/ours"; cat "$work/go"
  return $all
}

time believed
node "$here/check_checkpoint.mjs" "$log/checkpoint" "$key"
"$verify" receipt "$work/made/receipt.tlog-proof" --key "$key" >/dev/null

flip() { # the lowest bit of the byte in the middle of a file
  python3 - "$1" <<'PYTHON'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[len(data) // 2] ^= 1
open(sys.argv[1], "wb").write(data)
PYTHON
}
for pattern in 'checkpoint' 'tile/0/*' 'tile/1/*' 'tile/entries/*'; do
  file=$(find "$log" -type f -path "$log/$pattern" | sort | sed -n 1p)
  flip "$file"
  code=0
  believed || code=$?
  [ "$code" = 3 ] || { echo "a changed bit of $file was believed ($code)"; exit 1; }
  flip "$file"
done
believed
echo 'every changed bit was refused by both'
