#!/usr/bin/env python3
"""Plays procedures with lawful, careless and malicious officials and parties, and writes their log.

    simulate.py PROCEDURE --cases 1000 --seed 1 --out FOLDER

PROCEDURE is penalty, information-request or reconsideration; the log is read by the mapping `register` of prc/PROCEDURE.
Beside it `planted.tsv` says which breaches were planted: case, who (careless official, malicious official, careless party,
malicious party), rule, act.  What a party leaves undone is no breach of the authority: its rule is written with `party`.

It knows neither packs nor the engine: it plays the law by its own sums, over the days off that the State Council
publishes (packs/calendars/prc.tsv, read here as text).  The same seed gives the same bytes.
"""
import argparse
import bisect
import datetime
import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parent.parent
DAY = datetime.timedelta(days=1)


class Calendar:
    def __init__(self, path):
        listed = {}
        for line in path.read_text().splitlines():
            cells = line.split("\t")
            if len(cells) > 2 and cells[1] in ("off", "work"):
                listed[cells[0]] = cells[1] == "work"
        self.days = []
        day = datetime.date(2022, 1, 1)
        self.works = set()
        while day.year < 2027:
            if listed.get(day.isoformat(), day.weekday() < 5):
                self.days.append(day)
                self.works.add(day)
            day += DAY

    def on(self, day):
        """That day, or the first working day after it."""
        return self.days[bisect.bisect_left(self.days, day)]

    def after(self, day, count):
        """The count-th working day after a day."""
        return self.days[bisect.bisect_right(self.days, day) + count - 1]

    def before(self, day, count):
        """The last day with count working days between it and a day, that day itself not counted."""
        return self.days[bisect.bisect_left(self.days, day) - count] - DAY

    def due(self, day, count):
        """Calendar days; a last day that is off is put off."""
        return self.on(day + count * DAY)


CALENDAR = Calendar(ROOT / "packs/calendars/prc.tsv")


class Case:
    def __init__(self, name, random_source):
        self.name, self.random, self.rows, self.planted = name, random_source, [], []

    def do(self, act, day, **fields):
        self.rows.append({"case": self.name, "act": act, "time": day.isoformat(),
                          **{key.replace("_", "-"): str(value) for key, value in fields.items()}})

    def find(self, fact, day, value="yes", **fields):
        self.do("find " + fact, day, value=value, **fields)

    def plant(self, who, rule, act):
        self.planted.append((self.name, who, rule, act))

    def some(self, day, most):
        """A working day, up to so many after a day."""
        return CALENDAR.after(day, self.random.randint(1, most))

    def maybe(self, chance):
        return self.random.random() < chance


# --- Information on request (Open Government Information Regulation) ---------------------------------------------------------

