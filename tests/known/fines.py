#!/usr/bin/env python3
"""What is known of the public fine log, counted without Lawbound: python3 fines.py LOG.xes.gz > fines.tsv

It shares nothing with the program: its own reading of the log, its own calendar, its own law, written straight from the
prose of packs/it/traffic-fine.  Three columns: what is counted, how many, and up to three case numbers as a sample.  The
first part ("log:") is about days alone.  The second ("rule NAME: ...", with the number of the sentence where a rule has
several conditions) is what the pack's rules should find in an audit up to the log's last day, with what the mapping
assumes; a count that the audit does not give (tests/known_test.cc) is a mistake in one of them.
"""
import gzip
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date, timedelta

NAMES = {
    "Create Fine": "issue", "Send Fine": "send", "Insert Fine Notification": "served", "Add penalty": "penalty",
    "Payment": "pay", "Insert Date Appeal to Prefecture": "appeal", "Send Appeal to Prefecture": "forward",
    "Receive Result Appeal from Prefecture": "result", "Notify Result Appeal to Offender": "tell",
    "Appeal to Judge": "judge", "Send for Credit Collection": "collect",
}
AMOUNT = {"issue": "amount", "send": "expense", "penalty": "amount", "pay": "paymentAmount"}


def cents(text):
    euros, _, rest = text.partition(".")
    return int(euros) * 100 + int((rest + "00")[:2])


def cases(path):
    for _, element in ET.iterparse(gzip.open(path)):
        if element.tag.rpartition("}")[2] != "trace":
            continue
        number, events = "", []
        for child in element:
            if child.tag.rpartition("}")[2] == "event":
                values = {x.get("key"): x.get("value") for x in child}
                act = NAMES[values["concept:name"]]
                amount = cents(values[AMOUNT[act]]) if act in AMOUNT else 0
                events.append((date.fromisoformat(values["time:timestamp"][:10]), act, amount))
            elif child.get("key") == "concept:name":
                number = child.get("value")
        events.sort(key=lambda e: e[0])
        yield number, events
        element.clear()


def easter(year):  # the anonymous Gregorian computus
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


FIXED = {(1, 1), (1, 6), (4, 25), (5, 1), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}


def rests(day):
    if day.weekday() == 6 or (day.month, day.day) in FIXED:
        return True
    if (day.month, day.day) == (6, 2) and day.year >= 2001:
        return True
    return day == easter(day.year) + timedelta(1) or day == date(2011, 3, 17)


def due(start, days):
    end = start + timedelta(days)
    while rests(end):
        end += timedelta(1)
    return end


def first(events, act):
    return next((e[0] for e in events if e[1] == act), None)


class Counts:
    def __init__(self):
        self.count = defaultdict(int)
        self.sample = defaultdict(list)

    def add(self, what, number):
        self.count[what] += 1
        if len(self.sample[what]) < 3:
            self.sample[what].append(number)


def about_days(number, events, counts):
    found = events[0][0]
    sent = first(events, "send")
    counts.add("log: cases", number)
    if sent:
        limit = 90 if found >= date(2010, 8, 13) else 150
        counts.add("log: sent", number)
        if sent > found + timedelta(90):
            counts.add("log: sent after 90 days flat", number)
        if sent > found + timedelta(limit):
            counts.add("log: sent after 150/90 days by the day of the finding, not moved on", number)
        if sent > due(found, limit):
            counts.add("log: sent after the due day by the day of the finding", number)
        if limit == 90:
            counts.add("log: sent, found from 2010-08-13", number)
            if sent > due(found, 90):
                counts.add("log: sent after the due day, found from 2010-08-13", number)
    appealed, forwarded, served = first(events, "appeal"), first(events, "forward"), first(events, "served")
    if appealed:
        counts.add("log: appeals to the prefect", number)
        if not served:
            counts.add("log: appeals to the prefect without a delivery", number)
        if served and appealed < served:
            counts.add("log: appeals to the prefect before the delivery", number)
        if served and appealed > due(served, 60):
            counts.add("log: appeals to the prefect after the due day", number)
        if not forwarded:
            counts.add("log: appeals never forwarded", number)
        elif forwarded > due(appealed, 60 if appealed >= date(2003, 6, 30) else 30):
            counts.add("log: appeals forwarded after the due day", number)
        if forwarded and forwarded > appealed + timedelta(60):
            counts.add("log: appeals forwarded after 60 days flat", number)
        if not first(events, "result"):
            counts.add("log: appeals to the prefect without a result", number)
    judged = first(events, "judge")
    if judged:
        counts.add("log: appeals to the judge", number)
        if not served:
            counts.add("log: appeals to the judge without a delivery", number)
    collected = first(events, "collect")
    if collected:
        counts.add("log: collections", number)
        if appealed and not first(events, "result"):
            counts.add("log: collections after an appeal without a result", number)
        if judged and judged <= collected:
            counts.add("log: collections after an appeal to the judge", number)
        if not served:
            counts.add("log: collections without a delivery", number)


