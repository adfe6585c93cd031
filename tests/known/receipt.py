#!/usr/bin/env python3
"""What is known of the public log of permit receipts, counted without Lawbound: python3 receipt.py LOG.xes.gz > receipt.tsv

It shares nothing with the program.  Three columns: what is counted, how many, and up to three case numbers as a sample.
"log:" lines are plain facts, by case; "rule NAME:" lines are what the rules of packs/nl/permit-receipt should find in an
audit, act by act, with the number of the sentence where a rule has several (tests/known_test.cc compares).  Who did an
act means everybody who did one of its kind so far, as in the pack language.
"""
import gzip
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date, datetime

NAMES = {
    "Confirmation of receipt": "draft", "T02 Check confirmation of receipt": "check",
    "T03 Adjust confirmation of receipt": "adjust", "T04 Determine confirmation of receipt": "determine",
    "T05 Print and send confirmation of receipt": "confirm", "T06 Determine necessity of stop advice": "weigh-advice",
    "T10 Determine necessity to stop indication": "weigh-hold", "T16 Report reasons to hold request": "report-hold",
    "T17 Check report Y to stop indication": "check-hold", "T19 Determine report Y to stop indication": "determine-hold",
    "T20 Print report Y to stop indication": "send-hold",
}


def cases(path):
    for _, element in ET.iterparse(gzip.open(path)):
        if element.tag.rpartition("}")[2] != "trace":
            continue
        trace, events = {}, []
        for child in element:
            if child.tag.rpartition("}")[2] == "event":
                values = {x.get("key"): x.get("value") for x in child}
                if values["concept:name"] in NAMES:
                    moment = datetime.fromisoformat(values["time:timestamp"])
                    day = date.fromisoformat(values["time:timestamp"][:10])
                    events.append((moment, day, NAMES[values["concept:name"]], values["org:resource"]))
            else:
                trace[child.get("key")] = child.get("value")
        events.sort(key=lambda e: e[0])
        yield trace, events
        element.clear()


class Counts:
    def __init__(self):
        self.count = defaultdict(int)
        self.sample = defaultdict(list)

    def add(self, what, number):
        self.count[what] += 1
        if len(self.sample[what]) < 3 and number not in self.sample[what]:
            self.sample[what].append(number)


def about(number, trace, events, counts):
    people = defaultdict(set)
    days = {}
    for _, day, act, who in events:
        people[act].add(who)
        days.setdefault(act, day)
    counts.add("log: cases", number)
    received, deadline = date.fromisoformat(trace["startdate"][:10]), date.fromisoformat(trace["deadline"][:10])
    if (deadline - received).days == 56:
        counts.add("log: deadline 56 days after receipt", number)
    for first, second in (("draft", "check"), ("check", "determine"), ("adjust", "check"), ("determine", "confirm"),
                          ("check-hold", "determine-hold")):
        if people[first] and people[second]:
            counts.add(f"log: cases with {first} and {second}", number)
            if people[first] & people[second]:
                counts.add(f"log: cases with one worker in {first} and {second}", number)
    if "confirm" in days:
        counts.add("log: confirmations sent", number)
        if days["confirm"] > deadline:
            counts.add("log: confirmations sent after the deadline", number)


def by_the_rules(number, trace, events, counts):
    deadline = date.fromisoformat(trace["deadline"][:10])
    people, last = defaultdict(set), {}

    def say(rule, kept):
        counts.add(f"rule {rule}: {'kept' if kept else 'broken'}", number)

    def after(act, other):
        return other not in last or (act in last and last[act] > last[other])

    for i, (_, day, act, who) in enumerate(events):
        def alone(other):
            return not (people[act] | {who}) & people[other]
        if act == "check":
            say("four-eyes-check", alone("draft"))
            say("four-eyes-adjusted", alone("adjust"))
        if act == "determine":
            say("checked-first", "check" in last and after("check", "adjust"))
            say("four-eyes-determine", alone("check"))
        if act == "confirm":
            say("confirm-in-time", day <= deadline)
            say("determined-first", "determine" in last and after("determine", "adjust"))
        if act == "weigh-hold":
            say("advice-first", "weigh-advice" in last)
        if act == "determine-hold":
            say("hold-in-order 1", "check-hold" in last)
            say("four-eyes-hold", alone("check-hold"))
        if act == "send-hold":
            say("hold-in-order 2", "determine-hold" in last)
            say("hold-in-time", day <= deadline)
        people[act].add(who)
        last[act] = i
    counts.add("rule confirm-without-delay: " + ("kept" if "confirm" in last else "pending"), number)


def main(path):
    counts = Counts()
    for trace, events in cases(path):
        about(trace["concept:name"], trace, events, counts)
        by_the_rules(trace["concept:name"], trace, events, counts)
    for what in sorted(counts.count):
        print(f"{what}\t{counts.count[what]}\t{' '.join(counts.sample[what])}")


main(sys.argv[1])
