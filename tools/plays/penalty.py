"""Administrative penalty (Penalty Law)."""

from plays.stage import CALENDAR, DAY


def decide(case, day, amount, **more):
    case.do("decide", day, party="party", amount=amount, kind="fine", basis="APL 9", facts="rats", performance="bank",
            reasons="law", remedy="reconsideration, court", seal="yes", **more)


UNDONE = ["not taken down", "made again", "not decided again", "to the court early"]


def undone(case, served, amount, plan):
    """Set aside elsewhere, or taken to a court (Penalty Law 48; Reconsideration Law 64; Coercion Law 53, 54)."""
    if plan == "to the court early":
        case.plant("malicious party", "party pay-in-time", "pay")
        early = CALENDAR.on(served + case.random.randint(70, 170) * DAY)
        case.do("demand", CALENDAR.on(served + 20 * DAY), party="party")
        case.do("apply-court", early, party="party", reasons="unpaid")
        case.plant("malicious official", "court-execution", "apply-court")
        return
    paid = CALENDAR.after(served, 3)
    case.do("pay", paid, party="party", amount=amount, paid_on=paid)
    gone = CALENDAR.on(served + case.random.randint(60, 90) * DAY)
    if plan == "not taken down":
        case.do("publish", CALENDAR.after(served, 1), party="party", reasons="weight", remedy="complaint")
        case.plant("careless official", "take-down", "withdraw-publication")
    again = "no" if plan == "not taken down" else "yes"
    case.do("set-aside", gone, party="party", ground="facts", again=again)
    case.do("refund", CALENDAR.after(gone, 1), party="party")
    if plan == "not decided again":
        case.plant("careless official", "decide-again", "decide")
    if plan == "made again":
        anew = CALENDAR.on(gone + case.random.randint(5, 50) * DAY)
        case.find("same-facts", anew)
        decide(case, anew, amount)
        case.plant("malicious official", "no-repeat", "decide")
        case.do("serve", CALENDAR.after(anew, 1), party="party", received=CALENDAR.after(anew, 1), mode="direct")
        case.do("pay", CALENDAR.after(anew, 2), party="party", amount=amount, paid_on=CALENDAR.after(anew, 2))


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
    case.do("tell-on-spot", day, party="party", facts="stall", reasons="law", basis="law", rights="told")
    case.do("decide-on-spot", day, party="party", number=case.random.randint(1, 9999), amount=amount, kind="fine",
            basis="APL 9", facts="stall", place="bridge", agency="bureau", reasons="law", remedy="reconsideration", **form)
    if plan == "spot collected":
        case.rows[-1]["amount"] = "200"
        case.do("collect", day, party="party", receipt="yes", reasons="law", remedy="complaint")
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
        "unpublished decision", "hearing asked late", "void", "transfer slow", "closed without why", "insufficient", "recusal ignored", "undiscussed",
        "corrected untold", "not lighter", "absent too soon", "police slow"] + UNDONE)
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
    if plan == "recusal ignored":
        case.do("ask-recusal", CALENDAR.after(inquiry, 1), party="party", who="Wu")
        case.plant("careless official", "withdrawal", "decide")
    if plan == "corrected untold":
        case.do("order-correct", inquiry, party="party", reasons="rats", remedy="reconsideration")
        case.plant("careless official", "order-correct", "order-correct")
    if plan == "undiscussed":
        case.find("complicated", inquiry)
        case.plant("careless official", "discussion", "decide")
    if plan == "not lighter":
        case.find("must-be-lighter", inquiry)
        case.plant("malicious official", "discretion", "decide")
    amount = pick([500, 2000, 5000, 9999])
    heard = plan in ("hearing too soon", "no hearing", "unreviewed", "closed without why", "absent too soon") or plan == "lawful" and case.maybe(0.25)
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
    if plan == "police slow":
        case.do("suspect-crime", told)
        reported = CALENDAR.after(told, 1)
        case.do("report-crime", reported)
        case.do("approve-transfer", reported)
        case.do("send-file", reported, letter="yes", report="yes")
        case.do("sign-receipt", reported)
        taken = CALENDAR.after(CALENDAR.due(reported, 3), case.random.randint(1, 5))
        case.do("police-file", taken, noticed=taken)
        case.plant("careless official", "police-side", "police-file")
        case.do("hand-over", taken)
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
            if plan == "absent too soon":
                case.do("miss-hearing", CALENDAR.after(announced, 2), party="party", just_cause="no", reasons="no word", remedy="complaint")
                case.plant("malicious official", "absence", "miss-hearing")
                heard = False
            elif absent:
                case.do("miss-hearing", hearing, party="party", just_cause="no", reasons="no word", remedy="complaint")
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
    if plan in UNDONE:
        return undone(case, served, amount, plan)
    if plan == "twice":
        decide(case, CALENDAR.after(served, 1), amount)
        case.plant("malicious official", "one-fine", "decide")
        case.do("serve", CALENDAR.after(served, 2), party="party", received=CALENDAR.after(served, 2), mode="direct")
    if plan == "unpublished decision":
        case.find("influential", day)
        case.rows.insert(-2, case.rows.pop())  # before the decision, on its day
        case.plant("careless official", "publish-in-time", "publish")
    if plan == "collected":
        case.do("collect", served, party="party", receipt="yes", reasons="law", remedy="complaint")
        case.plant("malicious official", "split", "collect")
        case.do("hand-in", CALENDAR.after(served, 2), party="party")
        case.do("deposit", CALENDAR.after(served, 4), party="party")
    if plan in ("held back", "not deposited"):
        case.find("remote", served)
        case.do("ask-to-pay-here", served, party="party")
        case.do("collect", served, party="party", receipt="yes", reasons="law", remedy="complaint")
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