def information(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 10 + [
        "late", "silent", "unconfirmed", "asks late", "no reasons", "no place", "not told", "no ground found", "on minutes",
        "no search", "fee", "extended too late", "secret given", "third party unheard", "third party not asked", "twice",
        "corrects late", "gives up", "review late", "unlisted", "maker known"])
    channel = "plain-post" if plan == "unconfirmed" else pick(["in-person", "signed-post", "plain-post", "internet", "fax"])
    came = CALENDAR.on(start)
    case.do("apply", came, channel=channel, received=came, identity="yes", contact="yes", wanted="minutes", form="copy")
    if channel == "plain-post":
        if plan == "unconfirmed":
            case.plant("careless official", "confirmed", "confirm-receipt")
        else:
            case.do("confirm-receipt", came)
    begun, stopped = came, 0
    if plan in ("corrects late", "gives up", "twice") or plan == "lawful" and case.maybe(0.2):
        asked = case.some(came, 7 if plan != "twice" else 5)
        case.do("ask-correction", asked, items="year", time_given="10 working days")
        if plan == "twice":
            again = CALENDAR.after(asked, 1)
            case.do("ask-correction", again, items="year", time_given="10 working days")
            case.plant("malicious official", "correction", "ask-correction")
            asked = again
        if plan == "gives up":
            return
        if plan == "corrects late":
            case.do("correct", CALENDAR.after(asked, 10 + case.random.randint(1, 5)), received=CALENDAR.after(asked, 11))
            case.rows[-1]["received"] = case.rows[-1]["time"]
            case.plant("careless party", "party correction", "correct")
            return
        begun = case.some(asked, 9)
        case.do("correct", begun, received=begun)
    elif plan == "asks late":
        case.do("ask-correction", CALENDAR.after(came, 7 + case.random.randint(1, 3)), items="year", time_given="10 working days")
        case.plant("careless official", "correction", "ask-correction")
    due = CALENDAR.after(begun, 20)
    consulted = None
    if plan in ("third party unheard", "third party not asked"):
        case.find("harms-third-party", CALENDAR.after(begun, 1))
    if plan == "third party unheard" or plan == "lawful" and case.maybe(0.15):
        consulted = case.some(begun, 3)
        case.do("consult", consulted, received=consulted, third_party="third")
        if plan == "third party unheard":
            case.do("answer", case.some(consulted, 10), kind="disclosed", remedy="both")
            case.plant("malicious official", "third-party-heard", "answer")
            return
        spoke = case.some(consulted, 15)
        case.do("opine", spoke, consents="yes", third_party="third")
        stopped = CALENDAR.days.index(spoke) - CALENDAR.days.index(consulted)
        due = CALENDAR.after(begun, 20 + stopped)
    if plan == "lawful" and case.maybe(0.2):
        extended = CALENDAR.before(due, case.random.randint(0, 5)) if due > begun else due
        extended = CALENDAR.on(extended)
        if consulted is None and begun < extended <= due:
            longer = case.random.randint(1, 20)
            case.do("extend", extended, longer=f"{longer} working days")
            due = CALENDAR.after(due, longer)
    floor = case.rows[-1]["time"]
    earliest = max(datetime.date.fromisoformat(floor), begun)
    answered = CALENDAR.on(max(earliest, case.some(begun, 20)))
    if answered > due:
        answered = due
    if plan == "silent":
        case.plant("careless official", "answer-in-time", "answer")
        return
    if plan in ("late", "extended too late"):
        answered = CALENDAR.after(due, 2 + case.random.randint(1, 20))
        case.plant("careless official", "answer-in-time", "answer")
        if plan == "extended too late":
            case.do("extend", CALENDAR.after(due, 1), longer="20 working days")
            case.plant("malicious official", "extension-in-time", "extend")
    answer = {"kind": pick(["published", "disclosed", "withheld", "partly"]), "remedy": "both"}
    kept = {"no reasons": ("answer-content", "careless official"), "not told": ("told-first", "careless official"),
            "no ground found": ("open-is-the-rule", "malicious official"), "on minutes": ("basis-is-law", "malicious official"),
            "unlisted": ("basis-is-law", "malicious official")}
    if plan in kept:
        answer["kind"] = pick(["withheld", "partly"])
        case.plant(kept[plan][1], kept[plan][0], "answer")
    singles = {"no place": ("published", "answer-content", "careless official"),
               "no search": ("absent", "which-answer", "malicious official"),
               "secret given": ("disclosed", "open-is-the-rule", "malicious official"),
               "third party not asked": ("disclosed", "third-party-asked", "malicious official"),
               "maker known": ("elsewhere", "which-answer", "malicious official")}
    if plan in singles:
        answer["kind"] = singles[plan][0]
        case.plant(singles[plan][2], singles[plan][1], "answer")
    if answer["kind"] in ("withheld", "partly"):
        answer.update(ground="internal", reasons="internal affair", first_to_reconsideration="yes")
        if plan != "no ground found":
            case.find("internal-affair", answered)
        if plan == "no reasons":
            del answer["reasons"]
        if plan == "not told":
            del answer["first_to_reconsideration"]
        if plan == "on minutes":
            case.find("only-minutes-or-orders", answered)
        if plan == "unlisted":
            case.find("basis-unpublished", answered)
    if answer["kind"] == "published" and plan != "no place":
        answer["where"] = "gazette"
    if plan == "maker known":
        answer.update(reasons="not ours", where="the other agency")
    if plan == "secret given":
        case.find("protected", answered)
    if plan == "fee":
        case.do("fee", answered, amount=50)
        case.plant("malicious official", "no-fee", "fee")
    case.do("answer", answered, **answer)
    if plan == "review late":
        case.do("seek-review", CALENDAR.due(answered, 60) + case.random.randint(1, 9) * DAY)
        case.plant("careless party", "party remedy", "seek-review")
    elif case.maybe(0.2):
        case.do("seek-review", answered + case.random.randint(1, 59) * DAY)


