"""Major decisions (Provisional Regulation on the Procedure of Major Administrative Decisions)."""

from plays.stage import CALENDAR, DAY


def major_decision(case, start):
    pick = case.random.choice
    plan = pick(["lawful"] * 12 + [
        "unstudied", "dispute hidden", "short consultation", "nobody asked", "submitted early", "undigested", "group left out",
        "papers late", "one side", "no hearing", "expert with interest", "unsigned", "no expert", "no risk", "risk too high",
        "no advisers", "review short", "unreviewed", "unlawful", "no competition review", "comments left out", "chief first",
        "against the majority", "unreported", "blanket stop", "unpublished basis", "own evaluation", "suspended first",
        "changed quickly"])
    day = CALENDAR.on(start)
    case.do("propose", day)
    if plan == "unstudied":
        case.plant("careless official", "started", "start")
    else:
        day = case.some(day, 10)
        case.do("study", day)
    day = case.some(day, 5)
    case.do("start", day, subject=pick(["policy", "plan", "project"]))
    day = case.some(day, 20)
    case.do("draft", day, text_of_draft="yes", options=2)
    if plan == "dispute hidden":
        case.do("consult-units", day, agreed="no")
        case.plant("malicious official", "started", "consult-units")
    elif case.maybe(0.3):
        case.do("consult-units", day, agreed="no", dispute="cost")
    group = plan == "group left out" or plan == "lawful" and case.maybe(0.3)
    if not group:
        case.find("group-interests", day, value="no")
    technical = plan in ("no expert", "unsigned", "expert with interest") or plan == "lawful" and case.maybe(0.3)
    if not technical:
        case.find("technical", day, value="no")
    risky = plan in ("no risk", "risk too high", "own evaluation") or plan == "lawful" and case.maybe(0.3)
    if not risky:
        case.find("risky", day, value="no")
    market = plan == "no competition review" or plan == "lawful" and case.maybe(0.3)
    if not market:
        case.find("market-related", day, value="no")
    asked = plan != "nobody asked"
    opened = CALENDAR.after(day, 1)
    after = opened
    if asked:
        ends = opened + (31 + case.random.randint(0, 10)) * DAY
        if plan == "short consultation":
            ends = opened + case.random.randint(5, 29) * DAY
            case.plant("careless official", "consultation", "open-consultation")
        case.do("open-consultation", opened, materials="yes", explanation="yes", ends=ends)
        if case.maybe(0.5):
            case.do("comment", opened + 2 * DAY)
        after = CALENDAR.after(ends, 1)
        if plan == "submitted early":
            after = CALENDAR.on(opened + 10 * DAY)
    else:
        case.plant("malicious official", "consultation", "submit")
    if group and plan != "group left out":
        case.do("talk-to-group", after)
    if plan == "group left out":
        case.plant("careless official", "consultation", "submit")
    if plan in ("papers late", "one side", "no hearing"):
        case.find("hearing-required", after)
        if plan == "no hearing":
            case.plant("malicious official", "hearing", "submit")
        else:
            case.do("announce-hearing", after)
            case.do("send-papers", after)
            hearing = CALENDAR.on(after + 8 * DAY) if plan == "one side" else after + case.random.randint(1, 6) * DAY
            case.do("hold-hearing", hearing, minutes="yes", all_sides="no" if plan == "one side" else "yes")
            case.plant("careless official" if plan == "papers late" else "malicious official", "hearing", "hold-hearing")
            after = CALENDAR.after(hearing, 1)
    if plan == "undigested":
        case.plant("malicious official", "consultation", "submit")
    else:
        case.do("digest", after, adopted="yes")
    if technical and plan != "no expert":
        if plan == "expert with interest":
            case.find("interest", after, expert="Lu")
            case.plant("malicious official", "experts", "engage")
        case.do("engage", after, expert="Lu")
        if plan == "unsigned":
            case.do("engage", after, expert="Ma")
            case.do("opine", CALENDAR.after(after, 2), expert="Ma", opinion="yes")
            case.plant("careless official", "experts", "submit")
        else:
            case.do("opine", CALENDAR.after(after, 2), expert="Lu", opinion="yes")
        after = CALENDAR.after(after, 3)
    if plan == "no expert":
        case.plant("malicious official", "experts-asked", "submit")
    if risky and plan != "no risk":
        after = CALENDAR.after(after, 1)
        case.do("assess", after, points="noise", measures="walls", controllable="no" if plan == "risk too high" else "yes", doer="Institute")
    if plan == "no risk":
        case.plant("malicious official", "risk", "submit")
    sent = CALENDAR.after(after, 1)
    case.do("send-for-review", sent)
    reviewed = CALENDAR.after(sent, 8 + case.random.randint(0, 4))
    if plan == "review short":
        reviewed = CALENDAR.after(sent, case.random.randint(1, 5))
        case.plant("careless official", "legality", "review")
    result = "lawful"
    if plan == "unlawful":
        result = "unlawful"
        case.plant("malicious official", "legality", "submit")
    if plan == "unreviewed":
        case.plant("malicious official", "legality", "submit")
    else:
        case.do("review", reviewed, result=result, opinion="yes", advisers_heard="no" if plan == "no advisers" else "yes")
        if plan == "no advisers":
            case.plant("careless official", "legality", "review")
    day = CALENDAR.after(reviewed, 1)
    if plan == "submitted early":
        case.rows[-1]["time"], case.rows[-2]["time"] = (case.rows[i]["time"] for i in (-1, -2))
        day = CALENDAR.after(reviewed, 1)
        if day > ends:
            case.rows[[row["act"] for row in case.rows].index("open-consultation")]["ends"] = (day + 5 * DAY).isoformat()
        case.plant("malicious official", "consultation", "submit")
    papers = {"legal_risk_stated": "no"}
    if asked or plan in ("papers late", "one side"):
        papers["comments_adopted"] = "yes"
    if plan == "comments left out":
        del papers["comments_adopted"]
        case.plant("careless official", "papers", "submit")
    if technical and plan != "no expert":
        papers["experts_adopted"] = "yes"
    if risky and plan != "no risk":
        papers["risk_report"] = "yes"
    if market and plan != "no competition review":
        papers["fair_competition"] = "yes"
    if plan == "no competition review":
        case.plant("malicious official", "papers", "submit")
    case.do("submit", day, **papers)
    day = case.some(day, 10)
    against = plan == "against the majority"
    case.do("meet", day, kind="standing", chief_last="no" if plan == "chief first" else "yes", majority="against" if against else "for")
    if plan == "chief first":
        case.plant("malicious official", "meeting", "meet")
    if against:
        case.plant("malicious official", "meeting", "decide")
    day = case.some(day, 3)
    if plan == "unreported":
        case.plant("careless official", "meeting", "decide")
    else:
        case.do("report-up", day)
    if plan == "risk too high":
        case.plant("malicious official", "risk", "decide")
    if plan in ("blanket stop", "unpublished basis"):
        case.find("part-of-a-blanket-stop" if plan == "blanket stop" else "basis-unpublished", day)
        case.plant("malicious official", "prohibited", "decide")
    case.do("decide", day, sense="for")
    case.do("publish", CALENDAR.after(day, 2), decision="yes")
    case.do("archive", CALENDAR.after(day, 3))
    case.do("name-executor", CALENDAR.after(day, 3))
    if plan == "own evaluation":
        case.do("evaluate", CALENDAR.after(day, 60), doer="Institute")
        case.plant("malicious official", "afterwards", "evaluate")
    elif case.maybe(0.2):
        case.do("evaluate", CALENDAR.after(day, 60), doer="University")
    if plan == "suspended first":
        case.do("suspend", CALENDAR.after(day, 20))
        case.plant("malicious official", "afterwards", "suspend")
    if plan == "changed quickly":
        case.do("change", CALENDAR.after(day, 20))
        case.plant("malicious official", "afterwards", "change")
