"""Administrative penalty in market supervision (SAMR procedure, hearings, publicity; Penalty Law)."""

from plays.stage import CALENDAR, DAY

HEARD = ["chair late", "file late", "announced late", "not posted", "report late", "before the report", "not together"]


def decide(case, day, amount, **more):
    case.do("decide", day, party="party", amount=amount, kind="fine", basis="APL 9", facts="rats", performance="bank",
            reasons="law", remedy="reconsideration, court", seal="yes", **more)


def on_the_spot(case, day, plan):
    case.find("certain", day)
    case.do("tell-on-spot", day, party="party", facts="stall", reasons="law", basis="law", rights="told")
    case.do("decide-on-spot", day, party="party", number=1, amount=1000, kind="fine", basis="APL 9", facts="stall", place="market",
            agency="bureau", reasons="law", remedy="reconsideration", shown_certificate="yes", told_and_heard="yes",
            first_to_reconsideration="yes", delivery="signed-for")
    paid = day + case.random.randint(1, 14) * DAY
    case.do("pay", paid, party="party", amount=1000, paid_on=paid)
    filed = CALENDAR.after(day, case.random.randint(1, 7))
    if plan == "spot papers late":
        filed = CALENDAR.after(day, 7 + case.random.randint(1, 5))
        case.plant("careless official", "spot-papers", "file-spot")
    case.do("file-spot", filed, party="party")


def hearing(case, told, plan):
    """From the request to the report; the first day on which it may be decided."""
    asked = case.some(told, 5)
    case.do("ask-hearing", asked, party="party")
    named = CALENDAR.after(asked, case.random.randint(4, 6) if plan == "chair late" else case.random.randint(1, 3))
    if plan == "chair late":
        case.plant("careless official", "hearing-numbers", "name-chair")
    case.do("name-chair", named, who="Gao")
    handed = CALENDAR.after(named, case.random.randint(4, 6) if plan == "file late" else case.random.randint(1, 3))
    if plan == "file late":
        case.plant("careless official", "hearing-numbers", "hand-file")
    case.do("hand-file", handed)
    announced = CALENDAR.after(handed, case.random.randint(6, 8) if plan == "announced late" else case.random.randint(1, 5))
    if plan == "announced late":
        case.plant("careless official", "hearing-numbers", "announce-hearing")
    on_day = CALENDAR.after(announced, 8 + case.random.randint(0, 4))
    case.do("announce-hearing", announced, party="party", hearing_day=on_day, place="hall", closed="no")
    if plan == "not posted":
        case.plant("careless official", "hearing-posted", "hold-hearing")
    else:
        case.do("post-hearing", CALENDAR.after(announced, case.random.randint(1, 4)), party="party")
    case.do("hold-hearing", on_day, party="party", agents=1, minutes="yes", doer="Gao")
    reported = CALENDAR.after(on_day, case.random.randint(6, 9) if plan == "report late" else case.random.randint(1, 5))
    if plan == "report late":
        case.plant("careless official", "hearing-reported", "report-hearing")
    if plan == "before the report":
        case.plant("malicious official", "hearing-reported", "decide")
        return on_day
    case.do("report-hearing", reported, party="party", opinion="law", doer="Gao")
    return reported