# --- Administrative penalty (Penalty Law) ------------------------------------------------------------------------------------

def decide(case, day, amount, **more):
    case.do("decide", day, party="party", amount=amount, kind="fine", basis="APL 9", facts="rats", performance="bank",
            reasons="law", remedy="reconsideration, court", seal="yes", **more)


def on_the_spot(case, day, plan):
    amount = case.random.choice([50, 200, 1500, 3000])
    form = {"shown_certificate": "yes", "told_and_heard": "yes", "first_to_reconsideration": "yes", "delivery": "signed-for"}
    if plan == "spot too much":
        amount = case.random.randint(3001, 9000)
        case.plant("malicious official", "on-the-spot", "decide-on-spot")
    if plan == "spot unheard":
        form["told_and_heard"] = "no"
        case.plant("malicious official", "spot-form", "decide-on-spot")
    if plan == "spot not told":
        form["first_to_reconsideration"] = "no"
        case.plant("careless official", "spot-remedy", "decide-on-spot")
    case.find("certain", day)
    case.do("decide-on-spot", day, party="party", number=case.random.randint(1, 9999), amount=amount, kind="fine",
            basis="APL 9", facts="stall", place="bridge", agency="bureau", reasons="law", remedy="reconsideration", **form)
    if plan == "spot collected":
        case.rows[-1]["amount"] = "200"
        case.do("collect", day, party="party", receipt="yes")
        case.plant("malicious official", "split", "collect")
        case.do("hand-in", CALENDAR.after(day, 1), party="party")
        case.do("deposit", CALENDAR.after(day, 2), party="party")
    elif plan == "spot unpaid":
        case.plant("careless party", "party spot-paid", "pay")
    else:
        paid = day + case.random.randint(1, 14) * DAY
        case.do("pay", paid, party="party", amount=case.rows[-1]["amount"], paid_on=paid)
    case.do("file-spot", CALENDAR.after(day, 1), party="party")


SPOT = ["spot", "spot too much", "spot unheard", "spot not told", "spot collected", "spot unpaid"]


