"""Reconsideration (Law of 2023)."""

from plays.stage import CALENDAR, DAY


SHORT = ["short, copy late", "short, reply late", "short, undecided", "short, extended", "through the agency, sat on"]
MEANWHILE = ["asked twice", "suspended alone", "document ignored", "supplement unasked", "mediated unsigned", "small fault set aside"]
AFTER = ["letter unanswered", "the same again", "not made again", "enforced early", "sued late"]


def short(case, acted, plan):
    """A warning on the spot: the short procedure (32, 53, 54, 62(2)); three, five working days and thirty days."""
    case.do("reviewed act", acted, kind="warning", amount=0, told_remedy="yes", spot="yes", camera="no", real_estate="no")
    case.do("learn", acted, learned=acted)
    applied = CALENDAR.on(acted + case.random.randint(3, 40) * DAY)
    if plan == "through the agency, sat on" or plan == "lawful" and case.maybe(0.3):
        case.do("hand-in", applied, received=applied)
        if plan == "lawful":
            case.do("pass-on", case.some(applied, 5))
            applied = CALENDAR.after(applied, 6)
        else:
            case.plant("careless official", "through-the-agency", "pass-on")
            return
    case.do("apply", applied, received=applied, requests="annul", reasons="facts", compensation="no")
    accepted = case.some(applied, 5)
    case.do("accept", accepted)
    case.find("summary", accepted)
    sent = CALENDAR.after(accepted, 3 + case.random.randint(1, 3)) if plan == "short, copy late" else case.some(accepted, 3)
    if plan == "short, copy late":
        case.plant("careless official", "copy-in-time", "send-copy")
    case.do("send-copy", sent)
    case.do("copy-received", sent, received=sent)
    replied = CALENDAR.after(sent, 5 + case.random.randint(1, 3)) if plan == "short, reply late" else case.some(sent, 5)
    if plan == "short, reply late":
        case.plant("careless official", "reply-in-short", "reply")
    case.do("reply", replied, evidence="yes")
    end = CALENDAR.due(accepted, 30)
    day = CALENDAR.after(replied, 2)
    if plan == "short, extended":
        case.do("extend", CALENDAR.after(replied, 1), longer="30 days", reasons="much", remedy="report")
        case.plant("careless official", "who-extends", "extend")
    case.do("propose", CALENDAR.after(replied, 1))
    case.do("approve", CALENDAR.after(replied, 1))
    if plan == "short, undecided":
        day = CALENDAR.after(end, case.random.randint(1, 9))
        case.plant("careless official", "decide-in-short", "decide")
    if day > end and plan != "short, undecided":
        raise AssertionError("the play itself is too slow")
    outcome = "set-aside" if plan == "short, reply late" else case.random.choice(["uphold", "set-aside"])
    case.do("decide", day, outcome=outcome, ground="facts" if outcome == "set-aside" else "none", again="no", reasons="law",
            remedy="court", seal="yes")
    case.do("serve", CALENDAR.after(day, 1), received=CALENDAR.after(day, 1))


def afterwards(case, served, plan):
    """What follows a decision (34, 64(2), 76, 78)."""
    if plan == "letter unanswered":
        case.do("opinion-letter", CALENDAR.after(served, 1), received=CALENDAR.after(served, 1))
        case.plant("careless official", "letter", "report-correction")
    if plan == "the same again":
        case.do("made-again", served + case.random.randint(5, 55) * DAY, same_facts="yes")
        case.plant("malicious official", "no-repeat", "made-again")
    if plan == "not made again":
        case.plant("careless official", "no-repeat", "made-again")
    if plan == "enforced early":
        case.do("enforce-own", served + case.random.randint(1, 14) * DAY)
        case.plant("malicious official", "enforcement", "enforce-own")
    if plan == "sued late":
        late = CALENDAR.due(served, 15) + case.random.randint(1, 20) * DAY
        case.do("sue", late, accepted=late)
        case.plant("careless party", "party suit", "sue")


def reconsideration(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 10 + [
        "applies late", "not accepted", "copy late", "no reply", "no reply, upheld", "undecided", "unapproved", "rejected",
        "no term to perform", "nothing returned", "on minutes", "for a target", "not heard", "worse",
        "refused without cause"] + SHORT + MEANWHILE + AFTER)
    if plan in SHORT or plan == "lawful" and case.maybe(0.2):
        return short(case, CALENDAR.on(start), plan)
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
    if plan == "document ignored":
        case.do("attack-document", applied, norm="notice")
        case.plant("malicious official", "side-review", "decide")
    if plan == "asked twice" or plan == "lawful" and case.maybe(0.15):
        asked = case.some(applied, 3)
        case.do("ask-correction", asked, items="facts")
        if plan == "asked twice":
            case.do("ask-correction", CALENDAR.after(asked, 1), items="facts")
            case.plant("careless official", "correction", "ask-correction")
            asked = CALENDAR.after(asked, 1)
        case.do("correction-notice", CALENDAR.after(asked, 1), received=CALENDAR.after(asked, 1))
        applied = CALENDAR.after(asked, case.random.randint(2, 9))
        case.do("correct", applied, received=applied)
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
    if plan == "suspended alone":
        case.do("suspend", ready, ground="mediation", agreed="no", reasons="talks", remedy="report")
        case.plant("malicious official", "suspension", "suspend")
        case.do("resume", CALENDAR.after(ready, 2))
        ready = CALENDAR.after(ready, 3)
    if plan == "supplement unasked":
        case.do("supplement", ready)
        case.plant("malicious official", "no-self-help", "supplement")
    if plan == "mediated unsigned":
        case.do("mediate", CALENDAR.after(ready, 1), signed_by_all="no", seal="yes")
        case.plant("careless official", "mediation", "mediate")
        return
    if plan == "small fault set aside":
        case.find("minor-defect", ready)
    case.do("propose", ready)
    if plan != "unapproved":
        case.do("approve", ready)
    outcome = pick(["uphold", "set-aside"])
    # rules that the outcome breaks
    wrong = {"unapproved": ("uphold", "approval"), "rejected": ("reject", "outcome"), "no term to perform": ("perform", "outcome"),
             "on minutes": ("uphold", "basis-is-law"), "for a target": ("uphold", "no-target"),
             "no reply, upheld": ("uphold", "no-reply-no-uphold"), "nothing returned": ("set-aside", "outcome"),
             "not heard": (outcome, "hearing"), "worse": ("change", "not-worse"), "small fault set aside": ("set-aside", "minor")}
    if plan in ("no reply", "the same again", "not made again"):
        outcome = "set-aside"
    if plan == "enforced early":
        outcome = "uphold"
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
    case.do("decide", day, outcome=outcome, ground=ground, reasons="law", remedy="court", seal="yes", **more,
            again="yes" if plan in ("the same again", "not made again") else "no")
    case.do("serve", CALENDAR.after(day, 1), received=CALENDAR.after(day, 1))
    if plan in AFTER:
        afterwards(case, CALENDAR.after(day, 1), plan)