def market(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 12 + HEARD + [
        "clue slow", "dropped", "urgent, not approved", "too early", "review slow", "unreviewed", "reviewed badly", "outside the benchmark",
        "decided late", "extended again at once", "credit late", "credit too soon", "never shown", "unpaid", "spot", "spot papers late"])
    start = CALENDAR.on(start)
    if plan in ("spot", "spot papers late"):
        return on_the_spot(case, start, plan)
    case.do("discover", start, found=start, violation_end=start - case.random.randint(1, 300) * DAY)
    looked = CALENDAR.after(start, 15 + case.random.randint(1, 6)) if plan == "clue slow" else case.some(start, 15)
    if plan == "clue slow":
        case.plant("careless official", "check-clue", "file")
    if plan == "dropped":
        case.do("drop", looked)
        return
    if plan == "lawful" and case.maybe(0.2):
        longer = case.some(start, 15)
        case.do("more-time-to-check", longer)
        looked = CALENDAR.after(start, 15 + case.random.randint(1, 15))
    case.do("file", looked, ground="APL 9")
    case.find("verified", looked, exhibit="photo")
    case.find("sufficient", looked)
    inquiry = case.some(looked, 5)
    case.do("investigate", inquiry, shown_certificate="yes", minutes="yes")
    if plan == "urgent, not approved" or plan == "lawful" and case.maybe(0.2):
        case.do("preserve", inquiry, item="goods", why="urgent")
        if plan == "urgent, not approved":
            case.plant("malicious official", "urgent-preservation", "approve-preserve")
        else:
            case.do("approve-preserve", inquiry, item="goods")
            case.do("dispose", case.some(inquiry, 7), item="goods", measure="return")
    heavy = plan in HEARD or plan == "lawful" and case.maybe(0.3)
    grade, amount = pick([("ordinary", 50000), ("heavier", 80000), ("lighter", 20000), ("mitigated", 9000)])
    if heavy:
        grade, amount = "heavier", 100000
    if plan == "outside the benchmark":
        grade, amount = "lighter", case.random.randint(38000, 70000)
        case.plant("malicious official", "discretion", "decide")
    if grade != "ordinary":
        case.find("grade", inquiry, value=grade)
    told = CALENDAR.after(inquiry, case.random.randint(1, 3))
    case.do("notify", told, party="party", grave_kind="no", amount=amount, time_to_speak="5 working days", facts="rats", reasons="law",
            basis="law", rights="told")
    ready = CALENDAR.after(told, 6)
    record = {}
    if heavy:
        ready = max(ready, hearing(case, told, plan))
        record = {"hearing_record": "yes"}
    sent = CALENDAR.after(ready, 1)
    if plan == "too early":
        case.plant("malicious official", "hear-first", "decide")
        sent = told
    if plan == "unreviewed":
        case.plant("malicious official", "every-case-reviewed", "decide")
        day = CALENDAR.after(sent, 1)
    else:
        case.do("submit-for-review", sent, received=sent, report="yes")
        looked_at = CALENDAR.after(sent, case.random.randint(1, 2))
        if plan == "review slow":
            looked_at = CALENDAR.after(sent, 10 + case.random.randint(1, 5))
            case.plant("careless official", "reviewed-in-time", "review")
        case.do("review", looked_at, result="problems" if plan == "reviewed badly" else "agree", opinion="seen")
        if plan == "reviewed badly":
            case.plant("malicious official", "every-case-reviewed", "decide")
        day = CALENDAR.after(looked_at, 1)
    if plan == "reviewed badly" and not heavy:
        pass
    end = CALENDAR.due(looked, 90)
    if plan == "extended again at once":
        case.do("extend-again", day, longer="30 days")
        case.plant("careless official", "extensions", "extend-again")
    if plan == "decided late":
        day = CALENDAR.after(end, case.random.randint(1, 20))
        case.plant("careless official", "decide-in-time", "decide")
    elif plan == "lawful" and not heavy and case.maybe(0.15):
        case.do("extend", max(day, CALENDAR.on(looked + 60 * DAY)))
        day = CALENDAR.on(looked + case.random.randint(100, 118) * DAY)
    if plan == "credit too soon":
        case.do("publish-credit", day, party="party", reasons="law", remedy="complaint")
        case.plant("malicious official", "credit-system", "publish-credit")
    if heavy and plan != "not together":
        case.do("discuss", day)
    if plan == "not together":
        case.plant("careless official", "decided-together", "decide")
    decide(case, day, amount, **record)
    served = case.some(day, 6)
    case.do("serve", served, party="party", received=served, mode="direct")
    if plan == "never shown":
        case.plant("careless official", "credit-system", "publish-credit")
    elif plan == "credit late":
        case.plant("careless official", "credit-system", "publish-credit")
        case.do("publish-credit", CALENDAR.after(day, 20 + case.random.randint(1, 9)), party="party", reasons="law", remedy="complaint")
    else:
        case.do("publish-credit", case.some(served, 10), party="party", reasons="law", remedy="complaint")
    if plan == "unpaid":
        case.plant("malicious party", "party pay-in-time", "pay")
    else:
        paid = served + case.random.randint(1, 14) * DAY
        case.do("pay", paid, party="party", amount=amount, paid_on=paid)