def penalty(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 14 + SPOT + [
        "too old", "unshown", "no notice", "too early", "unchecked", "more than told", "heavier for speaking", "hearing too soon",
        "no hearing", "unreviewed", "undecided", "served late", "by e-mail", "unpaid", "collected", "held back", "not deposited",
        "twice", "for a target", "on minutes", "unpublished", "excused", "not for crime", "unpreserved", "not disposed",
        "unpublished decision", "hearing asked late", "void", "transfer slow", "closed without why", "insufficient"])
    child = plan in ("child")
    start = CALENDAR.on(start)
    if plan in SPOT:
        return on_the_spot(case, start, plan)
    found = start
    ended = found - (case.random.randint(740, 1500) if plan == "too old" else case.random.randint(1, 300)) * DAY
    case.do("discover", found, found=found, violation_end=ended)
    filed = case.some(found, 3)
    case.do("file", filed, ground="APL 9")
    case.find("verified", filed, exhibit="photo")
    if plan != "insufficient":
        case.find("sufficient", filed)
    inquiry = case.some(filed, 5)
    case.do("investigate", inquiry, shown_certificate="no" if plan == "unshown" else "yes", minutes="yes")
    if plan == "unshown":
        case.plant("careless official", "show-certificate", "investigate")
    if plan in ("unpreserved", "not disposed") or plan == "lawful" and case.maybe(0.2):
        if plan != "unpreserved":
            case.do("approve-preserve", inquiry, item="goods")
        case.do("preserve", inquiry, item="goods", why="ordinary")
        if plan == "unpreserved":
            case.plant("malicious official", "preservation", "preserve")
        if plan == "not disposed":
            case.plant("careless official", "preservation", "dispose")
        else:
            case.do("dispose", case.some(inquiry, 7), item="goods", measure="return")
    amount = pick([500, 2000, 5000, 9999])
    heard = plan in ("hearing too soon", "no hearing", "unreviewed", "closed without why") or plan == "lawful" and case.maybe(0.25)
    told = CALENDAR.after(inquiry, case.random.randint(1, 5))

    def tell(day, much):
        case.do("notify", day, party="party", grave_kind="no", amount=much, time_to_speak="5 working days", facts="rats",
                reasons="law", basis="law", rights="told")

    ready = CALENDAR.after(told, 1)
    if plan == "no notice":
        case.plant("malicious official", "hear-first", "decide")
    else:
        tell(told, amount)
        ready = CALENDAR.after(told, 6)
    if plan == "transfer slow":
        case.do("suspect-crime", told)
        case.do("report-crime", CALENDAR.after(told, 1))
        case.plant("careless official", "transfer", "approve-transfer")
        case.plant("careless official", "decide-in-time", "decide")
        return
    if plan == "hearing asked late":
        case.do("ask-hearing", CALENDAR.after(told, 6), party="party")
        case.plant("careless party", "party hearing", "ask-hearing")
    if heard:
        asked = case.some(told, 5)
        case.do("ask-hearing", asked, party="party")
        case.do("name-chair", CALENDAR.after(asked, 1), who="Gao")
        announced = CALENDAR.after(asked, 2)
        hearing = CALENDAR.after(announced, 8 + case.random.randint(0, 5))
        closed = {"closed": "no"}
        if plan == "closed without why":
            closed = {"closed": "yes"}
            case.plant("malicious official", "hearing", "announce-hearing")
        if plan == "hearing too soon":
            hearing = CALENDAR.after(announced, case.random.randint(2, 6))
            case.plant("careless official", "hearing", "announce-hearing")
        if plan == "no hearing":
            case.plant("malicious official", "hearing", "decide")
        else:
            case.do("announce-hearing", announced, party="party", hearing_day=hearing, place="hall", **closed)
            absent = plan == "lawful" and case.maybe(0.2)  # they wanted time, and stay away
            if absent:
                case.do("miss-hearing", hearing, party="party", just_cause="no")
                heard = False
            else:
                case.do("hold-hearing", hearing, party="party", agents=1, minutes="yes")
            ready = CALENDAR.after(hearing, 2)
            if plan == "unreviewed":
                case.plant("malicious official", "legality-review", "decide")
            else:
                case.do("review", CALENDAR.after(hearing, 1), result="agree", opinion="fine")
        if plan == "no hearing":
            ready = max(ready, CALENDAR.after(asked, 3))
    elif plan in ("unchecked", "heavier for speaking") or plan == "lawful" and case.maybe(0.4):
        spoke = case.some(told, 4)
        case.do("state", spoke, party="party")
        if plan == "heavier for speaking":
            told = CALENDAR.after(spoke, 1)
            amount += 1000
            tell(told, amount)
            case.plant("malicious official", "not-worse-for-speaking", "notify")
            ready = CALENDAR.after(told, 6)
        if plan == "unchecked":
            case.plant("careless official", "hear-first", "decide")
        else:
            case.do("check-defence", CALENDAR.after(spoke, 1), party="party", adopted="no", reasons="law")
    if plan == "undecided":
        case.plant("careless official", "decide-in-time", "decide")
        return
    day = CALENDAR.after(ready, case.random.randint(0, 3)) if plan != "too early" else case.some(told, 4)
    if plan == "too early":
        case.plant("malicious official", "hear-first", "decide")
        case.plant("malicious official", "hearing", "decide")
    if plan == "more than told":
        amount += 1
        case.plant("malicious official", "hear-first", "decide")
    facts = {"for a target": ("for-a-target", "no-target"), "on minutes": ("only-minutes-or-orders", "basis-is-law"),
             "unpublished": ("basis-unpublished", "basis-is-law"), "excused": ("no-fault", "must-not-punish"),
             "void": ("grave-and-obvious", "nullity")}
    if plan in facts:
        case.find(facts[plan][0], day)
        case.plant("malicious official", facts[plan][1], "decide")
    if plan == "too old":
        case.plant("careless official", "limitation", "decide")
    if plan == "insufficient":
        case.plant("careless official", "evidence", "decide")
    if plan == "not for crime":
        case.do("suspect-crime", day)
        case.plant("malicious official", "no-fine-instead", "decide")
        case.plant("malicious official", "transfer", "report-crime")
    decide(case, day, amount, **({"hearing_record": "yes"} if heard and plan != "no hearing" else {}))
    if plan in ("on minutes", "unpublished", "void"):
        case.plant("malicious official", "decide-in-time", "decide")
        return  # it has no effect: nothing rests on it, and nothing was decided
    if plan == "not for crime":
        case.planted.pop()  # *promptly* is never missed
    if plan == "served late":
        case.plant("careless official", "serve-in-time", "serve")
        served = CALENDAR.after(day, 7 + case.random.randint(1, 5))
    else:
        served = CALENDAR.after(day, case.random.randint(0, 6)) if case.maybe(0.7) else day
    mode = {"mode": "electronic"} if plan == "by e-mail" else {"mode": pick(["direct", "post"])}
    if plan == "by e-mail":
        case.plant("careless official", "serve-in-time", "serve")
    case.do("serve", served, party="party", received=served, **mode)
    if plan == "twice":
        decide(case, CALENDAR.after(served, 1), amount)
        case.plant("malicious official", "one-fine", "decide")
        case.do("serve", CALENDAR.after(served, 2), party="party", received=CALENDAR.after(served, 2), mode="direct")
    if plan == "unpublished decision":
        case.find("influential", day)
        case.rows.insert(-2, case.rows.pop())  # before the decision, on its day
        case.plant("careless official", "publish-in-time", "publish")
    if plan == "collected":
        case.do("collect", served, party="party", receipt="yes")
        case.plant("malicious official", "split", "collect")
        case.do("hand-in", CALENDAR.after(served, 2), party="party")
        case.do("deposit", CALENDAR.after(served, 4), party="party")
    if plan in ("held back", "not deposited"):
        case.find("remote", served)
        case.do("ask-to-pay-here", served, party="party")
        case.do("collect", served, party="party", receipt="yes")
        if plan == "held back":
            case.plant("malicious official", "hand-in", "hand-in")
        else:
            case.do("hand-in", CALENDAR.after(served, 1), party="party")
            case.plant("careless official", "hand-in", "deposit")
    if plan == "unpaid":
        case.plant("malicious party", "party pay-in-time", "pay")
    else:
        paid = served + case.random.randint(1, 14) * DAY
        if plan == "twice":
            paid = CALENDAR.after(served, 3)
        case.do("pay", paid, party="party", amount=amount, paid_on=paid)


