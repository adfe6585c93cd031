#!/usr/bin/env python3
"""The commands of `lawbound ledger`: what they print, what --json says, how they end.

python3 tests/ledger/commands_test.py LAWBOUND LAWBOUND_VERIFY sqlite|postgres
"""
import base64
import hashlib
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

    def test_a_matters_key_that_is_gone(self):
        self.ok("append", self.ledger, given=lines([act(0, name="Ann"), act(1, name="Bob")]))
        lost = ["rotate", self.ledger, "--matters", "--lost"]
        self.wants(2, "needs --ground and --official", *lost)
        lost += ["--ground", "the safe burned", "--official", "registrar"]
        self.wants(3, "the matters key is there", *lost)
        (self.ledger / "secrets" / "matters.key").unlink()
        self.wants(3, "matters.key", "append", self.ledger, given=lines([act(2)]))
        self.assertEqual(self.says(*lost), {"entry": 2, "fields": 2, "documents": 0})
        self.assertEqual(self.ok("append", self.ledger, given=lines([act(1, name="Bob"), act(3, name="Cid")])),
                         "1 (recorded before)\n3\n")
        self.ok("checkpoint", self.ledger)
        self.assertEqual(self.receipt(3, "--show-all"), {"name": "shown"})
        self.assertEqual(self.receipt_of_what_is_lost(), {"name": "missing"})
        report = self.says("fsck", self.ledger)
        self.assertEqual((report["sound"], report["lost"]), (True, 2))

    def receipt_of_what_is_lost(self):
        path = self.folder / "lost.tlog-proof"
        self.ok("prove", self.ledger, 0, "--show-all", "--out", path)
        code, printed, _ = self.run_ledger("verify", path, "--keys", self.ledger / "log.keys", "--json")
        self.assertEqual(code, 4)
        return {field["name"]: field["state"] for field in json.loads(printed)["fields"]}

    def test_the_floor_is_stated_daily_and_seen_by_whoever_verifies(self):
        packs = self.folder / "packs" / "test"
        packs.mkdir(parents=True)
        (packs / "floor.md").write_text(ABOVE_FLOOR)
        calendars = ["--calendars", ROOT / "packs" / "calendars"]
        stated = ["floor", self.ledger, packs / "floor.md", *calendars]
        self.ok("append", self.ledger, given=lines([act(0)]))
        self.assertIsNone(self.says("checkpoint", self.ledger)["floor"])
        first = self.says(*stated, "--day", "2026-02-27")
        self.assertEqual((first["entry"], first["whole"], first["duplicate"]), (1, True, False))
        self.assertTrue(self.says(*stated, "--day", "2026-02-27")["duplicate"])
        self.wants(3, "there is nothing to waive", *stated, "--waive", "--ground", "g", "--official", "o")
        self.ok("append", self.ledger, given=lines([act(1)]))
        # Anybody can compute the hashes again from the sources and the pages.
        for name, files in (("floor", ["src/program/floor.cc", "src/program/floor.h"]),
                            ("refusals", ["src/check/direction.cc", "src/check/mappings.cc", "src/check/refusals.cc",
                                          "src/ingest/identity.cc", "src/program/people_words.cc",
                                          "src/program/people_words.h", "src/program/verify_people.cc"])):
            listed = subprocess.run(["sha256sum", *files], cwd=ROOT, capture_output=True, check=True).stdout
            self.assertEqual(first[name], base64.b64encode(hashlib.sha256(listed).digest()).decode())
        page = hashlib.sha256(ABOVE_FLOOR.encode()).hexdigest() + "\n"
        self.assertEqual(first["packs"], base64.b64encode(hashlib.sha256(page.encode()).digest()).decode())
        # A pack below the floor: refused, unless somebody answers for it in the record.
        (packs / "floor.md").write_text(ABOVE_FLOOR.replace("  reasons: text\n", ""))
        self.wants(3, "it gives reasons", *stated, "--day", "2026-02-28")
        self.wants(3, "needs a ground and a responsible official", *stated, "--day", "2026-02-28", "--waive")
        waived = self.says(*stated, "--day", "2026-02-28", "--waive", "--ground", "Order 7", "--official", "mayor")
        self.assertFalse(waived["whole"])
        self.assertIn("test/floor: not of every adverse act: it gives reasons", waived["waived"])
        self.ok("append", self.ledger, given=lines([act(2)]))
        code, _, errors = self.run_ledger("checkpoint", self.ledger)
        self.assertEqual(code, 0)
        self.assertIn("floor WAIVED by mayor, ground: Order 7", errors)
        self.assertIn("floor stated last on 2026-02-28, not today", errors)
        keys = ["--keys", self.ledger / "log.keys"]
        said = {}
        for entry in (0, 2, 4):
            self.ok("prove", self.ledger, entry, "--out", self.folder / "p")
            said[entry] = self.says("verify", self.folder / "p", *keys)["floor"]
        self.assertIsNone(said[0])
        self.assertEqual((said[2]["day"], said[2]["whole"], said[2]["floor"]), ("2026-02-27", True, first["floor"]))
        self.assertEqual((said[4]["whole"], said[4]["official"]), (False, "mayor"))
        self.assertIn("WAIVED by mayor, ground: Order 7", self.ok("verify", self.folder / "p", *keys))
        self.wants(1, "REFUSED: the floor is WAIVED", "verify", self.folder / "p", *keys, "--floor", first["floor"])
        self.ok("export", self.ledger, self.folder / "public")
        done = subprocess.run([VERIFY, "export", self.folder / "public", *keys], capture_output=True, text=True, check=False)
        for line in ("NOT STATED before entry 1, for 1 acts", "CHANGED by entry 3 of 2026-02-28", "WAIVED in 1 of 2"):
            self.assertIn(line, done.stdout)
        self.assertIn("changed 1 times, waived in 1", self.ok("fsck", self.ledger))

    def test_documents_and_what_becomes_of_them(self):
        path, out = self.folder / "letter", self.folder / "back"
        path.write_bytes(b"A letter. " * 20_000)
        add = ["document", "add", self.ledger, path, "--office", "town-hall", "--kind", "letter", "--source", "Ann Example",
               "--holder", "registry", "--day", "2026-03-01"]
        taken = self.says(*add, "--matter", "m-1")
        number = taken["document"]
        self.assertEqual((taken["size"], taken["duplicate"]), (200_000, False))
        again = self.says(*add, "--matter", "m-1")
        self.assertEqual((again["document"], again["duplicate"], again["entry"]), (number, True, taken["entry"]))
        other = self.says(*add, "--matter", "m-2")
        self.assertFalse(other["duplicate"])  # between matters nothing is compared
        self.assertEqual(len(list((self.ledger / "documents").iterdir())), 2)
        self.assertEqual([one["document"] for one in self.says("document", "list", self.ledger, "m-1")["documents"]],
                         [number])
        self.says("document", "step", self.ledger, number, "handed", "--office", "town-hall", "--holder", "laboratory")
        self.says("document", "step", self.ledger, number, "ruled", "--office", "court", "--admissible", "no",
                  "--ground", "taken without a warrant")
        self.wants(2, "go together", "document", "step", self.ledger, number, "ruled", "--office", "court",
                   "--admissible", "no")
        shown = self.ok("document", "show", self.ledger, number)
        for line in ("kind        letter", "source      Ann Example", "holder      registry", "size        200000",
                     "admissible  no, by entry 3, ground: taken without a warrant", "holder: laboratory"):
            self.assertIn(line, shown)
        steps = self.says("document", "show", self.ledger, number)["steps"]
        self.assertEqual([step["step"] for step in steps], ["taken", "handed", "ruled"])
        self.ok("document", "export", self.ledger, number, "--out", out)
        self.assertEqual(out.read_bytes(), path.read_bytes())
        self.assertEqual(self.says("document", "check", self.ledger), {"checked": 2, "problems": []})
        # Sealed: closed to everyone until a recorded act opens it.
        seal = ["erase", self.ledger, taken["entry"], "--field", "digest", "--ground", "Minors Act", "--official", "o"]
        self.wants(3, "'lawbound ledger document erase' destroys it", *seal)
        self.ok(*seal, "--seal")
        self.wants(3, "is sealed", "document", "export", self.ledger, number, "--out", out)
        self.ok(*seal, "--unseal")
        self.ok("document", "export", self.ledger, number, "--out", out)
        # Changed on the disk: not handed out, and named.
        row = [file for file in (self.ledger / "documents").iterdir()]
        for file in row:
            contents = bytearray(file.read_bytes())
            contents[len(contents) // 2] ^= 1
            file.write_bytes(contents)
        out.unlink()
        self.wants(3, "was changed or cut short", "document", "export", self.ledger, number, "--out", out)
        self.assertEqual([path.name for path in self.folder.glob("back*")], [])
        code, printed, _ = self.run_ledger("document", "check", self.ledger)
        self.assertEqual((code, printed.count("BAD: ")), (3, 2))
        self.says("document", "erase", self.ledger, number, "--ground", "Records Act, s. 9", "--official", "registrar")
        self.wants(3, "there is no document", "document", "show", self.ledger, number)
        self.assertEqual(len(list((self.ledger / "documents").iterdir())), 1)
        self.wants(3, "is a folder", *add[:3], self.folder, *add[4:], "--matter", "m-1")

    def test_figures_and_projections(self):
        self.ok("append", self.ledger, given=lines([act(n, name="Ann") for n in range(30)]))
        made = self.says("project", self.ledger)["projections"]
        self.assertEqual([(one["name"], one["from"], one["entries"]) for one in made],
                         [("figures", 0, 30), ("matters", 0, 30)])
        wanted = [{"month": "2026-02", "office": "town-hall", "act": "decide", "verdict": "lawful", "acts": 30}]
        self.assertEqual(self.says("figures", self.ledger)["figures"], wanted)
        self.assertTrue(all(one["rebuilt"] for one in self.says("project", self.ledger, "--rebuild")["projections"]))
        self.assertEqual(self.says("figures", self.ledger)["figures"], wanted)
        self.assertIn("30  town-hall  decide  lawful", self.ok("figures", self.ledger))

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


ROOT = pathlib.Path(__file__).resolve().parents[2]
ABOVE_FLOOR = """```lawbound
pack test/floor "Floor" @en
counted by plain
instrument L "Law" statute
counting plain under L 1
  calendar italy
role officer "Officer": official
role other "Other office": body
role party "Party": person
act notify "Notice" by officer to party favourable "they can answer" under L 1
act say "Statement" by party on notify under L 1
act decide "Decision" by officer to party on notify under L 2
  reasons: text
  remedy: text
act served "Delivered" by law to party on decide under L 2
act object "Objection" by party on decide under L 3
act answer "Answer" by other to party on object favourable "somebody else decides" under L 4
rule in-time "In time" under L 2
  officer must decide within 30 days of notify
rule objecting "Thirty days" under L 3
  party may object within 30 days of served
```
"""


if __name__ == "__main__":
    PROGRAM, VERIFY = sys.argv[1:3]
    SERVER = Server() if sys.argv[3] == "postgres" else None
    try:
        unittest.main(argv=sys.argv[:1])
    finally:
        if SERVER:
            SERVER.close()
