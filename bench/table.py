#!/usr/bin/env python3
"""Runs the benchmarks of the audit and writes their table to bench/README.md.  Called by bench/run.

Ratios are of one run.  Wall time is what a person waits for; processor time (user and system, all threads) is what a
busy machine changes least, so both are given.  Memory is the kernel's high-water mark (VmHWM, ru_maxrss).
"""
import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "packs/it/traffic-fine"
FINES = ROOT.parent / "shared/data/road-traffic-fines/Road_Traffic_Fine_Management_Process.xes.gz"
README = ROOT / "bench/README.md"
BEGIN, END = "<!-- bench/run writes from here -->", "<!-- to here -->"


def values_of(*command, cwd=None):
    """Runs a benchmark; its "key<TAB>value" lines as a dictionary, numbers as numbers."""
    said = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, cwd=cwd)
    values = {}
    for line in said.stdout.splitlines():
        key, value = line.split("\t")
        try:
            values[key] = float(value)
        except ValueError:
            values[key] = value
    return values


# ---- packs that are larger ----

def rules_of(pack):
    """The text of every rule of a pack, by name."""
    rules = {}
    for page in sorted(pack.glob("*.md")):
        for block in re.findall(r"^```lawbound\n(.*?)^```", page.read_text(), re.S | re.M):
            for name, rest in re.findall(r"^rule (\S+)((?:.*\n)(?:[ ].*\n|\n)*)", block, re.M):
                rules[name] = rest
    return rules


def page(folder, name, lines):
    (folder / name).write_text("# Made by bench/table.py\n\n```lawbound\npack it/traffic-fine\n\n" + lines + "```\n")


def pack_with_copies(place, copies):
    """The pack with every rule `copies` times, but for pay-in-time: others ask for "time to pay", which must be one."""
    folder = place / f"rules{copies}"
    shutil.copytree(PACK, folder)
    rules = {name: text for name, text in rules_of(PACK).items() if name != "pay-in-time"}
    for copy in range(2, copies + 1):
        page(folder, f"copy{copy}.md", "".join(f"rule {name}-{copy}{text}\n" for name, text in rules.items()))
    return folder


def pack_with_idle_rules(place, count):
    """The pack with `count` more rules about acts that no log has."""
    folder = place / "idle"
    shutil.copytree(PACK, folder)
    lines = ('act idle-begin "Never done" by police to offender on issue under CdS 200\n'
             'act idle-end "Never done either" by police to offender on issue under CdS 200\n\n')
    for i in range(count):
        lines += (f'rule idle-{i} "About what never happens" under CdS 200\n'
                  f"  police must idle-end within {i + 1} days of idle-begin\n")
    page(folder, "idle.md", lines)
    return folder


# ---- memory ----

class Watched:
    """A command with its high-water mark, its times, and the most bytes it kept in files without a name."""

    def __init__(self, *command):
        begin = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.disk = 0
        watcher = threading.Thread(target=self._watch, args=(process.pid,))
        watcher.start()
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        watcher.join()
        if status != 0:
            sys.exit(f"{command}: {said}")
        self.said = said.strip()
        self.wall = time.monotonic() - begin
        self.processor = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024

    def _watch(self, pid):
        files = Path(f"/proc/{pid}/fd")
        while True:
            total = 0
            try:
                for file in files.iterdir():
                    try:
                        if "(deleted)" in os.readlink(file):
                            total += os.stat(file).st_size
                    except OSError:  # closed meanwhile
                        continue
            except OSError:  # ended
                return
            self.disk = max(self.disk, total)
            time.sleep(0.01)


# ---- the table ----

class Table:
    def __init__(self):
        self.rows = []

    def add(self, figure, measured, peer="", ratio="", bar="", met=None):
        self.rows.append((figure, measured, peer, ratio, bar, {True: "yes", False: "**no**", None: ""}.get(met, met)))

    def markdown(self):
        head = ("figure", "measured", "peer or limit", "ratio", "bar", "met")
        lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines) + "\n"


def ms(values, key):
    return f"{values[key + '.wall'] * 1e3:.1f} ms (processor {values[key + '.processor'] * 1e3:.1f})"