# --- Reconsideration (Law of 2023) -------------------------------------------------------------------------------------------

def reconsideration(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 10 + [
        "applies late", "not accepted", "copy late", "no reply", "no reply, upheld", "undecided", "unapproved", "rejected",
        "no term to perform", "nothing returned", "on minutes", "for a target", "not heard", "worse",
        "refused without cause"])
    acted = CALENDAR.on(start)
    case.do("reviewed act", acted, kind="fine", amount=5000, told_remedy="yes", spot="no", camera="no", real_estate="no")
    case.do("learn", acted, learned=acted)
    applied = CALENDAR.on(acted + case.random.randint(3, 50) * DAY)
    if plan == "applies late":
        applied = CALENDAR.due(acted, 60) + case.random.randint(1, 20) * DAY
        case.plant("careless party", "party in-time", "apply")
    case.do("apply", applied, received=applied, requests="annul", reasons="facts", compensation="no")
    if plan == "refused without cause":
        case.do("refuse", case.some(applied, 5), reasons="none", remedy="court")
        case.plant("malicious official", "refusal", "refuse")
        return
    if plan == "applies late":
        case.do("refuse", case.some(applied, 5), reasons="late", remedy="court")
        return
    if plan == "not accepted":
        for rule, act in (("examine", "accept"), ("copy-in-time", "send-copy"), ("decide-in-time", "decide")):
            case.plant("careless official", rule, act)  # it counts as accepted, and nobody knows
        return
    accepted = case.some(applied, 5)
    case.do("accept", accepted)
    sent = case.some(accepted, 7)
    if plan == "copy late":
        sent = CALENDAR.after(accepted, 7 + case.random.randint(1, 3))
        case.plant("careless official", "copy-in-time", "send-copy")
    case.do("send-copy", sent)
    case.do("copy-received", sent, received=sent)
    replied = case.some(sent, 10)
    silent = plan in ("no reply", "no reply, upheld")
    if silent:
        replied = CALENDAR.after(sent, 11)
        case.plant("careless official", "reply-in-time", "reply")
    else:
        case.do("reply", replied, evidence="yes")
    ready = CALENDAR.after(replied, 1)
    if plan != "not heard":
        case.do("listen", ready)
    if plan == "undecided":
        case.plant("careless official", "decide-in-time", "decide")
        return
    case.do("propose", ready)
    if plan != "unapproved":
        case.do("approve", ready)
    outcome = pick(["uphold", "set-aside"])
    # rules that the outcome breaks
    wrong = {"unapproved": ("uphold", "approval"), "rejected": ("reject", "outcome"), "no term to perform": ("perform", "outcome"),
             "on minutes": ("uphold", "basis-is-law"), "for a target": ("uphold", "no-target"),
             "no reply, upheld": ("uphold", "no-reply-no-uphold"), "nothing returned": ("set-aside", "outcome"),
             "not heard": (outcome, "hearing"), "worse": ("change", "not-worse")}
    if plan == "no reply":
        outcome = "set-aside"
    if plan in wrong:
        outcome = wrong[plan][0]
        case.plant("malicious official", wrong[plan][1], "decide")
    if plan == "on minutes":
        case.find("only-minutes-or-orders", ready)
    if plan == "for a target":
        case.find("for-a-target", ready)
    if plan == "nothing returned":
        case.find("property-taken", ready)
    day = CALENDAR.after(ready, 1)
    more = {"amount": 6000} if plan == "worse" else {}
    ground = "none" if outcome in ("uphold", "reject") else "facts"
    case.do("decide", day, outcome=outcome, ground=ground, again="no", reasons="law", remedy="court", seal="yes", **more)
    case.do("serve", CALENDAR.after(day, 1), received=CALENDAR.after(day, 1))


PROCEDURES = {"information-request": information, "penalty": penalty, "reconsideration": reconsideration}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("procedure", choices=sorted(PROCEDURES))
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    acts = planted = 0
    source = random.Random(given.seed)
    with (given.out / "log.jsonl").open("w") as log, (given.out / "planted.tsv").open("w") as truth:
        truth.write("case\twho\trule\tact\n")
        for number in range(1, given.cases + 1):
            case = Case(f"C{number}", source)
            PROCEDURES[given.procedure](case, datetime.date(2024, 3, 1) + source.randrange(500) * DAY)
            log.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in case.rows)
            truth.writelines("\t".join(row) + "\n" for row in case.planted)
            acts += len(case.rows)
            planted += len(case.planted)
    print(f"{given.cases} cases, {acts} acts, {planted} breaches planted")


if __name__ == "__main__":
    main()
