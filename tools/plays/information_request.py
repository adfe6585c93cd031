"""Information on request (Open Government Information Regulation)."""
import datetime

from plays.stage import CALENDAR, DAY


ASIDE = ["co-maker not waited for", "doubt kept quiet", "put off without cause", "refused as too much", "record silent", "record kept though wrong"]


def aside(case, came, plan):
    """Co-makers, doubts, requests that are too many, one's own record (17, 34, 35, 41)."""
    way = {"co-maker not waited for": "co-maker", "doubt kept quiet": "doubt", "put off without cause": "too much",
           "refused as too much": "too much", "record silent": "record", "record kept though wrong": "record"}
    way = way.get(plan) or case.random.choice(["co-maker", "doubt", "too much", "record"])
    day = case.some(came, 3)
    if way == "co-maker":
        case.do("ask-co-maker", day, co_maker="other", received=day)
        if plan == "lawful":
            if case.maybe(0.5):
                day = case.some(day, 15)
                case.do("co-answer", day, co_maker="other", agrees="yes")
            else:
                day = CALENDAR.after(day, 15)  # silence is agreement
        else:
            case.plant("careless official", "co-maker-silence", "answer")
        day = CALENDAR.after(day, case.random.randint(1, 8))
    if way == "doubt":
        case.find("doubtful", day)
        if plan == "lawful":
            case.do("refer-doubt", day)
            day = CALENDAR.after(day, case.random.randint(5, 60))  # its time is not counted
            case.do("ruling", day, received=day, may_be_disclosed="yes")
        else:
            case.plant("malicious official", "doubt", "answer")
        day = CALENDAR.after(day, case.random.randint(1, 8))
    if way == "too much":
        if plan == "put off without cause":
            case.plant("careless official", "excessive-requests", "delay")
        else:
            case.find("excessive", day)
        if plan == "refused as too much":
            case.plant("malicious official", "excessive-requests", "decline")
            case.do("decline", CALENDAR.after(day, 1), kind="not-processed", reasons="many", remedy="both")  # nobody asked why
            return
        if plan == "lawful":
            case.do("ask-reasons", day)
            if case.maybe(0.5):
                case.find("reasonable", CALENDAR.after(day, 1), value="no")
                case.do("decline", CALENDAR.after(day, 1), kind="not-processed", reasons="many", remedy="both")
                return
        case.do("delay", CALENDAR.after(day, 1), longer="10 working days", reasons="many", remedy="complaint")
        day = CALENDAR.after(came, case.random.randint(6, 29 if plan == "lawful" else 20))
    if way == "record":
        case.do("claim-wrong", day, evidence="yes")
        if plan == "record kept though wrong":
            case.find("shown-wrong", day)
            case.plant("malicious official", "own-record", "keep-record")
        if plan == "record silent":
            case.plant("careless official", "own-record", "correct-record")
        elif plan == "record kept though wrong" or case.maybe(0.5):
            case.do("keep-record", CALENDAR.after(day, case.random.randint(1, 12)), reasons="right", remedy="both")
        else:
            case.do("correct-record", CALENDAR.after(day, case.random.randint(1, 12)))
        day = CALENDAR.after(came, case.random.randint(16, 20))
    case.do("answer", day, kind="disclosed", remedy="both")


def information(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 10 + [
        "late", "silent", "unconfirmed", "asks late", "no reasons", "no place", "not told", "no ground found", "on minutes",
        "no search", "fee", "extended too late", "secret given", "third party unheard", "third party not asked", "twice",
        "corrects late", "gives up", "review late", "unlisted", "maker known"] + ASIDE)
    channel = "plain-post" if plan == "unconfirmed" else pick(["in-person", "signed-post", "plain-post", "internet", "fax"])
    came = CALENDAR.on(start)
    case.do("apply", came, channel=channel, received=came, identity="yes", contact="yes", wanted="minutes", form="copy")
    if channel == "plain-post":
        if plan == "unconfirmed":
            case.plant("careless official", "confirmed", "confirm-receipt")
        else:
            case.do("confirm-receipt", came)
    if plan in ASIDE or plan == "lawful" and case.maybe(0.25):
        return aside(case, came, plan)
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
            case.do("extend", extended, longer=f"{longer} working days", reasons="volume", remedy="complaint")
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
            case.do("extend", CALENDAR.after(due, 1), longer="20 working days", reasons="volume", remedy="complaint")
            case.plant("malicious official", "extension-in-time", "extend")
    answer = {"kind": pick(["published", "disclosed", "withheld", "partly"]), "remedy": "both"}
    kept = {"no reasons": ("answer-content", "careless official"), "not told": ("told-first", "careless official"),
            "no ground found": ("open-is-the-rule", "malicious official"), "on minutes": ("basis-is-law", "malicious official"),
            "unlisted": ("basis-is-law", "malicious official")}
    if plan in kept:
        answer["kind"] = pick(["withheld", "partly"])
        case.plant(kept[plan][1], kept[plan][0], "keep-back")
    singles = {"no place": ("published", "answer-content", "careless official"),
               "no search": ("absent", "which-answer", "malicious official"),
               "secret given": ("disclosed", "open-is-the-rule", "malicious official"),
               "third party not asked": ("disclosed", "third-party-asked", "malicious official"),
               "maker known": ("elsewhere", "which-answer", "malicious official")}
    if plan in singles:
        answer["kind"] = singles[plan][0]
        case.plant(singles[plan][2], singles[plan][1], "decline" if plan in ("no search", "maker known") else "answer")
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
    if plan == "no search":
        answer.update(reasons="not found")
    if plan == "secret given":
        case.find("protected", answered)
    if plan == "fee":
        case.do("fee", answered, amount=50, reasons="volume", remedy="complaint")
        case.plant("malicious official", "no-fee", "fee")
    act = {"withheld": "keep-back", "partly": "keep-back", "absent": "decline", "elsewhere": "decline"}
    case.do(act.get(answer["kind"], "answer"), answered, **answer)
    if plan == "review late":
        case.do("seek-review", CALENDAR.due(answered, 60) + case.random.randint(1, 9) * DAY)
        case.plant("careless party", "party remedy", "seek-review")
    elif case.maybe(0.2):
        case.do("seek-review", answered + case.random.randint(1, 59) * DAY)
