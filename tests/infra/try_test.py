#!/usr/bin/env python3
"""Matters typed into `lawbound try`: the noodle shop's day by day, and an example of every shipped pack.

python3 tests/infra/try_test.py LAWBOUND
"""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def try_pack(pack, typed):
    done = subprocess.run([PROGRAM, "try", pack], input=typed, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def examples(pack):
    """The examples of a pack as they stand on its pages, indented and over several lines."""
    for page in sorted(pack.glob("*.md")):
        for block in re.findall(r"^```lawbound\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
            for lines in re.findall(r'^example "[^"]*".*\n((?:  .*\n)+)', block, re.M):
                yield lines


class Try(unittest.TestCase):
    def test_the_noodle_shop(self):
        """The five working days after 22 January 2025, across a Sunday that is worked and the Spring Festival."""
        code, printed, errors = try_pack(ROOT / "packs/prc/penalty", """
  party Noodles kind: organisation
  exhibit photo kind: documentary, device: no
  2025-01-05 discover by officer violation-end: 2024-12-20
  2025-01-06 file by head ground: APL 9
  2025-01-06 find by reviewer of photo verified: yes
  2025-01-06 find by head sufficient: yes
  2025-01-22 notify by officer to Noodles grave-kind: no, amount: 5000 CNY, time-to-speak: 5 working days,
    facts: rats, reasons: law, basis: law, rights: told -> due ask-hearing 2025-02-05
  2025-01-27 decide by head to Noodles amount: 5000 CNY, kind: fine, basis: APL 9, rests-on: photo, facts: rats,
    performance: bank, reasons: law, remedy: court, seal: yes -> unlawful
""")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(printed.count("and so it came"), 2, printed)
        words = " ".join(printed.split())
        self.assertIn("Mon 2025-01-27 unlawful Penalty decision (Noodles), by Head of the agency (head)", words)
        hearing = words[words.index("Broken. “A hearing when a heavy penalty is meant (Noodles)” APL 63"):]
        self.assertIn("Counted: Thu 2025-01-23, Fri 2025-01-24, Sun 2025-01-26, Mon 2025-01-27 and Wed 2025-02-05.",
                      hearing)
        self.assertIn("this rule allows it from Thu 2025-02-06 on", hearing)

    def test_every_pack(self):
        packs = sorted({page.parent for page in (ROOT / "packs").glob("*/**/*.md")
                        if "```lawbound" in page.read_text(encoding="utf-8")})
        self.assertGreater(len(packs), 10)
        tried = 0
        for pack in packs:
            lines = next(examples(pack), None)
            if lines is None:  # a pack of words that others use
                continue
            last = re.findall(r"^  (\d{4}-\d\d-\d\d)", lines, re.M)[-1]
            with self.subTest(pack=pack.name):
                code, printed, errors = try_pack(pack, lines + f"next {last}\n")
                self.assertEqual((code, errors), (0, ""), printed[-2000:])
                refused = re.search(r"^[^ ]*:\d+:\d+: [A-Z]\d{3}: .*", printed, re.M)
                self.assertFalse(refused, refused and refused[0])
                came = re.search(r"^wanted: .*\ncame: .*", printed, re.M)
                self.assertFalse(came, came and came[0])
                self.assertTrue("what may be done on" in printed)
                tried += 1
        self.assertGreater(tried, 8)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
