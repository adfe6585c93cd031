"""Reconsideration (Law of 2023)."""

from plays.stage import CALENDAR, DAY


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
