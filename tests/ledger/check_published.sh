#!/usr/bin/env bash
# check_published.sh LAWBOUND VERIFY COUNT: a ledger of COUNT acts, published, is believed by lawbound-verify and by Go's
# checksum database; one changed bit in the published files is refused by both, one in the rows by fsck.
set -euo pipefail
lawbound=$1 verify=$2 count=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=${GOCACHE:-$HOME/.cache/go-build} GOFLAGS=
go build -o "$work/check_export" "$here/../tlog/check_export.go"

"$lawbound" ledger init "$work/ledger" --origin records.example/log >/dev/null
time python3 "$here/acts.py" "$count" | "$lawbound" ledger append "$work/ledger" >"$work/answers"
[ "$(tail -1 "$work/answers")" = $((count - 1)) ]
"$lawbound" ledger checkpoint "$work/ledger" 2>/dev/null
time "$lawbound" ledger export "$work/ledger" "$work/public"
time "$lawbound" ledger fsck "$work/ledger"
key=$(tail -1 "$work/ledger/log.keys")

believed() { # whether both believe it
  local all=0
  "$verify" export "$work/public" --key "$key" >/dev/null 2>&1 || all=1
  "$work/check_export" "$work/public" "$key" >/dev/null 2>&1 || all=$((all + 2))
  return $all
}
believed || { echo "not believed ($?)"; exit 1; }

# Bits drawn by a fixed seed, over every kind of file.
python3 - "$work/public" >"$work/bits" <<'PYTHON'
import pathlib, random, sys
draw = random.Random(6)
root = pathlib.Path(sys.argv[1])
for pattern in ["checkpoint", "tile/0/**/*", "tile/1/**/*", "tile/entries/**/*"]:
    files = sorted(path for path in root.glob(pattern) if path.is_file())
    for path in draw.sample(files, min(3, len(files))):
        size = path.stat().st_size
        if pattern == "checkpoint":  # what follows the key's name and id in the signature's line is checked too
            size -= 1
        print(path, draw.randrange(size), draw.randrange(8))
PYTHON
flip() { python3 -c 'import sys
p, at, bit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(p, "r+b") as f:
    f.seek(at); b = f.read(1)[0]; f.seek(at); f.write(bytes([b ^ (1 << bit)]))' "$@"; }
while read -r file at bit; do
  flip "$file" "$at" "$bit"
  code=0
  believed || code=$?
  [ "$code" = 3 ] || { echo "bit $bit of byte $at of $file was changed and believed ($code)"; exit 1; }
  flip "$file" "$at" "$bit"
done <"$work/bits"
believed

python3 - "$work/ledger/rows" "$count" <<'PYTHON'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1])
number = int(sys.argv[2]) // 2
(entry,) = rows.execute("SELECT bytes FROM entry WHERE number = ?", (number,)).fetchone()
changed = bytearray(entry)
changed[len(changed) // 2] ^= 1
rows.execute("UPDATE entry SET bytes = ? WHERE number = ?", (bytes(changed), number))
rows.commit()
PYTHON
code=0
"$lawbound" ledger fsck "$work/ledger" >"$work/fsck" || code=$?
[ "$code" = 3 ] && grep -q "^BAD: entry $((count / 2)) " "$work/fsck" || { echo "fsck ended with $code:"; cat "$work/fsck"; exit 1; }
echo "every changed bit was refused"
