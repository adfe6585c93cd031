#!/usr/bin/env python3
"""A registry is never left half-written: an import that is killed leaves the registry as it was, and the next import
brings it to where one undisturbed import would.

Usage: registry_kill_test.py LAWBOUND
"""
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
TEXTS, ARTICLES = 150, 60


def text(number, extra=""):
    articles = "".join(f"第{n}条 第{number}号灯笼应当在{n}日内登记，不得无故拖延，登记后予以公布。{extra}\n"
                       for n in range(1, ARTICLES + 1))
    return f"# 灯笼办法之{number}\n2020年1月1日公布\n2020年6月1日施行\n<!-- INFO END -->\n{articles}"


def run(*arguments):
    return subprocess.run([PROGRAM, "law", *arguments], capture_output=True, text=True, timeout=300)


def rows(registry):
    """What a registry holds, or nothing when there is no file yet."""
    if not registry.exists():
        return None
    connection = sqlite3.connect(registry)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            return None
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                     for table in ("instrument", "version", "unit", "search_docsize"))
    finally:
        connection.close()


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "texts").mkdir()
        for number in range(TEXTS):
            (self.root / "texts" / f"{number}.md").write_text(text(number), encoding="utf-8")

    def tearDown(self):
        self.folder.cleanup()

    def start(self, registry):
        return subprocess.Popen([PROGRAM, "law", "import", registry, self.root / "texts", "--territory", "prc", "--quiet"],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def test_killed_at_many_moments(self):
        whole = self.root / "whole"
        begin = time.monotonic()
        self.assertEqual(run("import", whole, self.root / "texts", "--territory", "prc").returncode, 0)
        length = time.monotonic() - begin
        wanted = rows(whole)
        self.assertEqual(wanted[1:3], (TEXTS, TEXTS * ARTICLES))
        killed = 0
        for part in range(1, 9):
            registry = self.root / f"r{part}"
            process = self.start(registry)
            time.sleep(length * part / 9)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            self.assertIn(rows(registry), (None, (0, 0, 0, 0), wanted))
            again = run("import", registry, self.root / "texts", "--territory", "prc")
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertEqual(rows(registry), wanted)
        self.assertGreater(killed, 3, "most imports were over before the signal; nothing was shown")

    def test_killed_while_correcting_what_is_there(self):
        registry = self.root / "registry"
        begin = time.monotonic()
        self.assertEqual(run("import", registry, self.root / "texts", "--territory", "prc").returncode, 0)
        length = time.monotonic() - begin
        before = rows(registry)
        for number in range(TEXTS):
            (self.root / "texts" / f"{number}.md").write_text(text(number, "另行公告。"), encoding="utf-8")
        process = self.start(registry)
        time.sleep(length * 0.6)
        process.send_signal(signal.SIGKILL)
        process.wait()
        after = rows(registry)
        self.assertIn(after, (before, (before[0], before[1] * 2, before[2] * 2, before[3] * 2)))
        self.assertEqual(run("import", registry, self.root / "texts", "--territory", "prc").returncode, 0)
        self.assertEqual(rows(registry), (before[0], before[1] * 2, before[2] * 2, before[3] * 2))


if __name__ == "__main__":
    unittest.main()