def two(over, key, under, other):
    """Wall and processor ratio as numbers."""
    return tuple(over[f"{key}.{kind}"] / under[f"{other}.{kind}"] for kind in ("wall", "processor"))


def both(ratios):
    return f"{ratios[0]:.2f} (processor {ratios[1]:.2f})"


def check_rows(table, check, duck, lite):
    if not check["floor.counts"] == duck["counts"] == lite["counts"]:
        sys.exit(f"the peers count differently: {check['floor.counts']}; {duck['counts']}; {lite['counts']}")
    rules, events = int(check["rules"]), check["events"]
    table.add(f"check, all {rules} rules ({check['sentences']:.0f} sentences), 1 thread", ms(check, "check"),
              "", f"{events / check['check.processor'] / 1e6:.2f} M events/s of processor time",
              "at least 20 M events/s", events / check["check.processor"] >= 20e6)
    ratio = two(duck, "check", check, "check_two")
    table.add("check, 2 threads", ms(check, "check_two"), f"DuckDB {duck['version']}, 8 rules as counts, 2 threads: "
              + ms(duck, "check"), both(ratio) + " times as fast", "faster", min(ratio) > 1)
    table.add("", "", f"SQLite {lite['version']}, 8 rules as counts: " + ms(lite, "check"),
              both(two(lite, "check", check, "check")) + " times as fast, 1 thread", "", None)
    table.add("", "", f"loading the CSV: DuckDB {ms(duck, 'load')}, SQLite {ms(lite, 'load')}")
    per_rule = (check["check.processor"] / rules) / (check["floor.processor"] / 8)
    table.add("check, a rule", f"{check['check.processor'] / rules * 1e3:.2f} ms of processor time",
              f"monitor written by hand, 8 counts in {check['floor.processor'] * 1e3:.2f} ms "
              f"({events / check['floor.processor'] / 1e6:.0f} M events/s)", f"{per_rule:.1f} times", "at most 8",
              per_rule <= 8)
    per_sentence = per_rule * rules / check["sentences"]
    table.add("check, a sentence", f"{check['check.processor'] / check['sentences'] * 1e3:.2f} ms", "the same",
              f"{per_sentence:.1f} times")


def reached(bar, wall, by_processor):
    """Whether a bar for wall time is reached; where only what others did on the machine can have missed it, unknown."""
    if wall <= bar:
        return True
    return "not shown" if by_processor <= bar and os.getloadavg()[0] > os.cpu_count() / 2 else False


def whole_rows(table, whole):
    for form, name, floor, words in (
            ("xes", ".xes.gz", "inflate", "inflate in 64 KB chunks and find tags"),
            ("binary", "binary log", "read", f"read the file ({whole['read.bytes'] / 1e6:.0f} MB)")):
        table.add(f"{name} to histories alone, 1 thread", ms(whole, f"{form}_read"), f"{words}: {ms(whole, floor)}",
                  both(two(whole, f"{form}_read", whole, floor)))
        table.add(f"{name} to findings, 1 thread", ms(whole, f"{form}.threads1"), "the same",
                  both(two(whole, f"{form}.threads1", whole, floor)))
        wall, processor = two(whole, f"{form}.threads2", whole, floor)
        table.add(f"{name} to findings, 2 threads", ms(whole, f"{form}.threads2"), "the same",
                  f"{wall:.2f} (processor {processor:.2f}, a thread {processor / 2:.2f})", "at most 2",
                  reached(2, wall, processor / 2))


