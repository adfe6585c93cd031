"""Twenty ledgers with planted truths.  `python3 tests/sheets/twenty.py FOLDER` writes them, and truths.json beside them.

What is late and what lapses is computed here, from the statutes as they are read in packs/, by sums of its own; nothing of
src/ or of the calendars of packs/ is used.
"""
import datetime
import json
import pathlib
import random
import sys

from office import DAY, People, after, days_after, delimited, ods, shaped, works_china, works_kingdom, xlsx

TODAY = datetime.date(2026, 5, 13)  # a Wednesday
LAST = datetime.date(2026, 5, 24)   # Sunday of next week


def works_italy(day):
    fixed = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
    return day.weekday() != 6 and (day.month, day.day) not in fixed and day not in (datetime.date(2025, 4, 21), datetime.date(2026, 4, 6))


# --------------------------------------------------------------------------------------------- what the law makes of acts
# From the days of one matter to its duties: (title of the act that is due, last day, the day on which it was done or None).


def penalty(a):
    if "stop" not in a or "go-on" in a:
        nominal = a["file"] + 90 * DAY + (a["go-on"] - a["stop"] if "stop" in a else 0 * DAY) + a.get("longer", 0) * DAY
        yield "Penalty decision", days_after(nominal, 0, works_china), a.get("decide", a.get("close"))
    if "decide" in a:
        yield "Decision served", after(a["decide"], 7, works_china), a.get("serve")


def publicity(a):
    yield "Made public", after(a["decide"], 7, works_china), a.get("publish")


def information(a):
    count = 20 + a.get("longer", 0)
    yield "Answer", after(a.get("correct", a["apply"]), count, works_china), a.get("answer")


def reconsideration(a):
    first = min((a[x] for x in ("accept", "refuse", "ask-correction") if x in a), default=None)
    yield "Accepted", after(a["receive"], 5, works_china), first
    if "accept" in a and ("suspend" not in a or "resume" in a):
        nominal = a["accept"] + 60 * DAY + (a["resume"] - a["suspend"] if "suspend" in a else 0 * DAY) + a.get("longer", 0) * DAY
        yield "Decided, or ended otherwise", days_after(nominal, 0, works_china), a.get("decide")


def petition(a):
    first = min((a[x] for x in ("accept", "refuse", "forward") if x in a), default=None)
    yield "Accepted, and the petitioner told", days_after(a["register"], 15, works_china), first
    if "accept" in a:
        yield "Answered, or ended otherwise", days_after(a["accept"], 60 + a.get("longer", 0), works_china), a.get("answer")


def licence(a):
    if "receive" in a:
        first = min((a[x] for x in ("accept", "refuse", "ask-correction") if x in a), default=None)
        yield "Accepted", after(a["receive"], 5, works_china), first
    if "accept" in a and ("special" not in a or "special-end" in a):
        count = 20 + (10 if "extend" in a else 0)
        if "special" in a:
            day = a["special"]
            while day < a["special-end"]:
                count += works_china(day)
                day += DAY
        yield "Decision on the licence", after(a["accept"], count, works_china), a.get("decide")
    if "grant" in a:
        yield "Licence handed over", after(a["grant"], 10, works_china), a.get("deliver")


def traffic(a):
    if "pay" not in a:
        yield "Report dispatched", days_after(a.get("identify", a["find-offence"]), 90, works_italy), a.get("send")


def foi(a):
    if "withdraw" not in a and ("ask" not in a or "clarify" in a):
        yield "Answered", after(a.get("clarify", a["receive"]), 20 + a.get("longer", 0), works_kingdom), a.get("answer")


# ---------------------------------------------------------------------------------------------------- what offices do


