#!/usr/bin/env python3
"""Measures the record (hashing, trees, receipts, ledgers) and writes what it finds into bench/README.md between the marks for it.

    record.py --build BUILD [--largest N] [--folder FOLDER]

N entries at most in a ledger (100,000; trees have ten times as many).  Ledgers are made in FOLDER, whose disk is measured.
"""
import argparse
import datetime
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

import page

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--folder", default=str(ROOT / "build"))
    arguments = parser.parse_args()
    before = os.getloadavg()[0]

    def printed(*words):
        return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        ledgers = printed(arguments.build / "bench/bench_ledger", arguments.largest, folder)
    trees = printed(arguments.build / "bench/bench_tlog", 10 * arguments.largest)
    commit = printed("git", "-C", ROOT, "rev-parse", "--short", "HEAD").strip()
    block = (f"Run on {datetime.date.today()} at commit {commit}, {platform.machine()}, {os.cpu_count()} cores; load of the machine "
             f"(one minute) {before:.1f} before and {os.getloadavg()[0]:.1f} after.\n\n"
             "| entries | figure | measured | peer or limit | ratio |\n|---|---|---|---|---|\n" + ledgers + "\n```text\n" + trees +
             "```\n")
    page.write("record", block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
