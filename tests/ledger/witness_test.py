#!/usr/bin/env python3
"""Witnesses sign what continues what they have seen, and nothing else; what they do not sign is said.

python3 tests/ledger/witness_test.py LAWBOUND VERIFY

The witness is witness.go beside this: Go's notes and proofs, none of ours.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
from acts import act, lines  # noqa: E402


class Witnesses(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lawbound-witness-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "ledger"
        self.ok("init", self.ledger, "--origin", "records.example/log")
        self.key = (self.ledger / "log.keys").read_text().strip()

    def run_ledger(self, *arguments, given=""):
        return subprocess.run([PROGRAM, "ledger", *map(str, arguments)], input=given, capture_output=True, text=True,
                              timeout=60, check=False)

    def ok(self, *arguments, given=""):
        done = self.run_ledger(*arguments, given=given)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def start(self, name, *mode):
        program = subprocess.Popen([BUILT, name, self.key, *mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True)
        self.addCleanup(program.stdout.close)
        self.addCleanup(program.wait)
        self.addCleanup(program.stdin.close)
        url, key = program.stdout.readline().split()
        self.ok("witness", self.ledger, "--add", url, "--key", key)
        return key

    def append(self, first, count):
        self.ok("append", self.ledger, given=lines([act(n, name="Ann") for n in range(first, first + count)]))

    def test_two_witnesses_sign_each_checkpoint(self):
        keys = [self.start("one.example/w"), self.start("two.example/w")]
        for first, count in ((0, 3), (3, 300), (303, 1)):
            self.append(first, count)
            done = self.ok("checkpoint", self.ledger)
            self.assertIn("2 witnesses", done.stderr)
            self.assertNotIn("nobody outside", done.stderr)
        said = json.loads(self.ok("checkpoint", self.ledger, "--json").stdout)  # the same size again
        self.assertEqual(said["witnesses"], 2)
        proof = self.folder / "act.tlog-proof"
        self.ok("prove", self.ledger, 5, "--out", proof)
        trust = ["--key", self.key, "--key", keys[0], "--key", keys[1]]
        for quorum, code in (("2", 0), ("3", 1)):
            done = subprocess.run([VERIFY, "receipt", proof, *trust, "--quorum", quorum], capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
            if code == 0:
                self.assertIn("witness      one.example/w at 20", done.stdout)
        self.ok("export", self.ledger, self.folder / "public")
        done = subprocess.run([VERIFY, "export", self.folder / "public", *trust, "--quorum", "2"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_second_history_is_signed_by_no_witness(self):
        self.start("one.example/w")
        self.append(0, 5)
        other = self.folder / "other"
        shutil.copytree(self.ledger, other)
        self.append(5, 5)
        self.assertIn("1 witness\n", self.ok("checkpoint", self.ledger).stderr)
        # The same key, the same name, the same length, another history.
        self.ok("append", other, given=lines([act(n, name="Bob") for n in range(100, 107)]))
        done = self.ok("checkpoint", other)
        self.assertIn("0 witnesses: nobody outside", done.stderr)
        self.assertIn("one.example/w HAS NOT SIGNED: it answers 422: not a continuation", done.stderr)
        # And one that is shorter than what was seen.
        (other / "signed").unlink()
        shutil.rmtree(other)
        self.ok("init", other, "--origin", "records.example/log")
        shutil.copy(self.ledger / "witnesses", other)
        shutil.copy(self.ledger / "log.keys", other)
        shutil.copy(self.ledger / "secrets" / "log.key", other / "secrets")
        self.ok("append", other, given=lines([act(0)]))
        self.assertIn("it has seen 10 entries of this log, and 1 were signed here", self.ok("checkpoint", other).stderr)

    def test_what_does_not_sign_is_named(self):
        self.append(0, 3)
        self.assertIn("0 witnesses: nobody outside", self.ok("checkpoint", self.ledger).stderr)
        self.start("forger.example/w", "forger")
        self.start("silent.example/w", "silent")
        self.start("forgetful.example/w", "forgetful")
        with (self.ledger / "witnesses").open("a", encoding="utf-8") as known:
            known.write("http://127.0.0.1:1 gone.example/w+" + self.some_key("gone.example/w"))
        done = self.ok("checkpoint", self.ledger)
        self.assertIn("0 witnesses: nobody outside", done.stderr)
        for said in ("forger.example/w HAS NOT SIGNED", "silent.example/w HAS NOT SIGNED: it answers 500: out of order",
                     "forgetful.example/w HAS NOT SIGNED: it has seen 1000000", "gone.example/w HAS NOT SIGNED: no answer"):
            self.assertIn(said, done.stderr)
        self.start("good.example/w")
        self.assertIn("good.example/w has signed", self.ok("checkpoint", self.ledger).stderr)
        self.assertEqual(self.run_ledger("witness", self.ledger).returncode, 3)
        self.assertTrue(json.loads(self.ok("fsck", self.ledger, "--json").stdout)["sound"])

    def some_key(self, name):
        import base64
        import hashlib
        public = b"\x04" + bytes(range(32))
        number = hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8]
        return number + "+" + base64.b64encode(public).decode() + "\n"

    def test_wrong_use(self):
        for words, says in ((["--add", "http://x", "--key", self.key], "is not the key of a witness"),
                            (["--add", "http://x", "--key", "short"], "key")):
            done = self.run_ledger("witness", self.ledger, *words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(says, done.stderr)


if __name__ == "__main__":
    PROGRAM, VERIFY = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="lawbound-witness-go-") as built:
        BUILT = built + "/witness"
        subprocess.run(["go", "build", "-o", BUILT, HERE / "witness.go"], check=True,
                       env={**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "",
                            "GOCACHE": os.environ.get("GOCACHE", os.path.expanduser("~/.cache/go-build"))})
        unittest.main(argv=sys.argv[:1])
