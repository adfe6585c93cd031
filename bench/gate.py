#!/usr/bin/env python3
"""Measures the gate through HTTP on a served authority of one shipped pack, and writes what it finds into
bench/README.md between the marks for it.

    gate.py --build BUILD [--seconds N] [--folder FOLDER]

The authority is made in FOLDER, whose disk is measured.  The peer in the same run: SQLite alone, writing the same rows,
64 entries in a transaction with its sync; and one plain write with its sync for each 64 entries.
"""
import argparse
import datetime
import os
import pathlib
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time

import page

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "serve"))
import authority  # noqa: E402

GROUP = 64


def peers(rows, folder):
    """The rows of a ledger written again: entries a second of SQLite alone, and of plain writes with their syncs."""
    source = sqlite3.connect(f"file:{rows}?mode=ro", uri=True)
    tables = [(name, sql) for name, sql in source.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL")
              if name in ("entry", "request", "opening", "matter_key")]
    copy = sqlite3.connect(folder / "peer", isolation_level=None)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.execute("PRAGMA synchronous=FULL")
    given, put = {}, {}
    for name, sql in tables:
        copy.execute(sql)
        given[name] = source.execute(f"SELECT * FROM {name}").fetchall()
        columns = len(source.execute(f"SELECT * FROM {name} LIMIT 1").description)
        put[name] = f"INSERT INTO {name} VALUES ({','.join('?' * columns)})"
    entries = len(given["entry"])
    groups = -(-entries // GROUP)
    parts = [[(put[name], given[name][len(given[name]) * i // groups:len(given[name]) * (i + 1) // groups]) for name in given]
             for i in range(groups)]
    begun = time.monotonic()
    for part in parts:
        copy.execute("BEGIN IMMEDIATE")
        for statement, some in part:
            copy.executemany(statement, some)
        copy.execute("COMMIT")
    alone = entries / (time.monotonic() - begun)
    size = sum(len(row[1]) for row in given["entry"]) // groups
    file = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT, 0o600)
    begun = time.monotonic()
    for _ in range(groups):
        os.write(file, b"x" * size)
        os.fdatasync(file)
    plain = entries / (time.monotonic() - begun)
    os.close(file)
    return alone, plain, sorted(given)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--folder", default=str(ROOT / "build"))
    arguments = parser.parse_args()
    before = os.getloadavg()[0]
    program, lines = arguments.build / "lawbound", []
    with tempfile.TemporaryDirectory(dir=arguments.folder) as place:
        place = pathlib.Path(place)
        sealed = authority.seal(program, ROOT, place, [authority.PENALTY])

        def measured(clients, rate):
            """Acts a second, refused ones, median, p99 and longest of a new authority; with its rows."""
            folder = pathlib.Path(tempfile.mkdtemp(dir=place)) / "city"
            authority.make(program, folder, sealed)
            server = authority.Server(program, folder)
            server.day("2025-01-06")
            tokens = [server.as_(number) for number in ("1001", "1003", "1004")]
            done = subprocess.run([arguments.build / "bench/bench_gate", *map(str, (server.port, clients, arguments.seconds, rate)),
                                   *tokens], capture_output=True, text=True, check=True)
            print(done.stderr, file=sys.stderr, end="")
            spent = sum(map(int, pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().split()[13:15])) / os.sysconf("SC_CLK_TCK")
            assert server.end() == 0, server.said
            count, others, took, *times = map(float, done.stdout.split())
            assert others == 0, done.stderr
            return count / took, spent / count, times, folder / "ledger" / "rows"
        most, folder = 0, None
        for clients in (1, 8, 64):
            rate, spent, (median, high, longest), rows = measured(clients, 0)
            alone, plain, tables = peers(rows, rows.parent.parent.parent)
            most = max(most, rate)
            bar = ("3,000 acts a second, 0.3 of SQLite", "yes" if rate >= 3000 and rate >= 0.3 * alone else "**no**") if clients == 64 else ("", "")
            lines.append(f"| acts a second, {clients} clients | {rate:.0f} (median {median:.1f} ms, p99 {high:.1f} ms, longest {longest:.1f} ms; "
                         f"processor of the server {1e6 * spent:.0f} us an act) | SQLite alone, the same rows: {alone:.0f} entries a second; "
                         f"one write and sync for {GROUP}: {plain:.0f} | {rate / alone:.3f} (of plain writes {rate / plain:.4f}) | {bar[0]} | {bar[1]} |")
        rate, _, (median, high, longest), _ = measured(64, min(most / 2, 1500))
        lines.append(f"| answered within, 64 clients at half of the most, and 1,500 a second at most | median {median:.1f} ms, p99 {high:.1f} ms, longest {longest:.1f} ms "
                     f"at {rate:.0f} acts a second |  |  | p99 under 50 ms at half of 3,000 | {'**no**' if high >= 50 or rate < 1450 else 'yes'} |")
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    block = (f"Run on {datetime.date.today()} at commit {commit}, {platform.machine()}, {os.cpu_count()} cores, which the clients share; load of "
             f"the machine (one minute) {before:.1f} before and {os.getloadavg()[0]:.1f} after. Each row: {arguments.seconds:.0f} s, once. "
             f"The rows that SQLite writes alone are those of {', '.join(tables)}.\n\n"
             "| figure | measured | peer or limit | ratio | bar | met |\n|---|---|---|---|---|---|\n" + "\n".join(lines) + "\n")
    page.write("gate", block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
