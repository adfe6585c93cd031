#!/usr/bin/env python3
"""Registers with planted breaches, played by tools/simulate.py, are audited: every planted breach is found and nothing else.

simulate_test.py LAWBOUND
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAWBOUND = None
CASES = int(os.environ.get("LAWBOUND_SIMULATED_CASES", "1200"))  # more in a long run (docs/long-runs.md)


def play(procedure, cases, seed, folder):
    subprocess.run([sys.executable, ROOT / "tools/simulate.py", procedure, "--cases", str(cases), "--seed", str(seed),
                    "--out", folder], check=True, stdout=subprocess.DEVNULL)
    planted, left_by_parties = set(), collections.Counter()
    for line in (folder / "planted.tsv").read_text().splitlines()[1:]:
        case, who, rule, _ = line.split("\t")
        if rule.startswith("party "):
            assert who.endswith("party"), line
            left_by_parties[rule.removeprefix("party ")] += 1
        else:
            assert who.endswith("official"), line
            planted.add((case, rule))
    return planted, left_by_parties


def audit(procedure, log):
    run = subprocess.run([LAWBOUND, "audit", ROOT / "packs/prc" / procedure, log, "--as-of", "2026-12-01", "--json", "-"],
                         capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


class Simulated(unittest.TestCase):
    def check(self, procedure, least_kinds, cases=CASES):
        for seed in (1, 2):
            with self.subTest(seed=seed), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                planted, left_by_parties = play(procedure, cases, seed, folder)
                self.assertGreaterEqual(len({rule for _, rule in planted}), least_kinds)
                found = audit(procedure, folder / "log.jsonl")
                self.assertEqual(found["cases"], cases)
                broken = {(f["case"], f["rule"]) for f in found["findings"] if f["finding"] == "broken"}
                self.assertEqual(broken - planted, set(), "found, and nobody planted it")
                self.assertEqual(planted - broken, set(), "planted, and not found")
                # What parties left undone is counted, and in no list.
                counted = {rule["id"]: rule["party_lapses"] for rule in found["rules"] if rule["party_lapses"]}
                self.assertEqual(counted, dict(left_by_parties))

    def test_information_request(self):
        self.check("information-request", 16)

    def test_penalty(self):
        self.check("penalty", 33)

    def test_penalty_in_market_supervision(self):
        self.check("penalty-market", 14)

    def test_reconsideration(self):
        self.check("reconsideration", 25)

    def test_general_procedure(self):
        self.check("general-procedure", 24)

    def test_major_decision(self):
        self.check("major-decision", 11)

    def test_interference(self):
        self.check("interference", 8)

    def test_the_same_seed_gives_the_same_log(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            for folder in (one, two):
                play("penalty", 50, 7, pathlib.Path(folder))
            for name in ("log.jsonl", "planted.tsv"):
                self.assertEqual((pathlib.Path(one) / name).read_bytes(), (pathlib.Path(two) / name).read_bytes())


if __name__ == "__main__":
    LAWBOUND = sys.argv.pop(1)
    unittest.main()
