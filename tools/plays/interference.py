"""Interference in cases (Provisions of 2015; Civil Servants Law)."""
import datetime

from plays.stage import CALENDAR, DAY


def interference(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 10 + [
        "heeded", "no letter kept", "unheard", "recorder verifies", "keeper verifies", "handed over without", "moved without cause",
        "moved unheard", "moved on minutes", "review late", "asks late", "appeals late", "appeal slow", "own appeal", "worse"])
    day = CALENDAR.on(start)
    bounds = plan == "lawful" and case.maybe(0.2)
    way = "written" if plan == "no letter kept" else pick(["spoken", "written", "message"])
    case.do("approach", day, on_day=day, who="Bao", **{"from": "leader"}, through="self", way=way,
            channel="work-procedure" if bounds else "outside", wish="informed" if bounds else pick(["plead", "outcome", "private-meeting"]),
            case_kind="court")
    if bounds:
        if case.maybe(0.5):
            case.do("heed", CALENDAR.after(day, 1), step="told where the case stands", doer="Han")
        return
    day = CALENDAR.after(day, 1)
    if plan == "heeded":
        case.do("heed", day, step="closed the case", doer="Han")
        case.plant("malicious official", "not-heeded", "heed")
    materials = {} if way == "spoken" or plan == "no letter kept" else {"materials": "yes"}
    case.do("record", day, words="asked for a mild judgment", doer="Han", **materials)
    if plan == "no letter kept":
        case.plant("careless official", "recorded", "record")
    case.do("report-up", day, doer="Han")
    entered = CALENDAR.after(day, 1)
    case.do("enter", entered, doer="Kang")
    if case.maybe(0.2):
        case.find("case-affected", entered)
        case.do("pass-up", entered, doer="Kang")
    verifier = {"recorder verifies": "Han", "keeper verifies": "Kang"}.get(plan, "Luo")
    asked = CALENDAR.after(entered, 2)
    if plan != "unheard":
        case.do("ask-account", asked, time_to_answer="5 working days", doer="Luo")
    answered = plan != "unheard" and case.maybe(0.6)
    if answered:
        case.do("account", case.some(asked, 4), doer="Bao")
    verified = CALENDAR.after(asked, 7)
    result = "not-established" if plan == "handed over without" else pick(["confirmed", "not-established"])
    case.do("verify", verified, result=result, reasons="witnesses", doer=verifier)
    if plan == "unheard":
        case.plant("malicious official", "account-first", "verify")
    if verifier != "Luo":
        case.plant("malicious official", "verified-by-others", "verify")
    if result == "confirmed":
        case.do("hand-over", CALENDAR.after(verified, 1), doer="Luo")
    elif plan == "handed over without":
        case.do("hand-over", CALENDAR.after(verified, 1), doer="Luo")
        case.plant("careless official", "verified-by-others", "hand-over")
    later = ("moved without cause", "moved unheard", "moved on minutes", "review late", "asks late", "appeals late", "appeal slow",
             "own appeal", "worse")
    if plan not in later and not (plan == "lawful" and case.maybe(0.3)):
        return
    told = CALENDAR.after(verified, 10)
    case.do("tell-before", told, facts="old age", basis="CSL", time_to_speak="5 working days", doer="Shi")
    moved = CALENDAR.after(told, 7)
    if plan == "moved unheard":
        moved = CALENDAR.after(told, case.random.randint(1, 4))
        case.plant("malicious official", "no-reprisal", "move")
    if plan == "moved without cause":
        case.plant("malicious official", "no-reprisal", "move")
    else:
        case.find("lawful-cause", moved)
    if plan == "moved on minutes":
        case.find("only-minutes-or-orders", moved)
        case.plant("malicious official", "no-reprisal", "move")
    case.do("move", moved, kind="removal", ground="CSL 59", reasons="age", remedy="appeal", doer="Shi")
    known = CALENDAR.after(moved, 1)
    case.do("know", known, learned=known)
    if plan == "asks late":
        case.do("ask-review", CALENDAR.due(known, 30) + case.random.randint(1, 9) * DAY, doer="Han")
        case.plant("careless official", "review-asked", "ask-review")
        case.do("review", CALENDAR.after(datetime.date.fromisoformat(case.rows[-1]["time"]), 5), result="right", reasons="law", doer="Shi")
        return
    if plan == "review late":
        asked = known + case.random.randint(1, 29) * DAY
        case.do("ask-review", asked, doer="Han")
        case.do("review", CALENDAR.due(asked, 30) + case.random.randint(1, 9) * DAY, result="right", reasons="law", doer="Shi")
        case.plant("careless official", "review-asked", "review")
        return
    if plan == "appeals late":
        case.do("appeal", CALENDAR.due(known, 30) + case.random.randint(1, 9) * DAY, doer="Han")
        case.plant("careless official", "appealed", "appeal")
        return
    if plan not in ("appeal slow", "own appeal", "worse") and not case.maybe(0.5):
        return
    appealed = known + case.random.randint(1, 29) * DAY
    case.do("appeal", appealed, doer="Han")
    taken = CALENDAR.after(appealed, 3)
    case.do("take-up", taken, doer="Tan")
    decided = taken + case.random.randint(5, 59) * DAY
    if plan == "appeal slow":
        decided = CALENDAR.due(taken, 60) + case.random.randint(1, 20) * DAY
        case.plant("careless official", "appeal-decided", "decide-appeal")
    if plan == "worse":
        case.find("made-worse", decided)
        case.plant("malicious official", "appeal-decided", "decide-appeal")
    if plan == "own appeal":
        case.plant("malicious official", "appeal-decided", "decide-appeal")
    wrong = case.maybe(0.5)
    case.do("decide-appeal", decided, result="wrong" if wrong else "right", reasons="law", doer="Shi" if plan == "own appeal" else "Tan")
    if wrong and plan not in ("worse", "own appeal"):
        case.do("put-right", CALENDAR.after(decided, 1), doer="Shi")
