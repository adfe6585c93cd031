"""What happens in the matters of the city, planned for its API.

A story is a generator: it acts through its Case and yields the day on which it goes on.  What is lawful is for the
server to say: a story knows deadlines only as far as a conscientious official would, from the calendar of public
holidays.  It knows no rule of the packs.
"""
import datetime

from plays.stage import CALENDAR, DAY

from city import places

PARTY = "party"


class Ended(Exception):
    """The law was in the way where the story did not think so: the matter stays as it is."""


class Case:
    """One matter on its way: who works on it, whose it is, and what was acknowledged."""

    def __init__(self, city, office, draw, pack):
        self.city, self.office, self.random, self.pack = city, office, draw, pack
        self.matter, self.number, self.code, self.label = "", "", None, ""

    @property
    def today(self):
        return self.city.today

    def pick(self, *choices):
        return self.random.choice(choices)

    def maybe(self, chance):
        return self.random.random() < chance

    def later(self, least, most=None):
        """A working day, so many working days from today."""
        return CALENDAR.after(self.today, self.random.randint(least, most or least))

    def acknowledge(self, act, answer):
        self.city.acknowledged.append({"matter": answer["matter"], "act": act, "entry": answer["entry"], "code": self.code,
                                       "day": self.today.isoformat(), "verdict": answer["verdict"]})

    def begin(self, act, who, fields, given=(), **more):
        body = {"act": act, "pack": self.pack, "given": list(given), **more}
        answer = self.city.send(self, "/api/matters", body, who, fields)
        if answer is None:
            raise Ended(act)
        self.matter, self.number = answer["matter"], answer["case"]
        for row in answer["codes"]:
            self.label, self.code = row["label"], row["code"]
        self.acknowledge(act, answer)
        return answer

    def attempt(self, act, who, fields=None, planned=True, **more):
        """An act that the law may refuse.  The answer, or None."""
        answer = self.city.send(self, f"/api/matters/{self.matter}/acts", {"act": act, **more}, who, fields or {}, planned)
        if answer is not None:
            self.acknowledge(act, answer)
        return answer

    def do(self, act, who, fields=None, **more):
        answer = self.attempt(act, who, fields, planned=False, **more)
        if answer is None:
            raise Ended(act)
        return answer

    def do_if_known(self, act, who, fields=None, **more):
        """An act that some editions of the pack ask for and others do not know."""
        if self.city.knows(self, act, who):
            self.do(act, who, fields, **more)

    def find(self, fact, who, value="yes", **more):
        return self.do(fact, who, {fact: value}, **more)


def given(role, label, **fields):
    return [{"role": role, "label": label, "field": name.replace("_", "-"), "value": str(value)} for name, value in fields.items()]


def money(amount):
    return f"{amount} CNY"


class Penalty(Case):
    """A penalty matter: its officers, its party, what was found."""

    def __init__(self, city, office, draw):
        super().__init__(city, office, draw, places.PENALTY)
        digit = places.PENALTY_OFFICES.index(office) + 1
        self.head, self.principal = f"1{digit}01", f"1{digit}02"
        self.reviewer, self.chair = f"1{digit}0{draw.choice('34')}", f"1{digit}05"
        self.officer = draw.choice(city.officers(office))
        (trade, self.found, self.basis, self.exhibit, self.exhibit_kind, self.kind, (low, high)) = draw.choice(
            places.VIOLATIONS[office])
        self.amount = draw.randrange(low, high + 1, 100) if high else 0
        if draw.random() < 0.3:
            self.party, self.natural = draw.choice(places.FAMILY) + draw.choice(places.GIVEN), True
        else:
            self.party, self.natural = f"{draw.choice(places.QUARTERS)}{draw.choice(places.WORDS)}{trade}", False
        self.decision, self.record = None, {}

    def beside(self):
        """Who comes along: the officers of the office in turn, as each has but one one-time code in half a minute."""
        return self.city.next_officer(self.office, self.officer)

    @property
    def facts(self):
        return f"{self.party}在经营场所{self.found}。"

    def members(self):
        kind = {"kind": "natural", "age": self.random.randint(20, 70)} if self.natural else {"kind": "organisation"}
        return given("party", self.party, **kind)

    def notice(self):
        return {"amount": money(self.amount), "facts": self.facts, "reasons": "上述行为违反管理秩序，有证据证明。", "basis": self.basis}

    def decide(self):
        fields = {"amount": money(self.amount), "kind": self.kind, "basis": self.basis, "rests-on": [self.exhibit],
                  "facts": self.facts, "reasons": "事实清楚，证据确凿；已考虑当事人的陈述、申辩和裁量基准。", **self.record}
        answer = self.do("decide", self.head, fields, label=self.party)
        self.decision = answer["entry"]
        return answer