class Office:
    """Makes matters: their acts by day.  What would lie after today has not happened."""

    def __init__(self, seed, columns):
        self.random = random.Random(seed)
        self.columns = columns

    def has(self, *acts):
        return all(act in self.columns for act in acts)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def days(self, low, high):
        return self.random.randrange(low, high + 1) * DAY

    def working(self, day, low, high):
        return after(day, self.random.randrange(low, high + 1), works_china)

    # An answer near its last day: mostly before it, at times on it, at times after it.
    def answer(self, first, due):
        kind = self.random.randrange(10)
        if kind < 5:
            return first + self.random.randrange(1, max(2, (due - first).days)) * DAY
        return {5: due, 6: due + DAY, 7: due + self.days(2, 20), 8: due + self.days(3, 40), 9: TODAY + DAY}[kind]

    def penalty(self, start):
        a = {"file": start}
        if self.has("extend") and self.chance(25):
            a |= {"extend": start + self.days(40, 80), "longer": 30}
        if self.has("stop", "go-on") and self.chance(20):
            a["stop"] = start + self.days(10, 30)
            a["go-on"] = a["stop"] + self.days(5, 25)
        (_, due, _), = penalty(a)
        day = self.answer(max(a.values(), key=lambda v: v if isinstance(v, datetime.date) else start), due)
        if self.has("close") and self.chance(15):
            return a | {"close": day}
        a["decide"] = day
        if self.has("serve"):
            a["serve"] = self.working(day, 8, 12) if self.chance(15) else self.working(day, 0, 7)
        return a

    def publicity(self, start):
        return {"decide": start, "publish": self.answer(start, after(start, 7, works_china))}

    def information(self, start):
        a = {"apply": start}
        if self.has("ask-correction", "correct") and self.chance(20):
            a["ask-correction"] = self.working(start, 1, 5)
            a["correct"] = self.working(a["ask-correction"], 1, 9)
        if self.has("extend", "longer") and self.chance(25):
            a |= {"extend": self.working(a.get("correct", start), 10, 19), "longer": self.random.choice((10, 15, 20))}
        (_, due, _), = information(a)
        return a | {"answer": self.answer(a.get("extend", a.get("correct", start)), due)}

    def reconsideration(self, start):
        a = {"receive": start}
        if self.has("refuse") and self.chance(8):
            return a | {"refuse": self.working(start, 1, 5)}
        if self.has("ask-correction", "correct") and self.chance(15):
            a["ask-correction"] = self.working(start, 1, 5)
            a["correct"] = self.working(a["ask-correction"], 1, 9)
            a["accept"] = self.working(a["correct"], 1, 2)
        else:
            a["accept"] = self.working(start, 6, 9) if self.chance(10) else self.working(start, 1, 5)
        if self.has("extend", "longer") and self.chance(20):
            a |= {"extend": a["accept"] + self.days(30, 55), "longer": self.random.choice((15, 30))}
        elif self.has("suspend", "resume") and self.chance(20):
            a["suspend"] = a["accept"] + self.days(5, 20)
            a["resume"] = a["suspend"] + self.days(10, 40)
        due = [due for title, due, _ in reconsideration(a)][-1]
        return a | {"decide": self.answer(max(v for v in a.values() if isinstance(v, datetime.date)), due)}

    def petition(self, start):
        a = {"register": start}
        if self.has("forward") and self.chance(15):
            return a | {"forward": start + self.days(1, 20)}
        if self.has("refuse") and self.chance(10):
            return a | {"refuse": start + self.days(1, 15)}
        a["accept"] = start + (self.days(18, 30) if self.chance(12) else self.days(1, 15))
        if self.has("extend", "longer") and self.chance(15):
            a |= {"extend": a["accept"] + self.days(30, 58), "longer": 30}
        due = [due for _, due, _ in petition(a)][-1]
        return a | {"answer": self.answer(a.get("extend", a["accept"]), due)}

    def licence(self, start):
        a = {"receive": start} if self.has("receive") else {}
        if self.has("refuse") and self.chance(8):
            return a | {"refuse": self.working(start, 0, 5)}
        if self.has("ask-correction", "correct") and self.chance(15):
            a["ask-correction"] = self.working(start, 0, 4)
            a["correct"] = self.working(a["ask-correction"], 1, 9)
            a["accept"] = self.working(a["correct"], 1, 2)
        else:
            a["accept"] = self.working(start, 6, 8) if self.has("receive") and self.chance(10) else self.working(start, 0, 5)
        first = a["accept"]
        if self.has("special", "special-end") and self.chance(20):
            a["special"] = self.working(first, 2, 5)
            a["special-end"] = first = self.working(a["special"], 3, 10)
        elif self.has("extend") and self.chance(20):
            a["extend"] = first = self.working(first, 10, 19)
        due = [due for title, due, _ in licence(a) if title == "Decision on the licence"][-1]
        day = self.answer(first, due)
        if self.has("grant"):
            return a | {"decide": day, "grant": day, "deliver": self.working(day, 11, 14) if self.chance(15) else self.working(day, 0, 10)}
        return a | {"decide": day}

    def traffic(self, start):
        a = {"find-offence": start}
        if self.has("identify") and self.chance(15):
            a["identify"] = start + self.days(10, 40)
        if self.has("pay") and self.chance(15):
            return a | {"pay": start + self.days(1, 5)}
        return a | {"send": self.answer(a.get("identify", start), days_after(a.get("identify", start), 90, works_italy))}

    def foi(self, start):
        a = {"receive": start}
        if self.has("withdraw") and self.chance(10):
            return a | {"withdraw": start + self.days(1, 10)}
        if self.has("ask", "clarify") and self.chance(20):
            a["ask"] = start + self.days(1, 9)
            a["clarify"] = a["ask"] + self.days(2, 20)
        (_, due, _), = foi(a)
        return a | {"answer": self.answer(a.get("clarify", start), due)}


