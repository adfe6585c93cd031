"""Default procedure for a burdening decision (provincial procedure; Civil Procedure Law for service)."""
import datetime

from plays.stage import CALENDAR, DAY


FORCE = ["force too soon", "force unchecked", "force before its day", "force not handed over", "left lying", "no force",
         "court early", "court without ten days", "objects late"]


def enforce(case, served, plan):
    """Carried out by force or through a court; a party may do it after all (Coercion Law 34 to 38, 53, 54)."""
    court = plan in ("court early", "court without ten days") or plan == "lawful" and case.maybe(0.3)
    if court:
        asked = CALENDAR.on(served + case.random.randint(200, 240) * DAY)
        demanded = CALENDAR.on(asked - case.random.randint(40, 60) * DAY)
        if plan == "court early":
            demanded = CALENDAR.on(served + 31 * DAY)
            asked = CALENDAR.on(served + case.random.randint(70, 150) * DAY)
        if plan == "court without ten days":
            demanded = CALENDAR.days[CALENDAR.days.index(asked) - case.random.randint(1, 10)]
    else:
        demanded = CALENDAR.on(served + 31 * DAY)
    if not court and plan != "no force":
        case.find("own-force", demanded)
    case.find("overdue", demanded)
    case.do("demand", demanded, received=demanded, manner="close", rights="told", time_given="10 days")
    end = CALENDAR.due(demanded, 10)
    if court:
        case.do("ask-court", asked, reasons="overdue")
        if plan != "lawful":
            case.plant("careless official", "through-the-court", "ask-court")
        return
    if plan == "left lying":
        case.plant("careless official", "enforced-in-time", "order-enforcement")
        return
    if plan == "lawful" and case.maybe(0.4):
        case.do("comply", case.some(demanded, 5))
        return
    answered = plan == "force unchecked" or plan == "lawful" and case.maybe(0.4)
    if answered:
        case.do("answer-demand", demanded + case.random.randint(1, 6) * DAY)
    ordered = CALENDAR.after(end, 1)
    if plan == "force too soon":
        ordered = demanded + case.random.randint(1, 9) * DAY
    elif answered and plan != "force unchecked":
        case.do("check-answer", ordered, adopted="no", reasons="law")
    if plan in ("force too soon", "force unchecked", "no force"):
        case.plant("malicious official", "demanded-first", "order-enforcement")
    handed = CALENDAR.after(ordered, 1)
    begins = CALENDAR.after(handed, 4)
    case.do("order-enforcement", ordered, reasons="overdue", manner="close", remedy="both", basis="ACL 37", enforced_from=begins,
            seal="yes")
    if plan != "force not handed over":
        case.do("serve-enforcement", handed, received=handed)
    done = begins + case.random.randint(0, 2) * DAY
    if plan == "force before its day":
        done = handed + case.random.randint(0, 3) * DAY
    if plan in ("force before its day", "force not handed over"):
        case.plant("malicious official", "carried-out-as-told", "carry-out")
    case.do("carry-out", done, measure="closed", reasons="law", remedy="both")
    if plan == "objects late":
        case.do("object", CALENDAR.due(done, 60) + case.random.randint(1, 9) * DAY)
        case.plant("careless party", "party object-to-a-step", "object")


def burden(case, start):
    """Who investigated is not in this register: two did, and a row names one."""
    pick = case.random.choice
    plan = pick(["lawful"] * 12 + [
        "unshown", "no notice", "too early", "unchecked", "hearing soon", "no record", "hearing slow", "not answered", "report late",
        "unreviewed", "undiscussed", "for a target", "blanket stop", "on minutes", "void", "undecided",
        "carried out first", "posted at once", "wrong hands", "proclaimed at once", "by e-mail", "refused hearing",
        "recusal open", "recusal late", "worse", "reconsideration late", "asks late", "left at the desk", "abroad at home",
        "reasons late"] + FORCE)
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
        case.find("own-force", day)
        case.find("overdue", day)
        case.do("demand", day, received=day, manner="close", rights="told", time_given="3 days")
        ordered = CALENDAR.after(CALENDAR.due(day, 3), 1)
        case.do("order-enforcement", ordered, reasons="now", manner="close", remedy="both", basis="ACL 37", enforced_from=ordered,
                seal="yes")
        case.plant("malicious official", "demanded-first", "order-enforcement")
        case.do("serve-enforcement", ordered, received=ordered)
        case.do("carry-out", ordered, measure="closed", reasons="law", remedy="both")
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
    elif plan == "left at the desk":
        case.do("serve-left", served, what="decision", refused_by="mail-desk", witnesses="no", pictures="yes")
        case.plant("careless official", "left-behind", "serve-left")
        return
    elif plan == "abroad at home":
        case.do("serve-abroad", served, what="decision", way="agreed", forbidden_there="no", served_on=served)
        case.plant("careless official", "abroad", "serve-abroad")
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
    elif plan == "reasons late":
        case.do("ask-reasons", CALENDAR.due(served, 30) + case.random.randint(1, 9) * DAY)
        case.plant("careless party", "party reasons-later", "ask-reasons")
    elif plan in FORCE or plan == "lawful" and case.maybe(0.3):
        enforce(case, served, plan)
    elif case.maybe(0.2):
        sent = served + case.random.randint(1, 59) * DAY
        case.do("ask-reconsideration", sent, sent=sent)
