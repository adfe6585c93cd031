#!/usr/bin/env python3
"""`lawbound look` on ledgers with planted truths (tests/sheets/): twenty realistic ones, and the ten of the recipe.

Usage: sheets_test.py LAWBOUND [--say]   (--say: a table of what came out)
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "sheets"))
import ten  # noqa: E402
import twenty  # noqa: E402

SAY = "--say" in sys.argv
if SAY:
    sys.argv.remove("--say")
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ENVIRONMENT = {**os.environ, "LC_ALL": "C", "LANG": "C"}

HEADINGS = ("Late:", "Lapsesthisweek,", "Lapsesnextweek,", "Cannotbetold:", "Oddrows,")


class Page:
    """What a page says, whatever way its lines are broken: all spaces are taken out."""

    def __init__(self, done):
        self.code = done.returncode
        self.raw = done.stdout + done.stderr
        self.text = re.sub(r"\s+", "", self.raw)
        said = ",".join(re.findall(r"--none([a-z,-]+)", self.text))
        self.none = ",".join(dict.fromkeys(said.split(","))) if said else ""

    def columns(self):
        return {re.sub(r"\s+", "", head): title for head, title in
                re.findall(r"“([^”]*)” is the day of “([^”]*)”", " ".join(self.raw.split()))}

    def parts(self, heading):
        """The text below each heading of this name: there is one for each sheet."""
        out = []
        for piece in re.split("|".join(f"(?={re.escape(h)})" for h in HEADINGS), self.text):
            if piece.startswith(heading):
                out.append(piece)
        return out

    def due(self, heading):
        """Number of the matter and last day, of each duty named there."""
        return {(name, due) for part in self.parts(heading)
                for name, due in re.findall(r"row\d+\(([^()]*)\):“[^”]*”due[A-Z][a-z]{2}(\d{4}-\d\d-\d\d)", part)}

    def wants(self):
        return [want for part in self.parts("Cannotbetold:") for want in re.findall(r"sincethefiledoesnotgive(.*?):row", part)]


def look(path, today, *more):
    return Page(subprocess.run([PROGRAM, "look", path.name, "--as-of", today.isoformat(), *more], cwd=path.parent, env=ENVIRONMENT,
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100))


def planted_in(kind):
    return {(re.sub(r"\s+", "", key.split(" ")[0]), due) for key, due in kind.items()}


def leaks(page, secrets):
    return [secret for secret in secrets if re.sub(r"\s+", "", secret) in page.text]


class Twenty(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        folder = pathlib.Path(cls.folder.name)
        cls.seen = {}
        for make in twenty.TWENTY:
            name, content, truth = make()
            (folder / name).write_bytes(content)
            first = look(folder / name, twenty.TODAY)
            answered = look(folder / name, twenty.TODAY, "--none", first.none) if first.none else first
            cls.seen[name] = (truth, first, answered)
        if SAY:
            cls.say()

    @classmethod
    def say(cls):
        print(f"{'file':28}{'mapped':>7}{'late':>6}{'found':>6}{'false':>6}{'lapses':>7}{'found':>6}  first: late, cannot tell")
        for name, (truth, first, page) in cls.seen.items():
            late, lapses = page.due("Late:"), cls.lapses(page)
            print(f"{name:28}{'yes' if cls.mapped(truth, first) else 'NO':>7}{len(truth['late']):6}"
                  f"{len(late & planted_in(truth['late'])):6}{len(late - planted_in(truth['late'])):6}"
                  f"{len(truth['lapses']):7}{len(lapses & planted_in(truth['lapses'])):6}"
                  f"  {len(first.due('Late:'))}, {len(first.wants())}")

    @staticmethod
    def lapses(page):
        return page.due("Lapsesthisweek,") | page.due("Lapsesnextweek,")

    @staticmethod
    def mapped(truth, page):
        """The right ledger, each of its columns with the right meaning, and none with a wrong one."""
        # A head of two rows is shown as both.
        found = {}
        for head, title in page.columns().items():
            own = [name for name in truth["columns"] if head.endswith(re.sub(r"\s+", "", name))]
            found[max(own, key=len) if own else head] = title
        return page.code == 0 and truth["pack"] in " ".join(page.raw.split()) and found == truth["columns"]

    def test_mapped_without_editing(self):
        missed = [name for name, (truth, page, _) in self.seen.items() if not self.mapped(truth, page)]
        self.assertEqual(len(self.seen), 20)
        self.assertLessEqual(len(missed), 2, missed)

    def test_what_is_reported_late_is(self):
        reported = false = planted = found = 0
        for name, (truth, first, page) in self.seen.items():
            for said in (first, page):
                late = said.due("Late:")
                reported += len(late)
                false += len(late - planted_in(truth["late"]))
            planted += len(truth["late"])
            found += len(page.due("Late:") & planted_in(truth["late"]))
        self.assertGreater(reported, 150)
        self.assertLess(false, 0.05 * reported)
        self.assertGreaterEqual(found, 0.9 * planted)

    def test_what_is_said_to_lapse_does(self):
        for name, (truth, _, page) in self.seen.items():
            with self.subTest(file=name):
                self.assertEqual(self.lapses(page) - planted_in(truth["lapses"]), set())

    def test_what_lapses(self):
        planted = sum(len(truth["lapses"]) for truth, _, _ in self.seen.values())
        found = sum(len(self.lapses(page) & planted_in(truth["lapses"])) for truth, _, page in self.seen.values())
        self.assertGreaterEqual(found, 0.9 * planted)

    def test_cannot_tell_names_its_column(self):
        wants = [want for _, first, page in self.seen.values() for want in first.wants() + page.wants()]
        self.assertGreater(len(wants), 5)
        for want in wants:
            self.assertRegex(want, "^“.+”")

    def test_nobody_is_named(self):
        for name, (truth, first, page) in self.seen.items():
            with self.subTest(file=name):
                self.assertGreater(len(truth["secrets"]), 10)
                self.assertEqual(leaks(first, truth["secrets"]) + leaks(page, truth["secrets"]), [])


class Recipe(unittest.TestCase):
    """The ten ledgers of tests/sheets/recipe.md.  What came out the first time is in tests/sheets/first-run.md."""

    def test_ten(self):
        reported = false = 0
        with tempfile.TemporaryDirectory() as folder:
            for make in ten.TEN:
                name, content, truth = make()
                path = pathlib.Path(folder) / name
                path.write_bytes(content)
                first = look(path, ten.TODAY)
                page = look(path, ten.TODAY, "--none", first.none) if first.none else first
                with self.subTest(file=name):
                    self.assertEqual(leaks(first, truth["secrets"]) + leaks(page, truth["secrets"]), [])
                late = page.due("Late:")
                # By number alone: the recipe's days do not move on from rest days.
                planted = {number for number, _ in planted_in({key + " ": due for key, due in truth["late"].items()})}
                named = {one for one in late if one[0] in planted}
                reported += len(late)
                false += len(late - named)
                if SAY:
                    print(f"{name:12} code {page.code}  planted {len(truth['late'])}  found {len(named)}  false {len(late - named)}"
                          f"  {page.raw.splitlines()[0][:110]}")
        self.assertGreater(reported, 20)
        self.assertLess(false, 0.05 * reported)


if __name__ == "__main__":
    unittest.main()