def opened(case):
    """From what was found to a file that is ready for a notice."""
    ended = case.today - case.random.randint(1, 120) * DAY
    members = case.members() + given("exhibit", case.exhibit, kind=case.exhibit_kind, device="no")
    case.begin("discover", case.officer, {"found": case.today.isoformat(), "violation-end": ended.isoformat()}, members)
    case.label = case.party
    yield case.later(1, 3)
    case.do("file", case.head)
    yield case.later(1, 5)
    case.do("investigate", case.officer, beside=case.beside())
    case.find("verified", case.reviewer, label=case.exhibit)


def penalty(case):
    """The ordinary procedure, with all that may come between."""
    yield from opened(case)
    if case.maybe(0.08):
        yield from seized(case)
    way = case.random.choices(
        ("silent", "speaks", "hearing", "stays away", "waives", "exempt", "dismissed", "crime", "forgotten"),
        (30, 18, 16, 4, 5, 5, 5, 3, 3))[0]
    if way == "forgotten":
        return  # nobody does anything any more; the ninety days pass
    if way == "dismissed":
        yield case.later(5, 20)
        case.do("dismiss", case.head)
        return
    if way == "crime":
        yield from transferred(case)
        return
    if way == "exempt":
        yield case.later(5, 15)
        for fact in ("minor", "corrected", "harmless"):
            case.find(fact, case.head)
        case.attempt("decide", case.head, {"amount": money(case.amount or 100), "kind": "fine", "basis": case.basis,
                                           "rests-on": [case.exhibit], "facts": case.facts}, label=case.party)
        case.do("exempt", case.head, label=case.party)
        return
    case.find("sufficient", case.head)
    yield case.later(2, 10)
    case.do("notify", case.officer, case.notice(), label=case.party)
    yield from heard(case, way)
    case.decide()
    yield from afterwards(case)


def seized(case):
    item = "涉案物品一批"
    if case.maybe(0.5):  # in a hurry, and without the head
        case.attempt("preserve", case.officer, {"why": "ordinary"}, label=item, beside=case.beside(),
                     given=[{"role": "item", "label": item, "field": "", "value": ""}])
    case.do("approve-preserve", case.head, label=item, given=[{"role": "item", "label": item, "field": "", "value": ""}])
    yield case.later(1)
    case.do("preserve", case.officer, {"why": "ordinary"}, label=item, beside=case.beside())
    yield case.later(2, 6)
    case.do("dispose", case.officer, {"measure": case.pick("return", "test", "copy")}, label=item)


def transferred(case):
    yield case.later(2, 8)
    case.do("suspect-crime", case.officer)
    case.do("report-crime", case.officer, beside=case.beside())
    yield case.later(1)
    if case.maybe(0.4):
        case.do("refuse-transfer", case.principal)
        return
    case.do("approve-transfer", case.principal)
    case.do("send-file", case.officer)
    if case.maybe(0.2):
        return  # the police say nothing
    case.do("sign-receipt", places.POLICE)
    yield case.later(1, 2)
    if case.maybe(0.3):
        case.do("police-refuse", places.POLICE, {"noticed": case.today.isoformat(), "reasons": "没有犯罪事实。"})
        return
    case.do("police-file", places.POLICE, {"noticed": case.today.isoformat()})
    yield case.later(1)
    case.do("hand-over", case.officer)


