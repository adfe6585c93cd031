#!/usr/bin/env python3
"""Measures the registry of law on the corpus that is given beside the project, and writes the table into
bench/README.md between the marks for it.

    registry.py --build BUILD
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
sys.path.insert(0, str(ROOT / "tools"))
import corpus as given  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    corpus = given.unpacked(arguments.build / "corpus")
    if corpus is None:
        print(f"skipped: no {given.shared()}/law/corpus.tar.xz", file=sys.stderr)
        return given.SKIPPED
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([arguments.build / "bench/bench_registry", corpus, folder], stdout=subprocess.PIPE, text=True, check=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()
    block = (f"Run on {datetime.date.today()} at commit {commit}, {platform.machine()}, {os.cpu_count()} cores; load of the machine "
             f"(one minute) {before:.1f} before and {os.getloadavg()[0]:.1f} after.\n\n"
             "| figure | measured | peer or limit | ratio | bar | met |\n|---|---|---|---|---|---|\n" + done.stdout)
    page.write("registry", block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
