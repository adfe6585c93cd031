#!/usr/bin/env python3
"""Fails when a code of a message is used twice, or lacks an entry in docs/diagnostics.md or a golden file.

A code is what a function in src/*/messages.h says in its comment ("// S001"); messages.cc must use the same ones.
A golden file is a page under tests/expect whose expect block prints the code, or a unit test that names it where no
page can be written by hand.
"""
import collections
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
CODE = r"[SCR]\d{3}"
bad = []

codes = {}
for header in sorted(root.glob("src/*/messages.h")):
    declared = re.findall(rf"^// ({CODE})\b", header.read_text(encoding="utf-8"), re.M)
    used = re.findall(rf'"({CODE})"', header.with_suffix(".cc").read_text(encoding="utf-8"))
    for code, count in collections.Counter(used).items():
        if count > 1:
            bad.append(f"{header.with_suffix('.cc')}: {code} is used by {count} messages")
    for code in sorted(set(declared) ^ set(used)):
        bad.append(f"{header}: {code} stands in only one of messages.h and messages.cc")
    for code in set(declared) | set(used):
        if code in codes:
            bad.append(f"{header}: {code} belongs to {codes[code]}")
        codes[code] = header

entries = re.findall(rf"^## ({CODE}) \S", (root / "docs/diagnostics.md").read_text(encoding="utf-8"), re.M)
shown = set()
for page in root.glob("tests/expect/**/*.md"):
    for block in re.findall(r"^```expect\n(.*?)^```$", page.read_text(encoding="utf-8", errors="replace"), re.M | re.S):
        shown |= set(re.findall(rf"\b({CODE}): ", block))
for test in root.glob("src/*/*_test.cc"):
    shown |= set(re.findall(rf'"({CODE})"', test.read_text(encoding="utf-8")))

for code in sorted(codes):
    if entries.count(code) != 1:
        bad.append(f"docs/diagnostics.md: {code} has {entries.count(code)} entries, wanted one")
    if code not in shown:
        bad.append(f"tests/expect: no golden file shows {code}")
for code in sorted(set(entries) - set(codes)):
    bad.append(f"docs/diagnostics.md: {code} is the code of no message")

print("\n".join(bad) or f"{len(codes)} messages, each with an entry and a golden file")
sys.exit(bool(bad))
