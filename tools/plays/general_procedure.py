"""Default procedure for a burdening decision (provincial procedure; Civil Procedure Law for service)."""
import datetime

from plays.stage import CALENDAR, DAY


def burden(case, start):
    """Who investigated is not in this register: two did, and a row names one."""
    pick = case.random.choice
    plan = pick(["lawful"] * 12 + [
        "unshown", "no notice", "too early", "unchecked", "hearing soon", "no record", "hearing slow", "not answered", "report late",
        "unreviewed", "undiscussed", "for a target", "blanket stop", "on minutes", "void", "undecided",
        "carried out first", "posted at once", "wrong hands", "proclaimed at once", "by e-mail", "refused hearing",
        "recusal open", "recusal late", "worse", "reconsideration late", "asks late"])
    begun = CALENDAR.on(start)
    case.do("open-case", begun, ground="Order 3")
    end = CALENDAR.due(begun, 60)
    if plan in ("recusal open", "recusal late") or plan == "lawful" and case.maybe(0.1):
        case.do("ask-recusal", begun, who="Wu")
        if plan == "recusal late":
            case.plant("careless official", "withdrawal", "answer-recusal")
            case.do("answer-recusal", CALENDAR.after(begun, 3 + case.random.randint(1, 3)), upheld="no", reasons="law")
        elif plan == "recusal open":
            case.plant("careless official", "withdrawal", "answer-recusal")
        else:
            case.do("answer-recusal", case.some(begun, 3), upheld="no", reasons="law")
    inquiry = CALENDAR.after(begun, 7)
    case.do("investigate", inquiry, shown_certificate="no" if plan == "unshown" else "yes", minutes="yes")
    if plan == "unshown":
        case.plant("careless official", "two-officers", "investigate")
    if plan == "undecided":
        case.plant("careless official", "in-time", "decide")
        return
    told = CALENDAR.after(inquiry, 1)
    case.do("notify", told, intended="closed", facts="rats", reasons="law", basis="law", rights="told")
    if plan == "no notice":
        got = None
        case.plant("malicious official", "heard-first", "decide")
    else:
        got = CALENDAR.after(told, 1)
        case.do("serve-direct", got, what="notice", signer="self", signed=got, receipt="yes")
    ready = CALENDAR.after(got or told, 4)
    if plan == "asks late":
        case.do("ask-hearing", CALENDAR.after(got, 3 + case.random.randint(1, 3)))
        case.plant("careless party", "party asked-in-time", "ask-hearing")
        case.do("refuse-hearing", datetime.date.fromisoformat(case.rows[-1]["time"]), reasons="late", remedy="court")
        ready = CALENDAR.after(ready, 4)
    heard = plan in ("hearing soon", "no record", "hearing slow", "not answered", "report late", "refused hearing")
    if plan == "lawful" and case.maybe(0.25):
        heard = True
    record = {}
    if heard:
        case.find("law-gives-hearing", got)
        asked = case.some(got, 3)
        case.do("ask-hearing", asked)
        if plan == "refused hearing":
            case.do("refuse-hearing", asked + DAY, reasons="busy", remedy="court")
            case.plant("malicious official", "hearing-answered", "refuse-hearing")
            case.plant("malicious official", "hearing", "decide")
            ready = CALENDAR.after(asked, 4)
        elif plan == "not answered":
            case.plant("careless official", "hearing-answered", "grant-hearing")
            case.plant("malicious official", "hearing", "decide")
            ready = CALENDAR.after(asked, 9)
        else:
            granted = asked + case.random.randint(1, 3) * DAY
            case.do("grant-hearing", granted)
            announced = CALENDAR.on(granted)
            hearing = CALENDAR.on(announced + 8 * DAY)  # eight calendar days, and at most twenty from the grant
            if plan == "hearing soon":
                hearing = announced + case.random.randint(1, 6) * DAY
                case.plant("careless official", "hearing-told", "announce-hearing")
            if plan == "hearing slow":
                hearing = CALENDAR.after(CALENDAR.due(granted, 20), case.random.randint(1, 4))
                case.plant("careless official", "hearing-answered", "hold-hearing")
            case.do("name-chair", announced, who="Gao")
            case.do("announce-hearing", announced, hearing_day=hearing, place="hall")
            absent = plan == "lawful" and case.maybe(0.2)
            if absent:
                case.do("miss-hearing", hearing, just_cause="no", reasons="stayed away", remedy="court", doer="Gao")
                ready = CALENDAR.after(hearing, 1)
            else:
                case.do("hold-hearing", hearing, minutes="yes", doer="Gao")
                if plan == "report late":
                    case.plant("careless official", "hearing-answered", "report-hearing")
                    ready = CALENDAR.after(CALENDAR.due(hearing, 10), 2)
                    case.do("report-hearing", ready, opinion="law", doer="Gao")
                else:
                    case.do("report-hearing", CALENDAR.after(hearing, 1), opinion="law", doer="Gao")
                    ready = CALENDAR.after(hearing, 2)
                if plan == "no record":
                    case.plant("careless official", "hearing", "decide")
                else:
                    record = {"hearing_record": "yes"}
    elif plan == "unchecked" or plan == "lawful" and case.maybe(0.4):
        spoke = case.some(got, 2)
        case.do("state", spoke, sent=spoke)
        if plan == "unchecked":
            case.plant("careless official", "heard-first", "decide")
        else:
            case.do("check-defence", CALENDAR.after(spoke, 1), adopted="no", reasons="law")
    day = ready
    if plan == "too early":
        day = CALENDAR.after(got, case.random.randint(1, 3))
        case.plant("malicious official", "heard-first", "decide")
    if plan in ("unreviewed", "own review", "undiscussed") or plan == "lawful" and case.maybe(0.2):
        case.find("major", inquiry)
        case.rows.insert(2, case.rows.pop())  # on its day, before the notice
        case.rows.sort(key=lambda row: row["time"])
        if plan == "unreviewed":
            case.plant("malicious official", "reviewed", "decide")
        else:
            case.do("review", day, result="agree", opinion="fine")
        if plan == "undiscussed":
            case.plant("careless official", "discussed", "decide")
        else:
            case.do("discuss", day)
    facts = {"for a target": ("for-a-target", "no-target"), "blanket stop": ("part-of-a-blanket-stop", "no-target"),
             "on minutes": ("only-minutes-or-orders", "basis-is-law"), "void": ("grave-and-obvious", "void"),
             "worse": ("worse-than-told", "not-worse")}
    if plan in facts:
        case.find(facts[plan][0], day)
        case.plant("malicious official", facts[plan][1], "decide")
    if plan == "recusal open":
        case.plant("careless official", "withdrawal", "decide")
    if day > end:
        raise AssertionError("the play itself is too slow")
    case.do("decide", day, content="closed", facts="rats", reasons="law", performance="close", remedy="both", discretion="mild",
            basis="Order 3", seal="yes", **record)
    if plan in ("on minutes", "void"):
        case.plant("malicious official", "in-time", "decide")
        return  # it has no effect: nothing was decided
    if plan == "carried out first":
        case.do("carry-out", CALENDAR.after(day, 1), measure="closed", reasons="law", remedy="both")
        case.plant("malicious official", "served", "carry-out")
        return
    served = CALENDAR.after(day, case.random.randint(1, 4))
    if plan == "posted at once":
        case.do("serve-post", served, what="decision", slip_day=served, slip="yes")
        case.plant("careless official", "hard-to-reach", "serve-post")
    elif plan == "wrong hands":
        case.do("serve-direct", served, what="decision", signer="mail-desk", signed=served, receipt="yes")
        case.plant("careless official", "signed-for", "serve-direct")
        return
    elif plan == "by e-mail":
        case.do("serve-electronic", served, what="decision", reached=served, arrival_shown="yes")
        case.plant("careless official", "electronic", "serve-electronic")
        return
    elif plan == "proclaimed at once":
        case.do("proclaim", served, what="decision", where="gazette", course="none")
        case.plant("malicious official", "last-resort", "proclaim")
        return
    else:
        case.do("serve-direct", served, what="decision", signer="self", signed=served, receipt="yes")
    if plan == "reconsideration late":
        sent = CALENDAR.due(served, 60) + case.random.randint(1, 9) * DAY
        case.do("ask-reconsideration", sent, sent=sent)
        case.plant("careless party", "party challenge", "ask-reconsideration")
    elif case.maybe(0.2):
        sent = served + case.random.randint(1, 59) * DAY
        case.do("ask-reconsideration", sent, sent=sent)
