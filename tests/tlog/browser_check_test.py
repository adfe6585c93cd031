#!/usr/bin/env python3
"""The check that runs in a browser (src/verify/offline.js) against lawbound-verify: receipts as they are made, and the
same with one byte changed, everywhere, on the outside and inside what is wrapped in base64.  Both must say the same.

python3 tests/tlog/browser_check_test.py LAWBOUND VERIFY [EVERY]: EVERY takes each so-manieth byte only.
"""
import base64
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = "lf8rfGU4K5bT3PWNREmq6KZdOM4blSVC94XuVU8kEek="
RUN = """
const fs = require('fs');
const check = new Function(fs.readFileSync(process.argv[1], 'utf8') + ';return LawboundVerify')().check;
const told = JSON.parse(fs.readFileSync(0, 'utf8'));
(async () => {
  for (const [receipt, keys, document] of told) {
    const paper = document ? fs.readFileSync(document) : null;
    console.log(JSON.stringify(await check(fs.readFileSync(receipt), keys, paper)));
  }
})();
"""


def sh(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def in_browser(cases):
    said = sh("node", "-e", RUN, ROOT / "src" / "verify" / "offline.js", input=json.dumps(cases))
    return [json.loads(line) for line in said.split("\n") if line]  # splitlines knows more ends of lines


def make(program, town):
    """A ledger with an act, an erasure and a document; receipts of them."""
    sh(program, "ledger", "init", town, "--origin", "records.example/log")
    sh(program, "ledger", "floor", town, ROOT / "packs" / "prc" / "targets", "--day", "2026-02-27")
    acts = [{"facts": {"act": "decide", "day": "2026-02-28", "matter": "m-1", "office": "town-hall", "pack": PACK,
                       "program": PACK, "verdict": "lawful"},
             "fields": {"name": f"王小明 {i}", "phone": None, "reasons": "Because.\nAnd so on."}} for i in range(5)]
    sh(program, "ledger", "append", town, "-", input="".join(json.dumps(one) + "\n" for one in acts))
    letter = town.parent / "letter.html"
    letter.write_text("<!DOCTYPE html><p>通知书</p>\n")
    taken = sh(program, "ledger", "document", "add", town, letter, "--matter", "m-1", "--office", "town-hall", "--kind",
               "letter", "--source", "office", "--day", "2026-03-01", "--json")
    sh(program, "ledger", "erase", town, "2", "--field", "name", "--ground", "Act, s. 9", "--official", "1001", "--day",
       "2026-03-02")
    sh(program, "ledger", "checkpoint", town)
    out = {}
    for name, words in (("whole", ("1", "--show-all")), ("part", ("3", "--show", "reasons")), ("erased", ("2", "--show-all")),
                        ("document", (json.loads(taken)["entry"], "--show-all")),
                        ("hidden", (json.loads(taken)["entry"], "--show", "size"))):
        out[name] = town.parent / f"{name}.tlog-proof"
        sh(program, "ledger", "prove", town, *words, "--out", out[name])
    return out, letter


def changed(receipt, every):
    """Each with one byte changed: outside, and in the lines that `extra` wraps."""
    dice = random.Random(receipt)
    lines = receipt.split(b"\n")
    inner = base64.b64decode(lines[1].removeprefix(b"extra "))

    def wrap(bytes_):
        return b"\n".join([lines[0], b"extra " + base64.b64encode(bytes_), *lines[2:]])
    for text, back in ((receipt, lambda x: x), (inner, wrap)):
        for at in range(0, len(text), every):
            kind = dice.randrange(4)
            byte = bytes([text[at] ^ 1 << dice.randrange(7)])
            yield back(text[:at] + (byte, b"", text[at:at + 1] * 2, bytes([dice.randrange(256)]))[kind] + text[at + 1:])
        # Another spelling of the same base64: bits that nobody reads.
        for at in range(1, len(text)):
            if text[at:at + 1] == b"=" and text[at - 1:at].isalnum():
                yield back(text[:at - 1] + bytes([text[at - 1] + 1]) + text[at:])
        # Each line left out, there twice, and behind the next.
        rows = text.split(b"\n")
        for i, row in enumerate(rows):
            yield back(b"\n".join(rows[:i] + rows[i + 1:]))
            yield back(b"\n".join(rows[:i] + [row, row] + rows[i + 1:]))
            yield back(b"\n".join(rows[:i] + rows[i + 1:i + 2] + [row] + rows[i + 2:]))


def main():
    program, verify = sys.argv[1:3]
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        receipts, letter = make(program, place / "town")
        keys = (place / "town" / "log.keys").read_text()
        files = list(receipts.values())
        for name, path in receipts.items():
            for i, bytes_ in enumerate(changed(path.read_bytes(), every)):
                files.append(place / f"{name}-{i}.tlog-proof")
                files[-1].write_bytes(bytes_)
        said = []
        for first in range(0, len(files), 500):
            done = subprocess.run([verify, "receipt", *map(str, files[first:first + 500]), "--keys",
                                   str(place / "town" / "log.keys"), "--json"], capture_output=True, text=True, check=False)
            said += [json.loads(line) for line in done.stdout.split("\n") if line]
        browser = in_browser([[str(path), keys, None] for path in files])
        assert len(said) == len(browser) == len(files)
        counts = {}
        for path, ours, theirs in zip(files, said, browser):
            assert ours["result"] == theirs["result"], (path.name, ours, theirs, path.read_bytes())
            counts[ours["result"]] = counts.get(ours["result"], 0) + 1
            if ours["result"] == "refused":
                continue
            rows = [(row["name"], row["state"], row.get("value"), row.get("by")) for row in ours["fields"]]
            theirs_rows = [(row["name"], row["state"], row["value"], None if row["by"] is None else int(row["by"]))
                           for row in theirs["fields"]]
            assert rows == theirs_rows, (path.name, rows, theirs_rows)
            assert (str(ours["entry"]), ours["kind"], ours["log"]) == (theirs["entry"], theirs["kind"], theirs["log"])
        assert [said[i]["result"] for i in range(len(receipts))] == ["verified"] * len(receipts), said[:len(receipts)]
        assert counts["refused"] > 0.9 * (len(files) - len(receipts)), counts

        # The document: as it is, with one byte more, another receipt, a digest that is not shown, a wrong key.
        other = place / "other.html"
        other.write_bytes(letter.read_bytes() + b" ")
        foreign = sh(program, "key", "records.example/log", "--out", place / "foreign.key").strip()
        cases = [("document", keys, letter, "same", 0), ("document", keys, other, "another", 1),
                 ("whole", keys, letter, "none", 1), ("hidden", keys, letter, "not shown", 1)]
        for (name, key, paper, match, code), told in zip(cases, in_browser(
                [[str(receipts[name]), key, str(paper)] for name, key, paper, _, _ in cases])):
            assert told["document"] == match, (name, told)
            done = subprocess.run([verify, "receipt", str(receipts[name]), "--keys", str(place / "town" / "log.keys"),
                                   "--document", str(paper)], capture_output=True, text=True, check=False)
            assert done.returncode == code, (name, done)
        wrong = in_browser([[str(receipts["document"]), foreign, str(letter)], [str(receipts["document"]), "x", None]])
        assert [one["reason"] for one in wrong] == ["no-key", "key"], wrong
        print(f"{len(files)} receipts: {counts}; the browser says the same of each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