def heard(case, way):
    """From the notice to the first day on which it may be decided."""
    told = case.today
    careless = case.maybe(0.2)
    if careless:
        yield case.later(1, 3)
        case.attempt("decide", case.head, {"amount": money(case.amount), "kind": case.kind, "basis": case.basis,
                                           "rests-on": [case.exhibit], "facts": case.facts}, label=case.party)
    if way == "waives":
        yield case.later(1)
        case.do("waive", PARTY)
        yield CALENDAR.after(told, 6)
    elif way == "speaks":
        yield max(case.later(1), CALENDAR.after(told, case.random.randint(1, 4)))
        case.do("state", PARTY, {"text": case.pick(*places.DEFENCE)})
        yield case.later(1, 2)
        case.do("check-defence", case.officer, {"reasons": "经复核，不改变对违法事实的认定。"}, label=case.party)
        yield max(case.later(1), CALENDAR.after(told, 6))
    elif way in ("hearing", "stays away"):
        yield max(case.later(1), CALENDAR.after(told, case.random.randint(1, 4)))
        case.do("ask-hearing", PARTY)
        yield case.later(1, 2)
        case.do("name-chair", case.head, {"who": case.chair})
        if case.maybe(0.25):  # too soon
            case.attempt("announce-hearing", case.officer, {"hearing-day": case.later(4).isoformat()}, label=case.party)
        day = case.later(9, 14)
        case.do("announce-hearing", case.officer, {"hearing-day": day.isoformat()}, label=case.party)
        yield day
        if way == "stays away":
            case.do("miss-hearing", case.chair, label=case.party)
        else:
            case.do("hold-hearing", case.chair, label=case.party)
            case.record = {"hearing-record": "听证笔录"}
            yield case.later(1, 2)
            case.do("review", case.reviewer)
        yield case.later(1, 3)
    else:
        yield case.pick(CALENDAR.after(told, 6), CALENDAR.after(told, 8), CALENDAR.after(told, 12))


def afterwards(case):
    """Published, served, paid or not, challenged or not."""
    decided = case.today
    public = case.maybe(0.5)
    if public:
        case.find("influential", case.officer, label=case.party)
        if case.maybe(0.85):
            yield case.later(1, 4)
            case.do("publish", case.officer, {"person-replaced": "yes"}, label=case.party)
    if case.maybe(0.04):
        return  # never served: the seven working days pass
    yield max(case.today, CALENDAR.after(decided, case.random.randint(1, 6)))
    case.do("serve", case.officer, {"mode": case.pick("direct", "direct", "post"), "received": case.today.isoformat()},
            label=case.party)
    served = case.today
    way = case.random.choices(("pays", "pays late", "never", "deferral", "review", "review late", "sues"), (44, 8, 9, 6, 28, 3, 2))[0]
    if case.amount == 0 and way not in ("review", "review late"):
        return
    if way == "pays":
        yield served + case.random.randint(1, 14) * DAY
        pay(case)
    elif way == "pays late":
        yield served + case.random.randint(20, 50) * DAY
        pay(case)
    elif way == "deferral":
        yield case.later(2, 8)
        case.do("ask-deferral", PARTY)
        yield case.later(1, 4)
        case.do("grant-deferral", case.head, {"longer": "2 months"}, label=case.party)
        yield served + case.random.randint(40, 70) * DAY
        pay(case)
    elif way == "sues":
        yield case.later(20, 50)
        case.do("sue", case.officer, {"accepted": case.today.isoformat()}, label=case.party)
    elif way == "never":
        yield CALENDAR.due(served, 61) + case.random.randint(20, 40) * DAY
        yield CALENDAR.on(case.today)
        case.do("demand", case.officer, label=case.party)
        yield case.later(4)
        case.attempt("apply-court", case.head, label=case.party)  # before the ten working days have passed
        yield CALENDAR.on(served + 190 * DAY)
        case.do("apply-court", case.head, label=case.party)
    else:
        if case.maybe(0.5):
            yield served + case.random.randint(1, 14) * DAY
            pay(case)
        ahead = case.random.randint(5, 50) if way == "review" else case.random.randint(64, 90)
        yield max(case.today, CALENDAR.on(served + ahead * DAY))
        case.city.start(review(Review(case, served), late=way == "review late"))


def pay(case):
    if case.amount:
        case.do("pay", PARTY, {"amount": money(case.amount), "paid-on": case.today.isoformat()})


