#!/usr/bin/env python3
"""What a person at a terminal meets when something is wrong: the exit codes of docs/howto/exit-codes.md, and a message.

python3 tests/infra/command_line_test.py LAWBOUND
"""
import gzip
import json
import os
import pathlib
import pty
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "packs" / "it" / "traffic-fine"
LOG = """<log><trace><string key="concept:name" value="1"/>
<event><string key="concept:name" value="Create Fine"/><float key="amount" value="38.0"/>
<date key="time:timestamp" value="2010-09-01T00:00:00+02:00"/></event></trace></log>
"""


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.log = self.folder / "log.xes"
        self.log.write_text(LOG)

    def run_program(self, *arguments, output=subprocess.PIPE):
        done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE,
                              text=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def wants(self, code, says, *arguments):
        got, _, errors = self.run_program(*arguments)
        self.assertEqual(got, code, errors)
        self.assertIn(says, errors)
        self.assertLessEqual(errors.count("reading '"), 1)

    def test_done(self):
        code, printed, errors = self.run_program("audit", PACK, self.log)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("1 case", printed)

    def test_wrong_use(self):
        self.wants(2, "there is no command 'adit'; there are: check", "adit")
        self.wants(2, "'lawbound explain --help' says more", "explain", PACK, self.log)
        self.wants(2, "'lawbound log --help' says more", "log")
        self.wants(2, "audit needs a pack and a log", "audit", PACK)
        self.wants(2, "--as-of: '2010-13-01' is not a date; write it as 2012-12-31", "audit", PACK, self.log,
                   "--as-of", "2010-13-01")
        self.wants(2, "is not a date", "explain", PACK, self.log, "--case", "1", "--as-of", "soon")
        self.wants(2, "--shard: '3/2' is not a part of a whole; write it as 2/8", "audit", PACK, self.log,
                   "--shard", "3/2")
        for law in (["changed", "r.db", "2024-02-30"], ["search", "r.db", "word", "--in-force", "2024"],
                    ["dependants", "r.db", "/law/x", "--on", "today"], ["show", "r.db", "/law/x", "--known", "1.2.2024"]):
            self.wants(2, "is not a date; write it as 2012-12-31", "law", *law)
        self.wants(2, "is not a date", "check", PACK, "--registry", "r.db", "--on", "2024-13-01")
        self.wants(2, "--to 2010-01-01 is before --from 2010-02-01", "audit", PACK, self.log, "--from", "2010-02-01",
                   "--to", "2010-01-01")
        self.wants(2, "--threads", "log", "inspect", self.log, "--threads", "2")  # it has none
        self.wants(2, "--max-findings", "audit", PACK, self.log, "--max-findings", "-1")
        self.wants(2, "--worst", "audit", PACK, self.log, "--worst", "-1")

    def test_wrong_input(self):
        self.wants(3, "there are packs in folders below it, each is named by itself:", "audit", ROOT / "packs", self.log)
        self.wants(3, "cannot open 'no.xes'", "audit", PACK, "no.xes")
        self.wants(3, "cannot open 'no.xes'", "log", "inspect", "no.xes")
        self.wants(3, "is before the first day of the log, 2010-09-01", "audit", PACK, self.log, "--as-of", "2010-08-31")

    def test_a_log_for_another_pack_is_not_a_log_without_breaches(self):
        self.log.write_text(LOG.replace("Create Fine", "Confirmation"))
        self.wants(3, "names none of its 1 activities ('Confirmation')", "audit", PACK, self.log)

    def test_what_is_no_log(self):
        self.log.write_text("case,activity,date\n1,a,2010-01-04\n")
        self.wants(3, "this is no XES log, for it does not begin with '<'", "audit", PACK, self.log)
        self.log.write_text("<log></log>")
        self.wants(3, "has no events", "audit", PACK, self.log)
        self.log.write_text(LOG.replace("2010-09-01T", "tomorrow"))
        self.wants(3, "1 of 1 have no activity, case or readable time", "audit", PACK, self.log)

    def test_fewer_findings_than_were_found(self):
        # The only finding is open until the log has been read: whether it still runs nobody knows before.
        code, printed, errors = self.run_program("audit", PACK, self.log, "--max-findings", "0", "--json", "-")
        self.assertEqual((code, errors), (0, ""))
        audit = json.loads(printed)
        self.assertEqual((audit["findings"], audit["findings_cut"], audit["rules"][0]["pending"]), ([], 1, 1))
        self.assertIsNone(audit["rules"][0]["broken_cases"])

    def test_progress_with_an_estimate(self):
        # A slow stream, shown on a terminal: the estimate is of the log as stored, so it is there for gzip too.
        log = self.folder / "large.xes.gz"
        trace = LOG[len("<log>"):LOG.index("</log>")]
        with gzip.open(log, "wt", compresslevel=1) as out:
            out.write("<log>")
            for case in range(20000):
                out.write(trace.replace('"1"', f'"{case}"', 1))
            out.write("</log>")
        for command in (["audit", PACK, log], ["log", "inspect", log]):
            ours, theirs = pty.openpty()
            with subprocess.Popen([PROGRAM, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=theirs) as running:
                os.close(theirs)
                shown = b""
                while True:
                    try:
                        part = os.read(ours, 4096)
                    except OSError:  # the other end is closed
                        break
                    shown += part
                    if not part:
                        break
            os.close(ours)
            self.assertEqual(running.returncode, 0)
            self.assertRegex(shown.decode(), r"read \d+ % of the log in \d+\.\d s, about \d+ s to go", command)
            self.assertRegex(shown.decode(), r"\r {60}\r$", "the line is left behind")

    def test_reader_that_leaves(self):
        ours, theirs = os.pipe()
        os.close(ours)
        code, _, errors = self.run_program("check", "--listing", PACK, output=theirs)
        os.close(theirs)
        self.assertEqual((code, errors), (-13, ""))  # SIGPIPE

    def test_no_room(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            for arguments in (["check", PACK], ["check", "--listing", PACK], ["audit", PACK, self.log]):
                code, _, errors = self.run_program(*arguments, output=full)
                self.assertEqual(code, 3, arguments)
                self.assertIn("cannot write", errors)

    def test_what_is_no_file_is_not_replaced(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        read = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
        reader.start()
        code, _, errors = self.run_program("audit", PACK, self.log, "--json", pipe)
        if not stat.S_ISFIFO(pipe.stat().st_mode):
            pipe.unlink()
            self.fail("the pipe was replaced by a file")
        reader.join()
        self.assertEqual((code, errors), (0, ""))
        self.assertTrue(read[0].startswith("{"))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