def growth_rows(table, growth, twice, four, idle):
    one = growth["cases1.threads1.processor"]
    for copies in (2, 4):
        ratio = growth[f"cases{copies}.threads1.processor"] / one
        table.add(f"{copies} times the cases", ms(growth, f"cases{copies}.threads1"),
                  "once: " + ms(growth, "cases1.threads1"), f"{ratio:.2f} of processor time",
                  f"linear: at most {copies * 1.1:.1f}", ratio <= copies * 1.1)
    ratio = growth["cases4.threads1.wall"] / growth["cases4.threads2.wall"]
    ideal = 2 * growth["cases4.threads1.processor"] / growth["cases4.threads2.processor"]
    table.add("2 threads, 4 times the cases", ms(growth, "cases4.threads2"),
              "1 thread: " + ms(growth, "cases4.threads1"),
              f"{ratio:.2f} times as fast (wall; {ideal:.2f} were two cores free and nothing serial)", "at least 1.8",
              reached(-1.8, -ratio, -ideal))
    for values in (twice, four):
        ratio, times = values["cases1.threads1.processor"] / one, values["rules"] / growth["rules"]
        table.add(f"{times:.1f} times the rules ({values['rules']:.0f})", ms(values, "cases1.threads1"),
                  "once: " + ms(growth, "cases1.threads1"), f"{ratio:.2f} of processor time",
                  f"linear: at most {times * 1.1:.1f}", ratio <= times * 1.1)
    extra = int(idle["rules"] - growth["rules"])
    ratio = idle["cases1.threads1.processor"] / one
    table.add(f"{extra} more rules on acts the log has not", ms(idle, "cases1.threads1"),
              "without: " + ms(growth, "cases1.threads1"), f"{ratio:.2f} of processor time", "nothing: at most 1.05",
              ratio <= 1.05)


def memory_rows(table, build, place, log):
    audit = (build / "lawbound", "audit")
    quiet = ("--threads", "2", "--json", "/dev/null")

    def row(name, run, size, bar="", met=None):
        table.add(name, f"{run.megabytes:.0f} MB in {run.wall:.1f} s (processor {run.processor:.1f} s)",
                  f"log of {size / 1e6:.0f} MB" + (f", temporary files of {run.disk / 1e6:.0f} MB" if run.disk else ""),
                  "", bar, met)

    row("memory, whole program: this log", Watched(*audit, PACK, log, *quiet), log.stat().st_size)
    for cases in (150_000, 600_000):
        nested = place / "nested.xes"
        subprocess.run([build / "demo_log", "--cases", str(cases), "--seed", "1", "--out", nested, "--truth",
                        place / "truth.tsv"], check=True, stdout=subprocess.DEVNULL)
        row(f"memory, nested: demonstration log of {cases:,} cases", Watched(*audit, PACK, nested, *quiet),
            nested.stat().st_size, "bounded by one case, and by what is found")
        nested.unlink()
    pack = place / "scattered"
    shutil.copytree(PACK, pack)
    for copies in (8, 32):
        scattered = place / "scattered.csv"
        values_of(build / "bench/bench_audit", "scattered", PACK, log, copies, scattered)
        shutil.move(f"{scattered}.md", pack / "scattered.md")
        run = Watched(*audit, pack, scattered, "--mapping", "scattered", *quiet)
        size = scattered.stat().st_size
        row(f"memory, scattered rows: {copies} times this log as CSV", run, size, "under 500 MB, disk at most the log",
            run.megabytes < 500 and run.disk <= size)
        scattered.unlink()
    told = [line for line in run.said.splitlines() if line.startswith("lawbound: ")]
    table.add("", "the last said before it wrote: " + (told[0].removeprefix("lawbound: ") if told else "**nothing**"),
              met=bool(told))


def played_rows(table, build, place):
    """Registers with planted breaches, one for each procedure that tools/simulate.py plays: what is planted must be found."""
    sys.path.insert(0, str(ROOT / "tools"))
    from simulate import PROCEDURES
    cases = 20_000
    for procedure in sorted(PROCEDURES):
        folder, findings = place / "played", place / "findings.json"
        subprocess.run([sys.executable, ROOT / "tools/simulate.py", procedure, "--cases", str(cases), "--seed", "1", "--out", folder],
                       check=True, stdout=subprocess.DEVNULL)
        run = Watched(build / "lawbound", "audit", ROOT / "packs/prc" / procedure, folder / "log.jsonl", "--as-of", "2026-12-01",
                      "--threads", "2", "--json", findings)
        acts = sum(1 for _ in (folder / "log.jsonl").open())
        planted = {tuple(line.split("\t")[:3:2]) for line in (folder / "planted.tsv").read_text().splitlines()[1:]
                   if "\tparty " not in line}
        found = {(one["case"], one["rule"]) for one in json.loads(findings.read_text())["findings"] if one["finding"] == "broken"}
        table.add(f"played register of {procedure}: {cases:,} cases, {acts:,} acts",
                  f"{run.wall:.1f} s (processor {run.processor:.1f} s), {run.megabytes:.0f} MB",
                  f"{len(planted):,} breaches planted, {len(found):,} found",
                  f"{acts / run.processor / 1e3:,.0f} thousand acts/s of processor time", "all, and nothing else", planted == found)
        shutil.rmtree(folder)