def by_the_rules(number, events, last, counts):
    """Walks one case through the rules, duty by duty."""
    def say(rule, finding):
        counts.add(f"rule {rule}: {finding}", number)

    fall = None  # the day at whose end the finding fell
    # The log does not say whether the prefect confirmed the report, nor whether he decided at all; so after a result, and
    # after his time passed without one, the report may have fallen, and with it all that rests on it: from then on
    # nothing can be told of either, nor of what asks for them.
    decided = None  # the row of his result
    silent = None  # the day at whose end his silence may have granted the appeal

    def doubtful(i):  # when the event of this row came
        return (decided is not None and i > decided) or (silent is not None and events[i][0] > silent)

    def doubtful_on(due_day):  # when what was due on this day was decided
        return (decided is not None and events[decided][0] <= due_day) or (silent is not None and silent < due_day)

    def duty(rule, due_day, done, released=False, miss="broken"):
        """A duty that arose: `done` is the row of its performance or None; True when it was missed."""
        row, done = done, None if done is None else events[done][0]
        if (done and done <= due_day and not doubtful(row)) or (fall and fall < due_day):
            say(rule, "kept")
        elif due_day >= last:
            say(rule, "pending")
        elif doubtful_on(due_day):
            say(rule, "cannot tell")
        elif released:
            say(rule, "kept")
        elif miss != "broken":
            say(rule, miss)
        else:
            say(rule, "broken")
            say(rule, "broken, late" if done else "broken, never")
            return True
        return False

    def paid(until_index=None, until_day=None):
        return sum(e[2] for i, e in enumerate(events) if e[1] == "pay"
                   and (until_index is None or i < until_index) and (until_day is None or e[0] <= until_day))

    found, _, amount = events[0]
    index = {}
    for i, e in enumerate(events):
        index.setdefault(e[1], i)
    day = {act: events[i][0] for act, i in index.items()}

    limit = 90 if found >= date(2010, 8, 13) else 150
    report_due = due(found, limit)
    if duty("notify-in-time", report_due, index.get("send"), released=paid(until_day=report_due) >= amount):
        fall = report_due

    def stands(act):
        return act in index and (fall is None or day[act] <= fall)

    served = "served" if stands("served") and stands("send") and index["send"] < index["served"] else None
    reduced = amount + (events[index["send"]][2] if stands("send") else 0)
    pay_due = due(day["served"], 60) if served else None
    prefect = stands("appeal")

    # The appeals.
    if prefect:
        if not served or index["served"] > index["appeal"]:
            say("prefect-appeal", "broken, missing predecessor")
        elif day["appeal"] > pay_due:
            say("prefect-appeal", "broken, late")
        else:
            say("prefect-appeal", "kept")
        say("prefect-appeal-unpaid 1", "broken" if paid(index["appeal"]) >= amount else "kept")
        forwarded = index["forward"] if "forward" in index and index["forward"] > index["appeal"] else None
        if "forward" in index and forwarded is None:
            counts.add("act forward-appeal: broken", number)
        result = index["result"] if "result" in index and index["result"] > index["appeal"] else None
        if day["appeal"] >= date(2003, 6, 30):
            silent_from = due(day["appeal"], 180)
            duty("prefect-decides", silent_from, result, miss="cannot tell")
            in_time = result is not None and day["result"] <= silent_from
            if not in_time and silent_from < last and not (fall and fall < silent_from):
                silent = silent_from
        decided = result
        duty("forward", due(day["appeal"], 60 if day["appeal"] >= date(2003, 6, 30) else 30), forwarded)
    else:
        result = None
    if result is not None:
        told = index["tell"] if "tell" in index and index["tell"] > index["result"] else None
        duty("tell", due(day["result"], 150), told)
    judge = stands("judge")
    judge_counts = False
    if judge:
        i = index["judge"]
        broken = False
        if doubtful(i):
            say("judge-appeal", "cannot tell")
            if result is None or i < result:
                say("one-way 1", "cannot tell")
                say("one-way 2", "cannot tell")
        else:
            length = 30 if found >= date(2011, 10, 6) else 60
            if not served or index["served"] > i:
                say("judge-appeal", "broken, missing predecessor")
                broken = True
            else:
                late = day["judge"] > due(day["served"], length)
                say("judge-appeal", "broken, late" if late else "kept")
                broken = late
            say("one-way 1", "cannot tell" if prefect and index["appeal"] < i else "kept")
            over_paid = paid(i) >= amount
            say("one-way 2", "broken" if over_paid else "kept")
            broken = broken or over_paid
        judge_counts = not broken
    if prefect:
        before = judge_counts and index["judge"] < index["appeal"]
        say("prefect-appeal-unpaid 2", "broken" if before else "kept")

    # Paying: a party's duty, counted in one line.
    pay_missed = False
    if served and (paid(index["served"]) < reduced or doubtful(index["served"])):
        met = None
        for i, e in enumerate(events):
            if e[1] == "pay" and i > index["served"] and paid(i + 1) >= reduced:
                met = i
                break
        appealed = (prefect and day["appeal"] <= pay_due) or (judge_counts and day["judge"] <= pay_due)
        pay_missed = duty("pay-in-time", pay_due, met, released=appealed)

    # Collecting.
    if stands("collect"):
        i = index["collect"]
        asked = prefect and index["appeal"] < i
        at_judge = judge_counts and index["judge"] < i
        over = served and index["served"] < i and day["collect"] > pay_due
        title = (pay_missed and day["collect"] > pay_due) or asked or at_judge
        raised = sum(e[2] for k, e in enumerate(events) if e[1] == "penalty" and k < i)
        owed = max(amount, raised) + (events[index["send"]][2] if stands("send") else 0)

        def say_if(rule, answer):
            say(rule, "cannot tell" if doubtful(i) else answer)

        say_if("no-collection-while-appealing 1", "cannot tell" if asked else "kept")
        say_if("no-collection-while-appealing 2", "cannot tell" if at_judge else "kept")
        say_if("no-collection-of-a-fallen-report", "kept")
        say_if("no-collection-after-success", "kept")
        say_if("enforceable-title 1", "kept" if over else "broken")
        if pay_missed and day["collect"] > pay_due:
            say("enforceable-title 2", "kept")  # that was certain before anything was in doubt
        else:
            say_if("enforceable-title 2", "kept" if title else "broken")
        say_if("only-what-is-owed", "kept" if paid(i) < owed else "broken")


def main(path):
    everything = list(cases(path))
    last = max(e[0] for _, events in everything for e in events)
    counts = Counts()
    for number, events in everything:
        about_days(number, events, counts)
        by_the_rules(number, events, last, counts)
    print(f"log: last day\t{last}\t")
    for what in sorted(counts.count):
        print(f"{what}\t{counts.count[what]}\t{' '.join(counts.sample[what])}")


main(sys.argv[1])