class Review(Case):
    """The reconsideration of a penalty."""

    def __init__(self, fined, served):
        draw = fined.random
        super().__init__(fined.city, "justice", draw, places.REVIEW)
        self.fined, self.served = fined, served
        self.label, self.code = fined.party, fined.code
        self.handler = draw.choice(sorted(number for number in fined.city.officials if number.startswith("201")))
        self.authority, self.respondent = draw.choice(("2001", "2002")), fined.head

    def apply(self):
        fined = self.fined
        kind = {"warning": "warning", "fine": "fine", "licence": "licence"}.get(fined.kind, "other")
        told = given("target", "", kind=kind, amount=money(fined.amount), told_remedy="yes", spot="no", camera="no", real_estate="no")
        self.begin("apply", PARTY, {"received": self.today.isoformat(), "reasons": self.pick(*places.COMPLAINT)}, told,
                   targetMatter=fined.matter, targetEntry=fined.decision, desk="justice")

    def conclude(self, outcome, **more):
        self.do("propose", self.handler)
        self.do("approve", self.authority)
        reasons = {"uphold": "原处罚决定事实清楚、程序合法、内容适当。", "change": "原处罚决定明显不当。"}
        fields = {"outcome": outcome, "ground": "none" if outcome == "uphold" else "content" if outcome == "change" else "facts",
                  "again": "no", "reasons": reasons.get(outcome, "主要事实不清、证据不足。"), **more}
        return self.do("decide", self.authority, fields)


