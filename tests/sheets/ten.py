"""Ten ledgers from recipe.md.  `python3 tests/sheets/ten.py FOLDER` writes them, and truths.json beside them."""
import datetime
import json
import pathlib
import random
import sys

from office import (People, after, days_after, delimited, ods, shaped, works_china, works_kingdom, xlsx)

TODAY = datetime.date(2026, 6, 10)
DAY = datetime.timedelta(days=1)


class Ledger:
    """Rows to be, each with a number, the day its time began, the last day for the answer and the day of the answer."""

    def __init__(self, seed, count, first, due, number):
        self.people = People(seed)
        self.random = random.Random(seed * 7 + 1)
        self.cases, self.late, self.lapses = [], {}, {}
        for index in range(count):
            start = first + (index * (TODAY - first).days // (count + 1)) * DAY
            while not works_china(start):
                start += DAY
            last = due(start)
            case = {"number": number(index + 1), "start": start, "due": last}
            if last < TODAY and index % 5 == 2:
                done = last + self.random.randrange(3, 19) * DAY
                case["done"] = done if done < TODAY else None
                self.late[case["number"]] = str(last)
            elif last >= TODAY and index % 3:
                case["done"] = None
                if (last - TODAY).days <= 11:
                    self.lapses[case["number"]] = str(last)
            else:
                length = max(1, min((last - start).days, (TODAY - start).days))
                case["done"] = start + self.random.randrange(1, length + 1) * DAY
                if last < TODAY and index % 7 == 1:
                    case["done"] = last  # on the last day: in time
            self.cases.append(case)

    def truth(self, pack, rule, columns):
        return {"pack": pack, "rule": rule, "late": self.late, "lapses": self.lapses, "columns": columns,
                "secrets": sorted(self.people.secrets)}


def dirty(rows, day, start, done, number, blank=None):
    """A blank row, a day that is none, an answer before its beginning, a number twice; after the rows that count."""
    spoiled = list(rows[4])
    spoiled[number], spoiled[start] = f"{spoiled[number]}甲", day
    before = list(rows[6])
    before[number], before[done] = f"{before[number]}乙", before[start] - 3 * DAY
    twice = list(rows[0])
    return [*rows[:9], [blank] * len(rows[0]), *rows[9:], spoiled, before, twice]


def r01():
    ledger = Ledger(101, 26, datetime.date(2025, 12, 8), lambda d: days_after(d, 90), lambda n: f"临市监案〔2026〕{n:03}号")
    rows = []
    for n, c in enumerate(ledger.cases, 1):
        done, p = c["done"], ledger.people
        told = c["start"] + 4 * DAY if done else None
        rows.append([n, c["number"], p.company(), p.identity(), p.name(), "销售不合格食品案", "稽查一科", f"{p.name()}、{p.name()}",
                     c["start"], told, "否", done, f"临市监处〔2026〕{n}号" if done else None, done, 0.5 * (n % 7) if done else None,
                     0 if done else None, done + 2 * DAY if done else None, done + 9 * DAY if done and n % 2 else None, None,
                     None if n != 5 else f"电话{p.phone()}"])
    upper = ["序号", "案件编号", "当事人", None, None, "案由", "办案机构", "办案人员", "立案日期", "行政处罚告知书送达日期", "是否听证", "法制审核日期",
             "行政处罚决定", None, None, None, "决定书送达日期", "缴款日期", "结案日期", "备注"]
    lower = [None, None, "名称", "证件号码", "法定代表人", None, None, None, None, None, None, None, "文书号", "决定日期",
             "罚款（万元）", "没收违法所得（万元）", None, None, None, None]
    body = dirty(rows, "2026-02-30", 8, 13, 1)
    total = ["合计", None, *[None] * 12, sum(r[14] or 0 for r in rows), 0]
    sheet = [["临江县市场监督管理局2026年行政处罚案件登记台账"], ["填报单位：（盖章）", *[None] * 11, "截至2026年6月9日"], upper, lower, *body, total,
             [f"填表人：{ledger.people.name()}    审核：", None]]
    merges = ["A1:T1", "A2:E2", "C3:E3", "M3:P3", *[f"{c}3:{c}4" for c in "ABFGHIJKLQRST"]]
    content = xlsx([("填表说明", [["一、本表由各办案机构于每月五日前填报。"], ["二、日期填至日。"]], []), ("案件台账", sheet, merges)],
                   day_format="yyyy\"年\"m\"月\"d\"日\";@")
    return "r01.xlsx", content, ledger.truth("prc/penalty", "decision within 90 days", {"立案日期": "file", "决定日期": "decide"})


def r02():
    ledger = Ledger(102, 40, datetime.date(2026, 3, 2), lambda d: after(d, 7, works_china), lambda n: f"临应急罚〔2026〕{n}号")
    p = ledger.people
    rows = [[p.company(), "法人及非法人组织", f"91320583MA1{n:06}X", p.name(), p.identity(), c["number"], "未按规定培训", "未如实记录教育培训情况",
             "《安全生产法》第九十七条", "罚款", "罚款人民币壹万贰仟元整", f"{1200 * (n % 9 + 1):,}.00", c["start"], c["done"],
             c["start"] + 365 * DAY, "临江县应急管理局", f"联系{p.phone()}" if n == 3 else "/"] for n, c in enumerate(ledger.cases, 1)]
    head = ("行政相对人名称 行政相对人类别 统一社会信用代码 法定代表人 法定代表人证件号码 行政处罚决定书文号 违法行为类型 违法事实 处罚依据 处罚类别 处罚内容 罚款金额（元） "
            "处罚决定日期 公示日期 公示截止期 处罚机关 备注").split()
    rows = dirty(rows, "2026/2/30", 12, 13, 5)
    return "r02.csv", delimited(shaped([head, *rows], "{y}/{m}/{d}"), "gbk"), ledger.truth(
        "prc/penalty", "published within 7 working days", {"处罚决定日期": "decide", "公示日期": "publish"})


def information(seed, number):
    return Ledger(seed, 32, datetime.date(2026, 3, 2), lambda d: after(d, 20, works_china), number)


def r03():
    ledger = information(103, lambda n: f"{n}")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        rows.append([f"{c['start'].month}月", n, p.name(), p.phone(), c["start"], "网络", "某地块征收补偿方案", None, None, "否", "/",
                     f"依申请〔2026〕{n}号" if c["done"] else None, c["done"] or "无", "予以公开" if c["done"] else None, "办公室", None])
    body = dirty(rows, "2026.2.30", 4, 12, 1)
    upper = ["月份", "序号", "申请人", None, "收到申请时间", "申请方式", "申请内容", "补正", None, "延期", None, "答复", None, None, "承办科室", "备注"]
    lower = [None, None, "姓名或单位", "联系方式", None, None, None, "告知补正时间", "收到补正时间", "是否延期", "延期告知时间", "答复文号", "答复时间", "答复类型",
             None, None]
    # Months are merged down: only the first row of a month has its name.
    month = None
    for row in body:
        if row[0] and row[0] == month:
            row[0] = None
        elif row[0]:
            month = row[0]
    sheet = shaped([["望江区依申请公开工作台账"], upper, lower, *body, [f"填表人：{p.name()}"]], "{y}.{m}.{d}")
    merges = [(0, 0, 1, 16), (1, 2, 1, 2), (1, 7, 1, 2), (1, 9, 1, 2), (1, 11, 1, 3), *[(1, c, 2, 1) for c in (0, 1, 4, 5, 6, 14, 15)]]
    return "r03.ods", ods([("台账", sheet, merges)]), ledger.truth(
        "prc/information-request", "answer within 20 working days",
        {"收到申请时间": "apply", "告知补正时间": "ask-correction", "收到补正时间": "correct", "延期告知时间": "extend", "答复时间": "answer"})


def r04():
    ledger = information(104, lambda n: f"公開-{n:03}")
    p = ledger.people
    rows = [[c["number"], f"林{'建志 美玲 俊宏 淑芬'.split()[n % 4]}", p.identity(), c["start"], None, None, c["done"],
             f"請回電 {p.phone()}" if n == 4 else None] for n, c in enumerate(ledger.cases)]
    p.secrets |= {row[1] for row in rows}
    head = "編號 申請人 身分證號 收到申請日期 補正通知日期 延長答覆日期 答覆日期 備註".split()
    rows = [[c.replace("甲", "-甲").replace("乙", "-乙") if isinstance(c, str) else c for c in row]
            for row in dirty(rows, "2026年2月30日", 3, 6, 0)]
    return "r04.csv", delimited(shaped([head, *rows], "{y}年{m}月{d}日"), "big5"), ledger.truth(
        "prc/information-request", "answer within 20 working days",
        {"收到申請日期": "apply", "補正通知日期": "ask-correction", "延長答覆日期": "extend", "答覆日期": "answer"})


def r05():
    sheets, late, lapses, secrets = [], {}, {}, set()
    for year, first in ((2025, datetime.date(2025, 9, 1)), (2026, datetime.date(2026, 1, 5))):
        summary = {f"复议〔{year}〕{n}号" for n in range(1, 24) if n % 6 == 0}
        ledger = Ledger(year, 23, first, lambda d: days_after(d, 60, works_china), lambda n: f"复议〔{year}〕{n}号")
        p, rows = ledger.people, []
        for n, c in enumerate(ledger.cases, 1):
            quick = c["number"] in summary
            done = c["done"]
            if quick:  # thirty days; in time, and told apart by its own rule
                ledger.late.pop(c["number"], None)
                ledger.lapses.pop(c["number"], None)
                done = c["start"] + min(20, (TODAY - c["start"]).days) * DAY
            rows.append([c["number"], p.name(), "临江市公安局", c["start"] - 3 * DAY, None, None, c["start"],
                         "简易" if quick else "普通", None, None, None, done, "维持" if done else None, done and done + 3 * DAY, p.name()])
        late |= ledger.late
        lapses |= ledger.lapses
        body = dirty(rows, "20260230", 6, 11, 0)
        secrets |= p.secrets
        head = "案号 申请人 被申请人 收到申请日期 补正通知日期 补正日期 受理日期 审理程序 中止日期 恢复审理日期 延期日期 决定日期 结案方式 送达日期 承办人".split()
        sheets.append((f"{year}年", shaped([[f"临江市行政复议案件登记表（{year}年）"], head, *body], "{y}{m:02}{d:02}"), ["A1:O1"]))
    return "r05.xlsx", xlsx(sheets, "wps"), {
        "pack": "prc/reconsideration", "rule": "decision within 60 days of acceptance, 30 in the summary procedure", "late": late,
        "lapses": lapses, "secrets": sorted(secrets),
        "columns": {"收到申请日期": "apply", "受理日期": "accept", "中止日期": "suspend", "恢复审理日期": "resume", "延期日期": "extend",
                    "决定日期": "decide"}}


def r06():
    ledger = Ledger(106, 36, datetime.date(2026, 1, 12), lambda d: days_after(d, 60), lambda n: f"XF2026{n:05}")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        rows.append([c["number"], p.name(), p.address(), p.phone(), p.identity(), c["start"] - 5 * DAY, "来信", "反映小区物业收费问题", c["start"],
                     c["start"], "社会事务办", None, c["done"], "满意" if c["done"] else ""])
    head = "信访件编号 信访人 住址 联系电话 身份证号 登记时间 信访形式 内容摘要 受理时间 受理告知时间 办理单位 延期审批时间 答复意见书时间 满意度评价".split()
    rows = dirty(rows, "2026-02-30 10:11:12", 8, 12, 0)
    return "r06.txt", delimited(shaped([head, *rows], "{y}-{m:02}-{d:02} 09:31:05"), "utf-16", "\t"), ledger.truth(
        "prc/petition", "answer within 60 days of acceptance",
        {"登记时间": "register", "受理时间": "accept", "延期审批时间": "extend", "答复意见书时间": "answer"})


def r07():
    ledger = Ledger(107, 45, datetime.date(2026, 2, 2), lambda d: after(d, 7, works_china), lambda n: f"1320583002026{n:08}")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        refused = n % 8 == 0 and c["done"]
        closed = after(c["done"], 30, works_china) if c["done"] and not refused else None
        rows.append([c["number"], p.name(), p.phone(), p.company(), c["start"], None if refused else c["done"], c["done"] if refused else None,
                     c["done"], closed if closed and closed < TODAY else None, None, None, f"{n * 13}.50元"] + [None] * 52)
    head = "登记编号 投诉人 联系电话 被投诉企业 接收时间 受理时间 不予受理时间 告知时间 调解结束时间 终止调解时间 办结时间 争议金额".split()
    head += [f"扩展字段{n}" for n in range(1, 53)]
    rows = shaped(dirty(rows, "2026-02-30 10:11:12", 4, 7, 0), "{y}-{m:02}-{d:02} 14:05:59")
    return "r07.xlsx", xlsx([("Sheet1", [head, *rows], [])], "poi"), ledger.truth(
        "prc/complaint", "told within 7 working days whether it is taken up",
        {"接收时间": "receive", "受理时间": "accept", "不予受理时间": "refuse", "终止调解时间": "end"})


def r08():
    ledger = Ledger(108, 34, datetime.date(2026, 3, 9), lambda d: after(d, 20, works_china), lambda n: f"320583-{20260000 + n}")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        done = c["done"]
        rows.append([c["number"], "食品经营许可新办", p.company(), p.identity(), p.phone(), c["start"], None, c["start"], 20, 8, "无", None, None,
                     None, done, "准予许可" if done else None, done and done + 2 * DAY])
    head = ("办件编号 事项名称 申请人 证件号码 手机号码 收件时间 补正告知时间 受理时间 法定时限（工作日） 承诺时限（工作日） 特别程序名称 特别程序开始时间 特别程序结束时间 延期批准时间 决定时间 "
            "办理结果 送达时间").split()
    rows = dirty(rows, "2026-02-30", 7, 14, 0)
    content = xlsx([("办件明细", [["行政审批局办件明细"], head, *rows], ["A1:Q1"])], "sdk", plain_days=True)
    return "r08.xlsx", content, ledger.truth(
        "prc/licence", "decision within 20 working days of acceptance",
        {"收件时间": "apply", "补正告知时间": "ask-correction", "受理时间": "accept", "特别程序开始时间": "special", "特别程序结束时间": "special-end",
         "延期批准时间": "extend", "决定时间": "decide", "送达时间": "deliver"})


def r09():
    ledger = Ledger(109, 38, datetime.date(2025, 11, 3), lambda d: days_after(d, 90), lambda n: f"V/{n:04}/2026")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        rows.append([c["number"], p.italian_plate(), p.italian(), p.tax_code(), "Via Garibaldi – località Società", c["start"], c["start"],
                     c["done"], c["done"], f"€ {1000 + n * 7 // 10}".replace("€ 1", "€ 1.") + ",50", None, "no", f"tel. {p.phone()}" if n == 6 else ""])
    head = ("N. verbale;Targa;Trasgressore;Codice fiscale;Luogo;Data violazione;Data accertamento;Data spedizione;Data notifica;Importo;"
            "Data pagamento;Ricorso;Note").split(";")
    rows = dirty(rows, "30/02/2026", 6, 8, 0)
    rows = [[c.replace("甲", "/bis").replace("乙", "/ter") if isinstance(c, str) else c for c in row] for row in rows]
    rows.append(["Totale", *[None] * 8, "€ 39.330,00"])
    return "r09.csv", delimited(shaped([head, *rows], "{d:02}/{m:02}/{y}"), "cp1252", ";"), ledger.truth(
        "it/traffic-fine", "sent within 90 days", {"Data accertamento": "issue", "Data spedizione": "send"})


def r10():
    ledger = Ledger(110, 30, datetime.date(2026, 3, 3), lambda d: after(d, 20, works_kingdom), lambda n: f"FOI/26/{n:03}")
    p, rows = ledger.people, []
    for n, c in enumerate(ledger.cases, 1):
        rows.append([c["number"], p.english(), p.mail(), "Parking enforcement costs", "Highways", c["start"], None, None, c["due"], c["done"],
                     "Granted in full" if c["done"] else "", "n/a"])
    head = ("Ref. No.|Requester|E-mail|Subject|Service area|Date Rec'd|Clarification sought|Clarification rec'd|Due date|Date responded|"
            "Outcome|Exemptions applied").split("|")
    body = [[c.replace("甲", "a").replace("乙", "b") if isinstance(c, str) else c for c in row]
            for row in dirty(rows, "30 Feb 2026", 5, 9, 0)]
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    body = [[f"{c.day:02} {months[c.month - 1]} {c.year}" if isinstance(c, datetime.date) else c for c in row] for row in body]
    sheet = [["Freedom of Information request log 2025/26"], [], head, *body, ["Total", None, None, None, None, len(ledger.cases)]]
    return "r10.xlsx", xlsx([("Requests", sheet, ["A1:L1"])]), ledger.truth(
        "uk/information-request", "answer within 20 working days",
        {"Date Rec'd": "receive", "Clarification sought": "ask", "Clarification rec'd": "clarify", "Date responded": "answer"})


TEN = (r01, r02, r03, r04, r05, r06, r07, r08, r09, r10)


def main(folder):
    truths = {}
    for make in TEN:
        name, content, truth = make()
        (folder / name).write_bytes(content)
        truths[name] = truth
    (folder / "truths.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
