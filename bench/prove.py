#!/usr/bin/env python3
"""How fast the prover explores, and how that grows.  Called by bench/run prove; writes its table to bench/README.md.

Made packs of one question each, larger and larger in one thing: times, rules that bear on the question, rules that do not, kinds of
members.  Then every shipped pack.  Processor time and memory (ru_maxrss) of the whole program, its start and reading included.
"""
import argparse
import datetime
import json
import os
import platform
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "bench/README.md"
BEGIN, END = "<!-- bench/run prove writes from here -->", "<!-- to here: prove -->"
HEAD = """# Made by bench/prove.py

```lawbound
pack bench/made
counted by plain
instrument L "Law" statute
counting plain under L 1
  calendar italy
role office "Office": body
role party "Party": person
act begin "Begun" by party under L 1
act end "The end" by office on begin under L 1
"""


def made(lines, wanted, rules):
    """A pack of which it is asked whether the end is never done unless all that is wanted is so."""
    text = HEAD + lines
    for number, rule in enumerate(rules):
        text += f"rule r-{number} \"Rule\" under L 1\n  end only if {rule}\n"
    return text + f"guarantee asked: never end unless {wanted}\n```\n"


def of_times(count):
    lines = "".join(f'act step-{i} "Step" by office on begin under L 1\nterm time-{i}: {i + 3} days from step-{i} under L 1\n'
                    for i in range(count))
    all_over = " and ".join(f"time-{i} is over" for i in range(count))
    return made(lines, all_over, [all_over])


def of_rules(count):
    lines = "".join(f'act step-{i} "Step" by office on begin under L 1\n' for i in range(count))
    return made(lines, " and ".join(f"step-{i}" for i in range(count)), [f"step-{i}" for i in range(count)])


def of_idle_rules(count):
    lines = 'act step "Step" by office on begin under L 1\n'
    for i in range(count):
        lines += (f'act idle-{i} "Idle" by office on begin under L 1\nact answer-{i} "Answer" by office on idle-{i} under L 1\n'
                  f'rule idle-{i} "Idle" under L 1\n  office must answer-{i} within {i + 1} days of idle-{i}\n')
    return made(lines, "step", ["step"])


def of_kinds(count):
    lines = "".join(f'role kind-{i} "Kind": person several\nact serve-{i} "Served" by office to kind-{i} on begin under L 1\n'
                    for i in range(count))
    served = " and ".join(f"every kind-{i}: (serve-{i})" for i in range(count))
    return made(lines, served, [served])


def prove(binary, pack, *options):
    """What `lawbound prove --json` says, its processor seconds and its memory in MB."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([str(binary), "prove", str(pack), "--json", "--calendars", str(ROOT / "packs/calendars"), *options],
                                 stdout=out, stderr=subprocess.PIPE)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            raise SystemExit(f"{pack}: exit code {child.returncode}: {child.stderr.read().decode()}")
        out.seek(0)
        return json.load(out), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--seconds", default="2", help="of each question of a shipped pack")
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    arguments = parser.parse_args()
    binary = Path(arguments.build) / "lawbound"
    rows = ["| what grows | how many | answer | states | processor time | states a second | memory |", "|---|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as place:
        for name, make, counts in [("times that the question waits for", of_times, [1, 2, 3, 4, 5, 6]),
                                   ("rules that bear on it", of_rules, [1, 2, 4, 6, 8]),
                                   ("rules that do not", of_idle_rules, [0, 10, 100]),
                                   ("kinds of members, two of each", of_kinds, [1, 2, 3])]:
            for count in counts:
                page = Path(place) / "made.md"
                page.write_text(make(count))
                said, seconds, memory = prove(binary, page, "--guarantee", "asked", "--seconds", "30")
                asked = said["questions"][0]
                rows.append(f"| {name} | {count} | {asked['result']} | {asked['states']:,} | {seconds:.2f} s | "
                            f"{asked['states'] / max(seconds, 0.001):,.0f} | {memory:.0f} MB |")
                print(rows[-1], flush=True)
    packs = sorted({page.parent for page in (ROOT / "packs").rglob("*.md") if "\npack " in page.read_text()})
    rows += ["", f"Shipped packs, {arguments.seconds} s of processor time for each question at most:", "",
             "| pack | guarantees proved, of | acts that can happen, of | states | processor time | memory |", "|---|---|---|---|---|---|"]
    for pack in packs:
        said, seconds, memory = prove(binary, pack, "--seconds", arguments.seconds)
        acts = [one for one in said["questions"] if one["kind"] == "can-happen"]
        promises = [one for one in said["questions"] if one["kind"] != "can-happen"]
        proved = [sum(one["result"] == "proved" for one in kind) for kind in (promises, acts)]
        rows.append(f"| {pack.relative_to(ROOT / 'packs')} | {proved[0]} of {len(promises)} | {proved[1]} of {len(acts)} | "
                    f"{sum(one['states'] for one in said['questions']):,} | {seconds:.1f} s | {memory:.0f} MB |")
        print(rows[-1], flush=True)
    if not arguments.write:
        return
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    head = (f"Run on {datetime.date.today()} at commit {commit}, {platform.machine()}, {os.cpu_count()} cores; load of the machine "
            f"(one minute) {os.getloadavg()[0]:.1f}.\n\n")
    text = README.read_text()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    README.write_text(text[:begin] + "\n" + head + "\n".join(rows) + "\n" + text[end:])


main()