def review(case, late):
    case.apply()
    applied = case.today
    case.do("learn", case.handler, {"learned": case.served.isoformat()})
    if late:
        yield case.later(2, 5)
        case.do("refuse", case.authority, {"reasons": "申请超过法定期限。"})
        return
    way = case.random.choices(("accepted", "silence", "corrected", "given up"), (70, 14, 10, 6))[0]
    if way in ("corrected", "given up"):
        yield case.later(1, 3)
        case.do("ask-correction", case.handler)
        yield case.later(1, 2)
        case.do("correction-notice", case.handler, {"received": case.today.isoformat()})
        if way == "given up":
            return  # after ten working days the application counts as given up
        yield case.later(2, 8)
        case.do("correct", PARTY, {"received": case.today.isoformat()})
    if way == "silence":
        yield CALENDAR.after(applied, 6)
    else:
        yield case.later(2, 4)
        case.do("accept", case.authority)
    yield case.later(1, 2)
    if case.maybe(0.08):
        case.do("withdraw", PARTY)
        yield case.later(1, 2)
        case.do("allow-withdrawal", case.handler)
        case.do("terminate", case.authority, {"ground": "withdrawal", "reasons": "申请人自愿撤回申请。"})
        return
    case.do("send-copy", case.handler)
    yield case.later(1)
    case.do("copy-received", case.handler, {"received": case.today.isoformat()})
    silent = case.maybe(0.12)
    if silent:
        yield case.later(11, 13)
    else:
        yield case.later(2, 9)
        case.do("reply", case.respondent, role="respondent")
    yield case.later(2, 6)
    case.do("listen", case.handler)
    yield case.later(3, 15)
    if silent and case.maybe(0.5):
        case.do("propose", case.handler)
        case.do("approve", case.authority)
        case.attempt("decide", case.authority, {"outcome": "uphold", "ground": "none", "reasons": "原处罚决定应予维持。"})
    if case.maybe(0.08):
        case.do("mediate", case.authority)
        return
    outcome = "set-aside" if silent else case.random.choices(("uphold", "set-aside", "change"), (45, 40, 15))[0]
    if outcome == "change" and (case.fined.amount < 200 or case.fined.kind != "fine"):
        outcome = "uphold"
    more = {"amount": money(case.fined.amount // 200 * 100)} if outcome == "change" else {}
    if outcome == "set-aside" and case.maybe(0.3):
        more["again"] = "yes"
    case.conclude(outcome, **more)
    yield case.later(1, 3)
    case.do("serve", case.handler, {"received": case.today.isoformat()})
    case.do("publish", case.authority)
    if outcome in ("set-aside", "change"):
        case.city.start(undone(case.fined, case, outcome, more.get("again") == "yes"))


def undone(case, challenge, outcome, again):
    """What the agency owes after its decision fell."""
    view = case.city.view(case.matter, case.head)
    yield case.later(1, 2)
    was = [event["act"] for event in view["timeline"]]
    if "publish" in was:
        if case.maybe(0.7):
            case.do("withdraw-publication", case.officer, {"reasons": "原处罚决定已被行政复议决定撤销或者变更。"}, label=case.party)
    if outcome == "set-aside" and "pay" in was:
        yield case.later(2, 10)
        case.do("refund", case.officer, label=case.party)
    if again:
        yield case.later(5, 20)
        case.find("same-facts", case.reviewer, "no")
        case.amount = case.amount // 200 * 100
        case.do("notify", case.officer, case.notice(), label=case.party)
        yield CALENDAR.after(case.today, 7)
        case.decide()
        challenge.do("made-again", challenge.respondent, role="respondent")
        yield case.later(1, 5)
        case.do("serve", case.officer, {"mode": "direct", "received": case.today.isoformat()}, label=case.party)


def on_the_spot(case):
    """A small matter, decided where it happens."""
    case.kind, case.amount = "fine", case.pick(50, 100, 200) if case.natural else case.pick(500, 1000, 2000, 3000)
    case.begin("certain", case.officer, {"certain": "yes"}, case.members())
    fields = {"number": str(case.random.randint(1000, 9999)), "kind": "fine", "basis": case.basis, "facts": case.facts,
              "place": case.pick(*places.QUARTERS) + "街道", "agency": case.city.title(case.office), "reasons": "违法事实确凿。",
              "remedy": "六十日内可以申请行政复议；对复议决定不服的，可以提起行政诉讼。"}
    case.do_if_known("tell-on-spot", case.officer, {"facts": case.facts, "basis": case.basis}, label=case.party)
    if case.maybe(0.15):  # more than the spot allows
        much = case.amount + (200 if case.natural else 3000)
        case.attempt("decide-on-spot", case.officer, {**fields, "amount": money(much)}, label=case.party, beside=case.beside())
    case.do("decide-on-spot", case.officer, {**fields, "amount": money(case.amount)}, label=case.party, beside=case.beside())
    yield case.later(1)
    case.do("file-spot", case.officer, label=case.party)
    if case.maybe(0.85):
        yield case.today + case.random.randint(1, 12) * DAY
        pay(case)


class Order(Case):
    """An order inside an agency."""

    def __init__(self, city, office, draw):
        super().__init__(city, office, draw, places.TARGETS)
        digit = places.PENALTY_OFFICES.index(office) + 1
        self.head, self.officer = f"1{digit}01", f"1{digit}11"


def order(case):
    kind = case.pick("target", "instruction", "stop")
    if kind == "target":
        body = {"act": "set-target", "pack": case.pack}
        if case.maybe(0.5):  # so much money this month: refused, and nothing was begun
            case.city.send(case, "/api/matters", body, case.head, {"measure": "fines"}, True)
        case.begin("set-target", case.head, {"measure": case.pick("files-in-order", "answers-in-time")})
        yield case.later(20)
        case.do("judge-work", case.head, {"measure": "answers-in-time", "reasons": "按时答复率达到要求。"})
    elif kind == "instruction":
        case.begin("instruct", case.head, {"form": "spoken", "basis": None})
        case.do("ask-in-writing", case.officer)
        yield case.later(1)
        case.attempt("act-on", case.officer)
    else:
        case.begin("propose-stop", case.head, {"cause": case.pick("appearance", "lives")})
        yield case.later(2, 5)
        case.do("approve-stop", "5001")
        until = (case.today + 10 * DAY).isoformat()
        case.attempt("order-stop", case.head, {"basis": "《优化营商环境条例》第五十九条", "until": until, "reasons": "经批准。"})


def noodles(case):
    """The shop whose matter a newcomer plays: it stands a few days after the notice."""
    case.party, case.natural, case.exhibit, case.exhibit_kind = places.NOODLES, False, "后厨照片", "documentary"
    case.found, case.basis, case.kind, case.amount = "后厨发现鼠迹，未采取防鼠措施", "《食品安全法》第一百二十六条", "fine", 5000
    case.officer = "1111"
    members = case.members() + given("exhibit", case.exhibit, kind="documentary", device="no")
    case.begin("discover", case.officer, {"found": case.today.isoformat(), "violation-end": "2024-12-20"}, members)
    case.city.noodles = case
    yield datetime.date(2025, 1, 6)
    case.do("file", case.head)
    yield datetime.date(2025, 1, 8)
    case.do("investigate", case.officer, beside=case.beside())
    case.find("verified", case.reviewer, label=case.exhibit)
    case.find("sufficient", case.head)
    yield datetime.date(2025, 1, 22)
    case.do("notify", case.officer, case.notice(), label=case.party)