# ---- where it ran ----

def first(pattern, path):
    found = re.search(pattern, Path(path).read_text())
    return found.group(1).strip() if found else "unknown"


def machine():
    compiler = subprocess.run(["g++", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    gigabytes = int(first(r"MemTotal:\s*(\d+)", "/proc/meminfo")) / 1e6
    return (f"{first(r'model name.*?: (.*)', '/proc/cpuinfo')}, {os.cpu_count()} cores, {gigabytes:.0f} GB; "
            f"Linux {os.uname().release}; {first('PRETTY_NAME=.(.*).', '/etc/os-release')}; "
            f"{compiler.splitlines()[0]}")


def the_log(build, place):
    """The public log where it is at hand, else a demonstration log; and what it is, in words."""
    log = Path(os.environ.get("LAWBOUND_FINES", FINES))
    if log.is_file():
        return log, "the public log of road traffic fines (De Leoni and Mannhardt, 4TU.ResearchData)"
    plain = place / "demo.xes"
    subprocess.run([build / "demo_log", "--cases", "150000", "--seed", "1", "--out", plain, "--truth",
                    place / "truth.tsv"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["gzip", plain], check=True)
    return place / "demo.xes.gz", "**a demonstration log**, for the public log is not at hand: figures differ from it"


def measure(build, runs, place):
    """All of it, as Markdown."""
    def say(what):
        print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr)

    bench = build / "bench/bench_audit"
    log, words = the_log(build, place)
    table = Table()
    say("check, and its peers")
    csv = place / "log.csv"
    values_of(bench, "csv", PACK, log, csv)
    check = values_of(bench, "check", PACK, log, runs)
    duck = values_of("node", ROOT / "bench/duckdb.mjs", csv, ROOT / "bench/rules.sql", 2, runs,
                     cwd=build / "bench-peers")
    lite = values_of(build / "bench/bench_sqlite", csv, ROOT / "bench/rules.sql", runs)
    check_rows(table, check, duck, lite)
    say("whole audits")
    whole_rows(table, values_of(bench, "whole", PACK, log, runs, place / "log.lawlog"))
    say("growth")
    calendars = place / "calendars"
    shutil.copytree(ROOT / "packs/calendars", calendars)
    growth_rows(table, *(values_of(bench, "growth", pack, log, runs) for pack in (
        PACK, pack_with_copies(place, 2), pack_with_copies(place, 4), pack_with_idle_rules(place, 100))))
    say("memory")
    memory_rows(table, build, place, log)
    say("played registers")
    played_rows(table, build, place)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], check=True, cwd=ROOT, stdout=subprocess.PIPE,
                            text=True).stdout.strip()
    return (f"Run on {datetime.date.today()} at commit {commit}: {machine()}.\n\n"
            f"Log: {words}; {check['events']:,.0f} events mapped, {check['cases']:,.0f} cases. Check records "
            f"{check['recorded']:,.0f} findings: what is broken, pending or cannot be told of authorities and the law "
            f"(of {check['broken']:,.0f} broken, {check['pending']:,.0f} pending and {check['cannot_tell']:,.0f} that "
            f"cannot be told, those of private parties are counted and never listed).\n\n" + table.markdown())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    build, runs = (ROOT / arguments.build).resolve(), arguments.runs
    began = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="lawbound-bench-") as name:
        text = measure(build, runs, Path(name))
    text += (f"\nOf each {runs} runs the median. Load of the machine (one minute) {began:.1f} before and "
             f"{os.getloadavg()[0]:.1f} after; where others use it, wall times and what needs two free cores are "
             "worse than the program.\n")
    print(text)
    whole = README.read_text()
    head, rest = whole.split(BEGIN)
    README.write_text(head + BEGIN + "\n" + text + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