LAWS = {"penalty": penalty, "publicity": publicity, "information": information, "reconsideration": reconsideration,
        "petition": petition, "licence": licence, "traffic": traffic, "foi": foi}
REACH = {"penalty": 200, "publicity": 60, "information": 75, "reconsideration": 140, "petition": 150, "licence": 70,
         "traffic": 190, "foi": 75}  # days before today in which matters began
TITLES = {
    "penalty": {"file": "Case filed", "extend": "Time extended", "stop": "Time stopped", "go-on": "Time runs again",
                "decide": "Penalty decision", "close": "Closed without a penalty", "serve": "Decision served"},
    "publicity": {"decide": "Penalty decision", "publish": "Made public"},
    "information": {"apply": "Application", "extend": "Extended, and the applicant told", "ask-correction": "Asked, once, to clarify",
                    "correct": "Corrected application", "answer": "Answer"},
    "reconsideration": {"receive": "Application received", "accept": "Accepted", "refuse": "Refused", "extend": "Time extended",
                        "ask-correction": "Sent back to be corrected", "correct": "Correction received", "suspend": "Suspended",
                        "resume": "Resumed", "decide": "Decided, or ended otherwise"},
    "petition": {"register": "Petition received", "accept": "Accepted, and the petitioner told",
                 "refuse": "Not accepted, and the petitioner told", "forward": "Passed on", "extend": "Time extended",
                 "answer": "Answered, or ended otherwise"},
    "licence": {"receive": "Application received", "accept": "Accepted", "refuse": "Not accepted", "ask-correction": "Told what is missing",
                "correct": "Missing papers received", "extend": "Time extended by ten days", "special": "Hearing, test or experts begun",
                "special-end": "Hearing, test or experts ended", "decide": "Decision on the licence", "grant": "Licence granted",
                "deliver": "Licence handed over"},
    "traffic": {"find-offence": "Offence found", "identify": "Liable person identified later", "pay": "Paid", "send": "Report dispatched"},
    "foi": {"receive": "Request received", "ask": "Clarification asked", "clarify": "Clarification received", "withdraw": "Withdrawn",
            "answer": "Answered"},
}
PACK_TITLES = {"penalty": "Penalties, by their ledger", "publicity": "Penalties made public, by their list",
               "information": "Government information on request", "reconsideration": "Reconsideration, by its ledger",
               "petition": "Petitions, by their ledger", "licence": "Licences, by their ledger",
               "traffic": "Reports of traffic offences, by their ledger", "foi": "Freedom of information, by the log"}


