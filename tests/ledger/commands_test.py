#!/usr/bin/env python3
"""The commands of `lawbound ledger`: what they print, what --json says, how they end.

python3 tests/ledger/commands_test.py LAWBOUND LAWBOUND_VERIFY sqlite|postgres
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import act, lines  # noqa: E402
from postgres import Server  # noqa: E402


class Commands(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "ledger"
        self.ok("init", self.ledger, "--origin", "records.example/log", *self.rows())

    @staticmethod
    def rows():
        """Where a new ledger keeps its rows."""
        return ["--postgres", SERVER.database()] if SERVER else []

    def run_ledger(self, *arguments, given=""):
        done = subprocess.run([PROGRAM, "ledger", *map(str, arguments)], input=given, capture_output=True, text=True,
                              timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def ok(self, *arguments, given=""):
        code, printed, errors = self.run_ledger(*arguments, given=given)
        self.assertEqual(code, 0, errors)
        return printed

    def says(self, *arguments, given=""):
        return json.loads(self.ok(*arguments, "--json", given=given))

    def wants(self, code, says, *arguments, given=""):
        got, printed, errors = self.run_ledger(*arguments, given=given)
        self.assertEqual(got, code, printed + errors)
        self.assertIn(says, errors)

    def receipt(self, entry, *options):
        path = self.folder / "act.tlog-proof"
        self.says("prove", self.ledger, entry, "--out", path, *options)
        answer = self.says("verify", path, "--keys", self.ledger / "log.keys")
        return {field["name"]: field["state"] for field in answer["fields"]}

    def test_from_an_act_to_a_receipt_and_an_erasure(self):
        acts = [act(0, name="Ann Example", reasons="理由"), act(1, name="Bob")]
        self.assertEqual(self.ok("append", self.ledger, given=lines(acts)), "0\n1\n")
        self.assertEqual(self.ok("append", self.ledger, given=lines(acts[1:])), "1 (recorded before)\n")
        self.assertEqual(self.says("checkpoint", self.ledger)["witnesses"], 0)
        self.assertEqual(self.receipt(0, "--show", "reasons"), {"name": "withheld", "reasons": "shown"})
        erased = self.says("erase", self.ledger, 0, "--field", "name", "--ground", "Records Act, s. 9",
                           "--official", "registrar", "--day", "2026-03-01")
        self.assertEqual(erased, {"entry": 2, "kind": "erase"})
        self.says("erase", self.ledger, 0, "--seal", "--field", "reasons", "--ground", "Minors Act, s. 2",
                  "--official", "registrar")
        self.ok("checkpoint", self.ledger)
        self.assertEqual(self.receipt(0, "--show-all"), {"name": "erased", "reasons": "sealed"})
        self.wants(3, "was sealed by entry 3", "prove", self.ledger, 0, "--show", "reasons", "--out", "x")
        report = self.says("fsck", self.ledger)
        self.assertEqual((report["sound"], report["entries"], report["erased"], report["problems"]), (True, 4, 1, []))
        public = self.folder / "public"
        self.assertEqual(self.says("export", self.ledger, public)["added"], 4)
        done = subprocess.run([VERIFY, "export", str(public), "--keys", str(self.ledger / "log.keys"), "--json"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(json.loads(done.stdout)["kinds"], {"act": 2, "erase": 1, "seal": 1})

    def test_each_line_gets_its_answer(self):
        given = lines([act(0)]) + "{\n" + lines([{**act(1), "surprise": 1}]) + lines([act(2, name="x" * (2 << 20))])
        given += lines([{**act(0), "kind": "other"}]) + lines([act(3)])
        code, printed, _ = self.run_ledger("append", self.ledger, "--json", given=given)
        self.assertEqual(code, 3)
        answers = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual([answer.get("error", answer.get("entry")) for answer in answers],
                         [0, "invalid", "invalid", "limit", "conflict", 1])

    def test_an_answer_comes_before_the_next_line(self):
        with subprocess.Popen([PROGRAM, "ledger", "append", str(self.ledger)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as program:
            for number in range(3):
                program.stdin.write(lines([act(number)]))
                program.stdin.flush()
                self.assertEqual(program.stdout.readline(), f"{number}\n")
            # While it writes, nobody else does; reading is free.
            self.wants(3, "another program is writing", "append", self.ledger, given="")
            self.assertTrue(self.says("fsck", self.ledger)["sound"])
            program.stdin.close()
            self.assertEqual(program.wait(timeout=60), 0)

    def test_wrong_use(self):
        self.wants(2, "'lawbound ledger --help' says more", "")
        self.wants(2, "--origin is required", "init", self.folder / "new")
        self.wants(3, "/nowhere", "init", self.folder / "new", "--origin", "records.example/log", "--postgres",
                   "host=/nowhere dbname=ledger")
        self.ok("init", self.folder / "new", "--origin", "records.example/log", *self.rows())
        self.wants(3, "is a ledger already", "init", self.ledger, "--origin", "records.example/log")
        self.wants(3, "is not a ledger", "fsck", self.folder / "nowhere")
        self.wants(3, "nothing of this ledger was signed yet", "prove", self.ledger, 0, "--out", "x")
        self.wants(3, "there is no entry 7", "erase", self.ledger, 7, "--field", "a", "--ground", "g",
                   "--official", "o")
        self.wants(2, "not a date", "erase", self.ledger, 7, "--field", "a", "--ground", "g", "--official", "o",
                   "--day", "soon")
        self.wants(2, "no key of a log is given", "verify", "x")

    def test_a_backup_comes_back_with_what_was_published_since(self):
        self.ok("append", self.ledger, given=lines([act(0, name="Ann"), act(1, name="Bob")]))
        self.ok("checkpoint", self.ledger)
        backup, public, again = (self.folder / name for name in ("backup", "public", "again"))
        self.assertEqual(self.says("backup", self.ledger, backup)["entries"], 2)
        self.wants(3, "exists already", "backup", self.ledger, backup)
        self.ok("erase", self.ledger, 0, "--field", "name", "--ground", "Act, s. 9", "--official", "registrar")
        self.ok("append", self.ledger, given=lines([act(2, name="Cid")]))
        self.ok("checkpoint", self.ledger)
        self.ok("export", self.ledger, public)
        vault = self.folder / "vault"
        shutil.copytree(self.ledger / "secrets", vault)
        wish = ["restore", again, backup, "--secrets", vault, "--official", "registrar", *self.rows()]
        self.wants(3, "what the world has seen", *wish)
        self.wants(3, "the backup ends at 2", *wish, "--checkpoint", self.ledger / "signed")
        self.assertEqual(self.says(*wish, "--published", public),
                         {"entries": 5, "from_backup": 2, "from_published": 2, "erased": 1, "lost": 1})
        report = self.says("fsck", again)
        self.assertEqual((report["sound"], report["erased"], report["lost"]), (True, 1, 1))
        self.ok("append", again, given=lines([act(3, name="Dee")]))
        self.ok("checkpoint", again)
        self.assertEqual(self.says("export", again, public)["added"], 2)

    def test_new_keys(self):
        self.ok("append", self.ledger, given=lines([act(0, name="Ann")]))
        self.ok("checkpoint", self.ledger)
        old = (self.ledger / "log.keys").read_text()
        done = self.says("rotate", self.ledger, "--ground", "yearly", "--official", "registrar")
        self.assertEqual(done["checkpoint"].count("\u2014 records.example/log "), 2)
        self.assertEqual((self.ledger / "log.keys").read_text(), old + done["key"] + "\n")
        self.assertEqual(self.says("rotate", self.ledger, "--matters"), {"matters": 1})
        self.wants(2, "needs --ground and --official", "rotate", self.ledger)
        self.ok("checkpoint", self.ledger)
        self.assertEqual(self.receipt(0, "--show-all"), {"name": "shown"})
        self.assertTrue(self.says("fsck", self.ledger)["sound"])

    def test_two_servers_on_one_ledger(self):
        """The folder was copied to a second machine and both reach the rows: one of them writes."""
        self.ok("append", self.ledger, given=lines([act(0)]))
        second = self.folder / "second"
        shutil.copytree(self.ledger, second)
        if not SERVER:  # a file of rows that both see
            (second / "rows").unlink()
            (second / "rows").symlink_to(self.ledger / "rows")
            (second / "lock").unlink()
            (second / "lock").symlink_to(self.ledger / "lock")
        with subprocess.Popen([PROGRAM, "ledger", "append", str(self.ledger)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as program:
            program.stdin.write(lines([act(1)]))
            program.stdin.flush()
            self.assertEqual(program.stdout.readline(), "1\n")
            self.wants(3, "another program is writing", "append", second, given=lines([act(2)]))
            program.stdin.close()
            self.assertEqual(program.wait(timeout=60), 0)
        self.assertEqual(self.ok("append", second, given=lines([act(2)])), "2\n")
        self.assertEqual(self.ok("append", self.ledger, given=lines([act(3)])), "3\n")

    def test_fsck_ends_with_3_on_damage(self):
        self.ok("append", self.ledger, given=lines([act(0)]))
        self.ok("checkpoint", self.ledger)
        signed = self.ledger / "signed"
        signed.write_bytes(signed.read_bytes().replace(b"\n1\n", b"\n2\n"))
        code, printed, _ = self.run_ledger("fsck", self.ledger)
        self.assertEqual(code, 3)
        self.assertIn("BAD: '", printed)


if __name__ == "__main__":
    PROGRAM, VERIFY = sys.argv[1:3]
    SERVER = Server() if sys.argv[3] == "postgres" else None
    try:
        unittest.main(argv=sys.argv[:1])
    finally:
        if SERVER:
            SERVER.close()
