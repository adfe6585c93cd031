#!/usr/bin/env python3
"""A document is streamed: it may be larger than the memory.

python3 tests/ledger/large_document_test.py LAWBOUND GIGABYTES

Each step may use 64 MB of memory, whatever the document's size; what comes back is what went in.
"""
import hashlib
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM, GIGABYTES = sys.argv[1], float(sys.argv[2])
SIZE = int(GIGABYTES * (1 << 30)) + 12_345
MOST_KILOBYTES = 64 << 10


def pieces():
    """Bytes that repeat nowhere near, made faster than they are read."""
    block = hashlib.shake_128(b"a large document").digest(1 << 20)
    left, number = SIZE, 0
    while left > 0:
        piece = number.to_bytes(8, "big") + block[8:]
        yield piece[:left]
        left -= len(piece)
        number += 1


def run(*words, feed=False, out=None):
    begun = time.monotonic()
    with subprocess.Popen([PROGRAM, "ledger", *map(str, words)], stdin=subprocess.PIPE, stdout=out or subprocess.PIPE) as program:
        if feed:
            for piece in pieces():
                program.stdin.write(piece)
        program.stdin.close()
        printed = None if out else program.stdout.read()
    if program.returncode != 0:
        sys.exit(f"{words[0]} {words[1]} ended with {program.returncode}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{' '.join(map(str, words[:2]))}: {time.monotonic() - begun:.1f} s, at most {most / 1024:.0f} MB of memory so far")
    if most > MOST_KILOBYTES:
        sys.exit("that is too much")
    return printed


with tempfile.TemporaryDirectory(prefix="lawbound-large-", dir=sys.argv[3] if len(sys.argv) > 3 else None) as name:
    folder = pathlib.Path(name)
    ledger = folder / "ledger"
    run("init", ledger, "--origin", "records.example/log")
    taken = json.loads(run("document", "add", ledger, "-", "--matter", "m-1", "--office", "town-hall", "--kind", "film",
                           "--source", "camera", "--json", feed=True))
    assert taken["size"] == SIZE, taken
    stored = sum(path.stat().st_size for path in (ledger / "documents").iterdir())
    print(f"{SIZE} bytes are {stored} on the disk")
    assert SIZE < stored < SIZE * 1.26
    run("document", "check", ledger)
    run("document", "export", ledger, taken["document"], "--out", folder / "back")
    wanted, got = hashlib.sha256(), hashlib.sha256()
    for piece in pieces():
        wanted.update(piece)
    with open(folder / "back", "rb") as back:
        while block := back.read(1 << 20):
            got.update(block)
    assert wanted.digest() == got.digest()
print("came back as it was")