# -------------------------------------------------------------------------------------------------------------- files


class Ledger:
    """`columns`: (head, what), `what` an act of the procedure, "longer", or who, id, phone, plate, address, company, fine,
    number, running, or a text that stands in every row.  "/" in a head: the upper and the lower name."""

    def __init__(self, seed, procedure, columns, count=34, number="案〔2026〕{}号", nothing=None, odd="2026-02-30"):
        self.procedure, self.heads = procedure, columns
        self.people = People(seed)
        self.random = random.Random(seed + 5000)
        self.truth = {"procedure": procedure, "pack": PACK_TITLES[procedure], "late": {}, "lapses": {}, "rows": 0,
                      "columns": {}, "secrets": []}
        acts = [what for _, what in columns]
        office = Office(seed + 9000, acts)
        works = {"traffic": works_italy, "foi": works_kingdom}.get(procedure, works_china)
        self.rows = []
        for index in range(count):
            start = TODAY - (REACH[procedure] * (count - index) // count) * DAY
            while not works(start):
                start += DAY
            matter = getattr(office, procedure)(start)
            matter = {k: v for k, v in matter.items() if not isinstance(v, datetime.date) or v <= TODAY}
            if "longer" in matter and "extend" not in matter:
                del matter["longer"]
            if "grant" in matter and "decide" not in matter:
                del matter["grant"]
            name = number.format(index + 1)
            for title, due, done in LAWS[procedure](matter):
                key = f"{name} {title}"
                if done > due if done else due < TODAY:
                    self.truth["late"][key] = due.isoformat()
                elif not done and TODAY <= due <= LAST:
                    self.truth["lapses"][key] = due.isoformat()
            self.rows.append(self.row(index + 1, name, matter, nothing))
        self.truth["rows"] = count
        self.dirty(number, odd)
        titles = TITLES[procedure]
        for head, what in columns:
            if what in titles:
                self.truth["columns"][head.split("/")[-1]] = titles[what]

    def value(self, what, index, name, matter, nothing):
        p = self.people
        if what in TITLES[self.procedure] or what == "longer":
            return matter.get(what, nothing)
        made = {"who": p.name, "id": p.identity, "phone": p.phone, "plate": p.plate, "address": p.address, "company": p.company,
                "english": p.english, "mail": p.mail, "italian": p.italian, "tax": p.tax_code, "targa": p.italian_plate}
        if what in made:
            return made[what]()
        if what == "fine":
            return self.random.choice(("2,000.00", "5000元", "1.5万元", "贰仟元", "30,000 元"))
        return {"number": name, "running": index}.get(what, what or None)

    def row(self, index, name, matter, nothing):
        return [self.value(what, index, name, matter, nothing) for _, what in self.heads]

    # After the matters that count: a day that is none, an answer before its beginning, a number that stands twice.
    def dirty(self, number, odd):
        acts = [i for i, (_, what) in enumerate(self.heads) if what in TITLES[self.procedure]]
        at = [i for i, (_, what) in enumerate(self.heads) if what == "number"]
        first, last = acts[0], acts[-1]
        spoiled, before = list(self.rows[3]), list(self.rows[5])
        spoiled[first] = odd
        before[first], before[last] = TODAY - 20 * DAY, TODAY - 33 * DAY
        for row, suffix in ((spoiled, "901"), (before, "902")):
            for i in at:
                row[i] = number.format(suffix)
        self.rows += [spoiled, before]

    def names(self):
        return [head for head, _ in self.heads]

    def two_rows(self):
        """The head in two rows, and what is merged in it, from row `top` on."""
        upper, lower, last = [], [], None
        for head, _ in self.heads:
            above, _, below = head.partition("/")
            upper.append(None if below and above == last else above)
            lower.append(below or None)
            last = above if below else None
        return upper, lower

    def make(self):
        self.truth["secrets"] = sorted(self.people.secrets)
        return self.truth


PENALTY = [("序号", "running"), ("案件编号", "number"), ("案件来源", "投诉举报"), ("当事人", "company"), ("法定代表人", "who"), ("身份证号码", "id"),
           ("立案日期", "file")]


def penalties_office():
    ledger = Ledger(1, "penalty", [
        ("序号", "running"), ("案号", "number"), ("当事人/名称", "company"), ("当事人/证件号码", "id"), ("案由", "超范围经营"), ("立案日期", "file"),
        ("延长办案期限/批准延期日期", "extend"), ("延长办案期限/延长天数", "longer"), ("中止/中止日期", "stop"), ("中止/恢复日期", "go-on"),
        ("处理结果/处罚决定日期", "decide"), ("处理结果/不予处罚日期", "close"), ("处理结果/罚款金额（万元）", "fine"), ("送达日期", "serve"), ("办案人员", "who")],
        count=40, number="澜市监案〔2026〕{}号")
    upper, lower = ledger.two_rows()
    rows = [["澜沧县市场监督管理局行政处罚案件台账（2026年）"], ["单位：万元"], upper, lower, *ledger.rows[:12], [], *ledger.rows[12:],
            ["合计", *[None] * 11, 86.5]]
    merges = ["A1:O1", "C3:D3", "G3:H3", "I3:J3", "K3:M3", "A3:A4", "B3:B4", "E3:E4", "F3:F4", "N3:N4", "O3:O4"]
    return "penalties-office.xlsx", xlsx([("填报说明", [["每月五日前填报"]], []), ("台账", rows, merges)], day_format=31), ledger.make()


def penalties_gbk():
    ledger = Ledger(2, "penalty", [*PENALTY[:-1], ("立案时间", "file"), ("处罚种类", "罚款"), ("罚款金额", "fine"), ("处罚决定时间", "decide"),
                                   ("送达时间", "serve"), ("备注", "")], nothing="/", odd="2026年2月30日")
    rows = [["行政处罚案件登记表"], ledger.names(), *ledger.rows, ["合计", None, f"{len(ledger.rows)}件"]]
    return "penalties-gbk.csv", delimited(shaped(rows, "{y}年{m}月{d}日"), "gbk"), ledger.make()


def penalties_ods():
    ledger = Ledger(3, "penalty", [*PENALTY, ("承办机构", "执法一队"), ("行政处罚决定日期", "decide"), ("撤案日期", "close"), ("处罚决定书送达日期", "serve"),
                                   ("罚没金额（元）", "fine"), ("缴款情况", "已缴")], nothing="无")
    rows = [["城管执法大队一般程序案件"], ledger.names(), *ledger.rows, ["填表人：", ledger.people.name()]]
    return "penalties.ods", ods([("2026年处罚台账", rows, [(0, 0, 1, 13)])]), ledger.make()


def publicity_export():
    ledger = Ledger(4, "publicity", [
        ("行政相对人名称", "company"), ("统一社会信用代码", "91320583MA27XXXX0A"), ("法定代表人姓名", "who"), ("证件号码", "id"), ("行政处罚决定书文号", "number"),
        ("违法事实", "未按规定公示"), ("处罚类别", "罚款"), ("罚款金额（万元）", "fine"), ("处罚决定日期", "decide"), ("公示截止期", "2029-01-01"), ("公示日期", "publish"),
        ("处罚机关", "某局")], count=45, number="澜应急罚〔2026〕{}号")
    return "publicity.csv", delimited(shaped([ledger.names(), *ledger.rows], "{y}-{m:02}-{d:02}"), "utf-8-sig"), ledger.make()


def publicity_quarters():
    sheets, truths = [], []
    for quarter in (1, 2):
        ledger = Ledger(50 + quarter, "publicity", [("序号", "running"), ("处罚决定书文号", "number"), ("当事人", "company"), ("作出处罚决定日期", "decide"),
                                                    ("网上公示日期", "publish"), ("责任人", "who")], count=25, number=f"消罚〔2026〕{quarter}{{:0>3}}号")
        sheets.append((f"第{quarter}季度", [["行政处罚信息公示清单"], ledger.names(), *ledger.rows], ["A1:F1"]))
        truths.append(ledger.make())
    truth = truths[0]
    for key in ("late", "lapses"):
        truth[key] |= truths[1][key]
    truth["secrets"] += truths[1]["secrets"]
    truth["rows"] += truths[1]["rows"]
    return "publicity-quarters.xlsx", xlsx(sheets, "wps"), truth


INFORMATION = [("序号", "running"), ("登记编号", "number"), ("申请人", "who"), ("联系电话", "phone"), ("收到申请日期", "apply")]


def information_serials():
    ledger = Ledger(6, "information", [*INFORMATION, ("申请内容", "征地批复"), ("补正通知日期", "ask-correction"), ("补正日期", "correct"),
                                       ("延期答复日期", "extend"), ("延长工作日", "longer"), ("答复日期", "answer"), ("答复类型", "予以公开")], count=40)
    rows = [["澜沧县人民政府依申请公开台账"], [], ledger.names(), *ledger.rows, ["总计", len(ledger.rows)]]
    return "information-serials.xlsx", xlsx([("台账", rows, ["A1:L1"])], plain_days=True), ledger.make()


def information_utf16():
    ledger = Ledger(7, "information", [("申请编号", "number"), ("申请人姓名", "who"), ("身份证号", "id"), ("通信地址", "address"), ("收到日期", "apply"),
                                       ("答复日期", "answer"), ("办理结果", "部分公开")], count=30, number="GK2026-{:0>4}", odd="2026/2/30")
    rows = [["政府信息公开申请办理情况"], ledger.names(), *ledger.rows]
    return "information.txt", delimited(shaped(rows, "{y}/{m}/{d}"), "utf-16", "\t"), ledger.make()


def information_big5():
    ledger = Ledger(8, "information", [("編號", "number"), ("聯絡電話", "phone"), ("收到申請日期", "apply"), ("補正通知日期", "ask-correction"),
                                       ("補正日期", "correct"), ("答覆日期", "answer"), ("備註", "請以書面答覆")], count=30, number="依公-{}", odd="2026年2月30日")
    rows = [["政府信息依申請公開登記簿"], ledger.names(), *ledger.rows]
    return "information-big5.csv", delimited(shaped(rows, "{y}年{m}月{d}日"), "big5"), ledger.make()


def information_three_sheets():
    ledger = Ledger(9, "information", [*INFORMATION[1:], ("申请方式", "信函"), ("延期情况/延期日期", "extend"), ("延期情况/延长天数", "longer"),
                                       ("答复情况/答复日期", "answer"), ("答复情况/答复文号", "已答"), ("承办科室", "办公室")], nothing="—")
    upper, lower = ledger.two_rows()
    rows = [["2026年政府信息公开申请台账"], upper, lower, *ledger.rows]
    counts = [["月份", "件数"], *[[f"{m}月", 9 + m] for m in range(1, 6)]]
    return "information.ods", ods([("封面", [["政府信息公开"]], []), ("台账", rows, [(0, 0, 1, 10), (1, 5, 1, 2), (1, 7, 1, 2)]),
                                   ("统计", counts, [])]), ledger.make()


def reconsideration_office():
    ledger = Ledger(10, "reconsideration", [
        ("案号", "number"), ("申请人", "who"), ("被申请人", "某局"), ("收到申请日期", "receive"), ("补正通知日期", "ask-correction"), ("收到补正日期", "correct"),
        ("受理日期", "accept"), ("不予受理日期", "refuse"), ("中止日期", "suspend"), ("恢复审理日期", "resume"), ("延期审批日期", "extend"), ("延长天数", "longer"),
        ("复议决定日期", "decide"), ("结案方式", "维持"), ("承办人", "who")], count=40, number="澜政复〔2026〕{}号")
    rows = [["行政复议案件登记表"], ledger.names(), *ledger.rows]
    return "reconsideration.xlsx", xlsx([("2026", rows, ["A1:O1"])], "wps", day_format="yyyy/m/d;@"), ledger.make()


def reconsideration_gb18030():
    ledger = Ledger(11, "reconsideration", [("序号", "running"), ("受理编号", "number"), ("申请人", "who"), ("电话", "phone"), ("收案日期", "receive"),
                                            ("受理时间", "accept"), ("不予受理时间", "refuse"), ("审结日期", "decide"), ("备注", "㐂")], nothing="", odd="20260230")
    rows = [["复议案件办理台账"], ledger.names(), *ledger.rows, ["小计", len(ledger.rows)]]
    return "reconsideration.csv", delimited(shaped(rows, "{y}{m:02}{d:02}"), "gb18030"), ledger.make()


def petitions_platform():
    ledger = Ledger(12, "petition", [
        ("信访件编号", "number"), ("信访人", "who"), ("证件号码", "id"), ("手机", "phone"), ("住址", "address"), ("登记日期", "register"), ("转送日期", "forward"),
        ("受理告知日期", "accept"), ("不予受理告知日期", "refuse"), ("延期审批日期", "extend"), ("延长天数", "longer"), ("答复日期", "answer"), ("办理单位", "住建局"),
        ("满意度", "基本满意")], count=40, number="5308282026{:0>5}")
    return "petitions.xlsx", xlsx([("Sheet1", [["信访事项导出"], ledger.names(), *ledger.rows], [])], "poi"), ledger.make()


def petitions_office():
    ledger = Ledger(13, "petition", [("序号", "running"), ("信访编号", "number"), ("姓名", "who"), ("来信日期", "register"), ("反映问题", "噪声"), ("受理日期", "accept"),
                                     ("办结日期", "answer"), ("办理情况", "已办结")], nothing="无", odd="2026.2.30")
    rows = [["街道来信来访登记"], ledger.names(), *ledger.rows[:9], ledger.names(), *ledger.rows[9:]]
    return "petitions.csv", delimited(shaped(rows, "{y}.{m}.{d}"), "utf-8"), ledger.make()


def licences_hall():
    ledger = Ledger(14, "licence", [
        ("办件编号", "number"), ("事项名称", "食品经营许可"), ("申请人", "company"), ("联系人手机", "phone"), ("收件日期", "receive"), ("补正告知日期", "ask-correction"),
        ("补正日期", "correct"), ("受理日期", "accept"), ("不予受理日期", "refuse"), ("承诺时限", 8), ("特别程序开始日期", "special"), ("特别程序结束日期", "special-end"),
        ("延期批准日期", "extend"), ("办结日期", "decide"), ("办理结果", "准予")], count=45, number="530828-{:0>6}")
    rows = [["政务服务大厅行政许可办件明细"], ledger.names(), *ledger.rows]
    return "licences.xlsx", xlsx([("办件", rows, ["A1:O1"])], "sdk", day_format=22), ledger.make()


def licences_gbk():
    ledger = Ledger(15, "licence", [("流水号", "number"), ("申请单位", "company"), ("经办人", "who"), ("经办人身份证号", "id"), ("受理时间", "accept"),
                                    ("审批决定时间", "decide"), ("准予许可时间", "grant"), ("发证时间", "deliver"), ("窗口", "3号")], number="XK{:0>5}", odd="2026/2/30 9:30")
    rows = [["行政许可审批台账"], ledger.names(), *ledger.rows]
    return "licences.csv", delimited(shaped(rows, "{y}/{m}/{d} 9:30"), "gbk"), ledger.make()


def licences_months():
    ledger = Ledger(16, "licence", [("月份", None), ("受理编号", "number"), ("申请人", "who"), ("收到申请日期", "receive"), ("受理日期", "accept"),
                                    ("许可决定日期", "decide"), ("许可证编号", "证"), ("收费（元）", "fine")], nothing="-")
    rows = []
    month = None
    for row in ledger.rows:
        if isinstance(row[3], datetime.date) and row[3].month != month:
            if month:
                rows.append([f"{month}月小计", 7])
            month = row[3].month
            row[0] = f"{month}月"
        rows.append(row)
    rows = [["林业局行政许可登记簿"], [], ledger.names(), *rows, ["总计", len(ledger.rows)]]
    return "licences.ods", ods([("许可", rows, [(0, 0, 1, 8)])]), ledger.make()


def reports_western():
    ledger = Ledger(17, "traffic", [("N. verbale", "number"), ("Targa", "targa"), ("Trasgressore", "italian"), ("Codice fiscale", "tax"),
                                    ("Data accertamento", "find-offence"), ("Data pagamento", "pay"), ("Data spedizione", "send"), ("Importo", "€ 1.041,50"),
                                    ("Località", "Forlì – città")], number="V{:0>5}", odd="30/02/2026")
    rows = [ledger.names(), *ledger.rows, ["Totale", *[None] * 6, "€ 36.000,00"]]
    return "verbali.csv", delimited(shaped(rows, "{d:02}/{m:02}/{y}"), "cp1252", ";"), ledger.make()


def reports_office():
    ledger = Ledger(18, "traffic", [("Numero verbale", "number"), ("Targa veicolo", "targa"), ("Intestatario", "italian"), ("Data di accertamento", "find-offence"),
                                    ("Data identificazione", "identify"), ("Data di spedizione", "send"), ("Data notifica", None)], number="{}/2026/V")
    rows = [["Polizia Locale – registro dei verbali"], ledger.names(), *ledger.rows]
    return "verbali.xlsx", xlsx([("Verbali", rows, ["A1:G1"])], day_format="dd/mm/yyyy"), ledger.make()


def requests_council():
    ledger = Ledger(19, "foi", [("Reference", "number"), ("Requester name", "english"), ("Email", "mail"), ("Subject", "Potholes"), ("Date received", "receive"),
                                ("Date clarification sought", "ask"), ("Date clarification received", "clarify"), ("Date responded", "answer"),
                                ("Outcome", "Disclosed")], number="FOI-{:0>4}", odd="30/02/2026")
    rows = [["Freedom of Information requests"], [], ledger.names(), *shaped(ledger.rows, "{d:02}/{m:02}/{y}"), ["Total", len(ledger.rows)]]
    return "foi.xlsx", xlsx([("Log", rows, ["A1:I1"])]), ledger.make()


def requests_text():
    ledger = Ledger(20, "foi", [("FOI ref", "number"), ("Applicant", "english"), ("Request received", "receive"), ("Department", "Housing"),
                                ("Withdrawn", "withdraw"), ("Date closed", "answer"), ("Exemptions", "s.40")], number="26-{:0>3}", nothing="n/a", odd="30 Feb 2026")
    months = "January February March April May June July August September October November December".split()
    rows = [[f"{c.day} {months[c.month - 1]} {c.year}" if isinstance(c, datetime.date) else c for c in row] for row in ledger.rows]
    return "foi-log.csv", delimited([ledger.names(), *rows], "utf-8"), ledger.make()


TWENTY = (penalties_office, penalties_gbk, penalties_ods, publicity_export, publicity_quarters, information_serials, information_utf16,
          information_big5, information_three_sheets, reconsideration_office, reconsideration_gb18030, petitions_platform, petitions_office,
          licences_hall, licences_gbk, licences_months, reports_western, reports_office, requests_council, requests_text)


def main(folder):
    truths = {}
    for make in TWENTY:
        name, content, truth = make()
        (folder / name).write_bytes(content)
        truths[name] = truth
    (folder / "truths.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
