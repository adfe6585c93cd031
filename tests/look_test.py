#!/usr/bin/env python3
"""`lawbound look` on sheets made by hand (tests/make_sheets.py), with truths planted.

The calendar of 2026: 4 to 6 April and 1 to 5 May are days off, 9 May is a working Saturday.  Twenty working days from
2 March end on 30 March, from 7 April on 8 May, from 13 April on 13 May.

Usage: look_test.py LAWBOUND
"""
import datetime
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from make_sheets import Formula, Inline, delimited, ods, pack, xlsx  # noqa: E402

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
BAD_INPUT, LIMIT = 3, 4
TODAY = "2026-05-06"
PACKS = pathlib.Path(__file__).resolve().parent.parent / "packs"
CHINESE = ["--pack", PACKS / "prc" / "information-request"]  # heads in English are first of all those of an English log
NONE = ["--none", "delay,ask-correction,consult,ask-co-maker,refer-doubt"]


def day(month, number):
    return datetime.date(2026, month, number)


HEAD = ["序号", "申请编号", "申请人", "联系电话", "收到申请日期", "延期日期", "延长工作日", "答复日期", "备注"]
ROWS = [
    [1, "2026-1", "张某", "13812345678", day(3, 2), None, None, day(3, 20), None],     # in time
    [2, "2026-2", "李某", "13812345679", day(3, 2), None, None, day(4, 20), None],     # late
    [3, "2026-3", "王某", "13812345670", day(3, 2), None, None, None, "催办"],          # late, not done
    [4, "2026-4", "赵某", "13812345671", day(3, 2), day(3, 20), 20, day(4, 20), None],  # extended: in time
    [5, "2026-5", "钱某", "13812345672", day(4, 7), None, None, None, None],           # due Fri 8 May: this week
    [6, "2026-6", "孙某", "13812345673", day(4, 13), None, None, None, None],          # due Wed 13 May: next week
    [7, "2026-7", "周某", "13812345674", "待定", None, None, None, None],               # odd
    [8, "2026-8", "吴某", "13812345675", day(4, 10), None, None, day(4, 9), None],     # odd: answered before
]
TOTAL = ["合计", None, None, None, 8]


def texts(rows):
    return [[f"{c.year}年{c.month}月{c.day}日" if isinstance(c, datetime.date) else c for c in row] for row in rows]


class Look(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def look(self, name, content, *more, code=0, locale=None):
        path = self.folder / name
        path.write_bytes(content)
        before = sorted(self.folder.rglob("*"))
        done = subprocess.run([PROGRAM, "look", path, "--as-of", TODAY, *more], capture_output=True, text=True,
                              cwd=self.folder, timeout=100, stdin=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], **(locale or {})})
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, code, said)
        self.assertEqual(sorted(self.folder.rglob("*")), before, "something was written")
        self.assertEqual(path.read_bytes(), content)
        return " ".join(said.split())

    def truths(self, said):
        self.assertIn("“Government information on request”", said)
        self.assertIn("Late: 2", said)
        self.assertRegex(said, r"\(2026-2\): “Answer” due Mon 2026-03-30, done Mon 2026-04-20. Broken: 14 working days late")
        self.assertRegex(said, r"\(2026-3\): “Answer” due Mon 2026-03-30, not done yet")
        self.assertIn("up to Sun 2026-05-10: 1", said)
        self.assertRegex(said, r"\(2026-5\): “Answer” due Fri 2026-05-08")
        self.assertIn("up to Sun 2026-05-17: 1", said)
        self.assertRegex(said, r"\(2026-6\): “Answer” due Wed 2026-05-13")
        self.assertIn("20 working days from Mon 2026-03-02", said)
        self.assertIn("Cannot be told: none", said)
        self.assertIn("Odd rows, not judged: 2", said)
        self.assertRegex(said, r"\(2026-7\): what stands under “[^”]*收到申请日期” is no day")
        self.assertRegex(said, r"\(2026-8\): the day under “[^”]*答复日期” is before")
        self.assertIn("In time, as far as the file shows: 2.", said)
        self.assertIn("1 row of totals was left out", said)
        for person in "张某", "13812345678":
            self.assertNotIn(person, said)
        self.assertIn("since they say who somebody is: “申请人", said)

    def test_xlsx(self):
        rows = [["2026年依申请公开台账"], [], HEAD, *ROWS, TOTAL]
        self.truths(self.look("cases.xlsx", xlsx([("台账", rows)], merges=["A1:I1"]), *NONE))
        self.truths(self.look("1904.xlsx", xlsx([("台账", rows)], from_1904=True), *NONE))
        self.truths(self.look("cases.dat", xlsx([("说明", [["填表说明"]]), ("台账", rows)]), *NONE))
        self.truths(self.look("text.xlsx", xlsx([("台账", [HEAD, *texts(ROWS), TOTAL])]), *NONE))

    def test_numbers_without_a_format(self):
        plain = [[(c - datetime.date(1899, 12, 30)).days if isinstance(c, datetime.date) else c for c in row]
                 for row in ROWS]
        self.truths(self.look("cases.xlsx", xlsx([("台账", [HEAD, *plain, TOTAL])]), *NONE))

    def test_inline_strings_and_formulas(self):
        rows = [[Inline(c) if isinstance(c, str) else c for c in row] for row in ROWS]
        rows.append([9, "2026-9", "郑某", None, day(4, 20), None, None, Formula()])
        said = self.look("cases.xlsx", xlsx([("台账", [HEAD, *rows])]), *NONE)
        self.assertIn("(2026-9): what stands under “答复日期” is no day", said)

    def test_a_head_of_two_rows(self):
        upper = ["序号", "申请编号", "申请人信息", None, "收到", None, None, "答复", None]
        lower = [None, None, "姓名", "联系电话", "申请日期", "延期日期", "延长工作日", "日期", "备注"]
        said = self.look("cases.xlsx", xlsx([("台账", [upper, lower, *ROWS, TOTAL])], merges=["C1:D1", "E1:G1"]), *NONE)
        self.assertIn("Late: 2", said)
        self.assertIn("row 1 names the columns", said)
        self.assertNotIn("张某", said)

    def test_ods(self):
        self.truths(self.look("cases.ods", ods([("台账", [["政府信息公开"], HEAD, *ROWS, TOTAL])]), *NONE))

    def test_text_in_many_encodings(self):
        for encoding, told in (("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("gbk", "GB18030"),
                               ("utf-16", "UTF-16LE")):
            for separator in ",\t":
                said = self.look("cases.csv", delimited([["依申请公开台账"], HEAD, *texts(ROWS), TOTAL], encoding, separator), *NONE)
                self.assertIn(told, said)
                self.truths(said)
        head = ["Request number", "Date received", "Date answered", "Notes"]
        rows = [["A-1", "2026-03-02", "2026-03-20", "申請人催辦，尚未答覆，應於期限內處理完畢。"]]
        self.assertIn("BIG5-HKSCS", self.look("cases.csv", delimited([head, *rows], "big5"), *CHINESE, *NONE))

    def test_days_as_people_write_them(self):
        for shape in ("{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}",
                      "{0}-{1:02}-{2:02} 09:30:00"):
            rows = [[shape.format(c.year, c.month, c.day) if isinstance(c, datetime.date) else c for c in row]
                    for row in ROWS]
            self.truths(self.look("cases.csv", delimited([HEAD, *rows, TOTAL], "utf-8"), *NONE))

    def test_english_names_and_days_in_two_orders(self):
        head = ["Request number", "Requester name", "Date received", "Date extended", "Extended by", "Date answered"]
        rows = [["A-1", "Ann", "02/03/2026", "", "", "20/04/2026"], ["A-2", "Bob", "02/03/2026", "", "", "20/03/2026"]]
        said = self.look("log.csv", delimited([head, *rows], "utf-8"), *CHINESE, *NONE)
        # Of "Date received" nothing tells which comes first.
        self.assertIn("can be read in two ways", said)
        self.assertIn("Late: none", said)
        rows.append(["A-3", "Cid", "25/03/2026", "", "", "26/03/2026"])
        said = self.look("log.csv", delimited([head, *rows], "utf-8"), *CHINESE, *NONE)
        self.assertIn("Late: 1 row 2 (A-1)", said)

    def test_days_with_the_name_of_a_month(self):
        head = ["Ref. No.", "Requester", "Date Rec'd", "Date responded"]
        for shapes in (("02 Mar 2026", "20 April 2026", "Mar 20, 2026"), ("2-Mar-2026", "20-Apr-2026", "20-mar-2026")):
            rows = [["A-1", "Ann", shapes[0], shapes[1]], ["A-2", "Bob", shapes[0], shapes[2]]]
            said = self.look("foi.csv", delimited([["FOI log"], head, *rows], "utf-8"),
                             "--none", "ask,ask-fee,extend,withdraw")
            self.assertIn("Late: 1 row 3 (A-1)", said)

    def test_western_text(self):
        head = "N. verbale;Località;Data accertamento;Data spedizione;Importo".split(";")
        rows = [["1", "Forlì – Società", "02/03/2026", "25/03/2026", "€ 41,00"],
                ["2", "Cantù", "13/01/2026", "29/04/2026", "€ 41,00"]]
        said = self.look("verbali.csv", delimited([head, *rows], "cp1252", ";"), "--none", "identify,abroad,hand-over,pay")
        self.assertIn("WINDOWS-1252", said)
        self.assertIn("Late: 1 row 3 (2)", said)

    def test_traditional_characters(self):
        head = "編號 申請人 收到申請日期 補正通知日期 延長答覆日期 答覆日期".split()
        rows = [["1", "林某", "2026/3/2", "", "", "2026/4/20"], ["2", "林某", "2026/3/2", "", "", "2026/3/20"]]
        said = self.look("依申請公開.csv", delimited([head, *rows], "big5"), "--none", "delay,consult,ask-co-maker,refer-doubt")
        self.assertIn("Late: 1 row 2 (1)", said)

    def test_what_has_no_column_cannot_be_told(self):
        said = self.look("cases.xlsx", xlsx([("台账", [HEAD, *ROWS])]))
        self.assertIn("Late: none", said)
        self.assertIn("Cannot be told: 2", said)
        self.assertIn("does not give", said)
        self.assertIn("--none delay,ask-correction,consult,ask-co-maker,refer-doubt", said)
        without = [0, 1, 2, 3, 4, 7, 8]
        narrow = [[row[c] for c in without] for row in [HEAD, *ROWS]]
        said = self.look("cases.xlsx", xlsx([("台账", narrow)]), *NONE, "--pack", "prc/information-request")
        self.assertIn("Late: none", said)
        self.assertRegex(said, "3 rows, since the file does not give “Extended, and the applicant told”")

    def test_a_likely_column_is_not_read_unless_said(self):
        head = [*HEAD[:7], "答复日期或转办情况", "备注"]
        content = xlsx([("台账", [head, *ROWS])])
        for more in ([], ["--yes"]):
            said = self.look("cases.xlsx", content, *NONE, *more)
            self.assertIn("“答复日期或转办情况” may be “Answer”", said)
            self.assertIn("Late: none", said)
        answers = self.folder / "cases.xlsx.look"
        answers.write_text("column answer: 答复日期或转办情况\n")
        self.assertIn("Late: 2", self.look("cases.xlsx", content, *NONE))
        answers.write_text("column answer: -\n")
        said = self.look("cases.xlsx", content, *NONE)
        self.assertIn("Late: none", said)
        self.assertNotIn("may be “Answer”", said)
        answers.write_text("colum answer: -\n")
        self.assertIn("cases.xlsx.look: line 1: 'colum answer: -'", self.look("cases.xlsx", content, code=BAD_INPUT))
        answers.write_text("procedure: prc/information-request\ncolumn answers: -\n")
        self.assertIn("'column answers': there is only case, apply", self.look("cases.xlsx", content, code=BAD_INPUT))

    def test_moved_by_nobody_knows_how_much(self):
        rows = [[1, "2026-1", "张某", None, day(4, 13), day(4, 20), None, None, None]]
        said = self.look("cases.xlsx", xlsx([("台账", [HEAD, *rows])]), *NONE)
        self.assertIn("up to Sun 2026-05-17: none", said)
        self.assertIn("does not give “longer” of “Extended, and the applicant told”: row 2 (2026-1)", said)

    def test_an_end_that_is_empty_throughout_shows_nothing(self):
        rows = [[n, f"2026-{n}", "张某", None, day(3, 2), None, None, None, None] for n in range(1, 13)]
        content = xlsx([("依申请公开", [HEAD, *rows])])
        said = self.look("cases.xlsx", content, *NONE)
        self.assertIn("“答复日期” is empty in every row", said)
        self.assertIn("Late: none", said)
        self.assertIn("Cannot be told: 12", said)
        (self.folder / "cases.xlsx.look").write_text("column answer: 答复日期\n")
        self.assertIn("Late: 12", self.look("cases.xlsx", content, *NONE))

    def test_stops_are_counted(self):
        head = [*HEAD, "征求第三方意见日期", "第三方意见日期"]
        rows = [[1, "2026-1", "张某", None, day(3, 2), None, None, day(4, 20), None, day(3, 6), day(3, 27)],
                [2, "2026-2", "张某", None, day(3, 2), None, None, day(4, 20), None, None, None]]
        said = self.look("cases.xlsx", xlsx([("台账", [head, *rows])]), "--none", "delay,ask-correction,ask-co-maker,refer-doubt")
        self.assertIn("Late: 1 row 3 (2026-2)", said)

    def test_repeated_numbers_and_identities(self):
        rows = [*ROWS, [9, "2026-2", "某", None, day(3, 2), None, None, None, None]]
        said = self.look("cases.xlsx", xlsx([("台账", [HEAD, *rows])]), *NONE)
        self.assertIn("(2026-2): its number stands in 2 rows", said)
        self.assertIn("Late: 1", said)
        people = [[row[0], "11010519491231002X", *row[2:]] for row in ROWS]
        said = self.look("cases.xlsx", xlsx([("台账", [HEAD, *people])]), *NONE)
        self.assertNotIn("11010519491231002X", said)
        self.assertIn("“申请编号”", said)

    # ---------------------------------------------------------------------------------- which ledger, and asking

    def packs(self, *others):
        """A folder with the real pack and others that only differ in their words."""
        root = self.folder / "packs"
        shutil.copytree(PACKS / "calendars", root / "calendars")
        for name in ("base", "prohibitions", "targets", "information-request"):
            shutil.copytree(PACKS / "prc" / name, root / "prc" / name)
        for name, words in others:
            shutil.copytree(PACKS / "prc" / "information-request", root / "prc" / name)
            tsv = root / "prc" / name / "look.tsv"
            text = tsv.read_text()
            for one, other in words.items():
                self.assertIn(one, text)
                text = text.replace(one, other)
            tsv.write_text(text)
        return ["--packs", root]

    def test_a_procedure_that_is_not_sure_is_not_trusted(self):
        packs = self.packs(("twin", {"依申请公开|信息公开": "投诉举报"}), ("other", {"依申请公开|信息公开": "许可", "收到申请日期|": "许可受理日期|"}))
        content = xlsx([("台账", [HEAD, *ROWS, TOTAL])])
        said = self.look("cases.xlsx", content, *packs, *NONE)
        self.assertIn("Not sure which ledger this is", said)
        self.assertIn("--pack prc/information-request or prc/twin", said)
        self.assertIn("Cannot be told: 8", said)
        self.assertNotIn("Late", said)
        self.truths(self.look("2026年依申请公开.xlsx", content, *packs, *NONE))
        said = self.look("cases.xlsx", xlsx([("投诉举报", [HEAD, *ROWS])]), *packs, *NONE)
        self.assertIn("its name or title says “投诉举报”", said)
        self.truths(self.look("cases.xlsx", content, *packs, *NONE, "--pack", "prc/twin"))
        (self.folder / "cases.xlsx.look").write_text("procedure: prc/twin\n")
        self.assertIn("as you said", self.look("cases.xlsx", content, *packs, *NONE))

    def test_several_sheets_of_one_ledger(self):
        sheets = [("一月", [HEAD, *ROWS[:3]]), ("二月", [HEAD, *ROWS[3:6], ROWS[1]]), ("说明", [["填表说明"]])]
        said = self.look("依申请公开.xlsx", xlsx(sheets), *NONE)
        self.assertIn("sheet “一月”: “Government", said)
        self.assertIn("sheet “二月”: “Government", said)
        self.assertIn("no row in them names such columns: the sheets “说明”", said)
        self.assertEqual(said.count("(2026-2): its number stands in 2 rows"), 2)
        running = [("一月", [HEAD, [1, "1", *ROWS[0][2:]]]), ("二月", [HEAD, [1, "1", *ROWS[0][2:]]])]
        self.assertNotIn("stands in", self.look("依申请公开.xlsx", xlsx(running), *NONE))

    def ask(self, name, content, answers, *more, language="en"):
        """At a terminal, which says these answers."""
        path = self.folder / name
        path.write_bytes(content)
        terminal, other = pty.openpty()
        with subprocess.Popen([PROGRAM, "look", path, "--as-of", TODAY, "--lang", language, *more], stdin=other, stderr=other,
                              stdout=subprocess.PIPE, text=True) as process:
            os.close(other)
            os.write(terminal, ("".join(f"{answer}\n" for answer in answers) + "\x04" * 6).encode())
            said = process.stdout.read()
        asked = b""
        try:
            while piece := os.read(terminal, 4096):
                asked += piece
        except OSError:
            pass
        os.close(terminal)
        self.assertEqual(process.returncode, 0)
        return " ".join(asked.decode().replace("^D", "").replace("\b", "").split()), " ".join(said.split())

    def test_questions_at_a_terminal_and_their_answers_kept(self):
        head = [*HEAD[:4], "收件", *HEAD[5:7], "办结", "备注"]
        content = xlsx([("2026年依申请公开", [head, *ROWS])])
        asked, said = self.ask("cases.xlsx", content, ["2", "2", "0"])
        self.assertIn("Which column holds the day of “Application”?", asked)
        self.assertIn("question 3 of at most 5", asked)
        self.assertNotIn("question 4", asked)
        self.assertIn("Late: 2", said)
        kept = (self.folder / "cases.xlsx.look").read_text()
        for line in ("procedure: prc/information-request", "column apply: 收件", "column answer: 办结",
                     "never: delay, ask-correction, consult, ask-co-maker, refer-doubt", "# "):
            self.assertIn(line, kept)
        asked, again = self.ask("cases.xlsx", content, [])
        self.assertEqual((asked, again[again.index("Late"):]), ("", said[said.index("Late"):]))
        self.assertEqual(self.look("cases.xlsx", content), again)
        self.assertEqual(self.look("cases.xlsx", content, "--yes"), again)

    def test_nobody_need_answer(self):
        content = xlsx([("依申请公开", [HEAD, *ROWS])])
        asked, said = self.ask("cases.xlsx", content, [""])
        self.assertIn("Which of them happened in some row?", asked)
        self.assertIn("Cannot be told: 2", said)
        self.assertFalse((self.folder / "cases.xlsx.look").exists())
        asked, said = self.ask("cases.xlsx", content, ["9", "x", "1，2"])
        self.assertEqual(asked.count("Please give a number from the list"), 2)
        self.assertIn("never: consult, ask-co-maker, refer-doubt", (self.folder / "cases.xlsx.look").read_text())
        self.assertIn("does not give “Answer put off for a reasonable time, and told”, “Asked, once, to clarify” or", said)
        (self.folder / "cases.xlsx.look").unlink()
        self.assertEqual(self.ask("cases.xlsx", content, [], "--yes")[0], "")

    def test_which_procedure_and_which_order_are_asked(self):
        head = ["编号", "收到日期", "答复日期"]
        rows = [["A-1", "02/03/2026", "20/04/2026"], ["A-2", "02/03/2026", "20/03/2026"]]
        asked, said = self.ask("cases.csv", delimited([head, *rows], "utf-8"), ["2", "1", "0"], *self.packs(("twin", {"|information request": ""})))
        self.assertIn("Which ledger is cases.csv? (question 1 of at most 5)", asked)
        self.assertIn("In “收到日期”, which comes first", asked)
        self.assertIn("Late: 1 row 2 (A-1)", said)
        kept = (self.folder / "cases.csv.look").read_text()
        self.assertIn("procedure: prc/twin", kept)
        self.assertIn("order: day", kept)

    def test_no_more_than_five_questions(self):
        head = ["编号", "收到申请日期甲", "收到申请日期乙", "延期日期甲", "延期日期乙", "征求意见日期甲", "征求意见日期乙", "答复日期甲", "答复日期乙"]
        rows = [["A-1", "02/03/2026", *["03/04/2026"] * 7]]
        asked, _ = self.ask("依申请公开.csv", delimited([head, *rows], "utf-8"), ["1"] * 9)
        self.assertLessEqual(asked.count("of at most 5"), 5)
        self.assertIn("question 4 of at most 5", asked)

    # ------------------------------------------------------------------------------------------------- languages

    def test_chinese(self):
        content = xlsx([("台账", [["2026年依申请公开台账"], HEAD, *ROWS, TOTAL])])
        said = self.look("cases.xlsx", content, *NONE, "--lang", "zh")
        for locale in ({"LANG": "zh_CN.UTF-8"}, {"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "C"},
                       {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}):
            self.assertEqual(self.look("cases.xlsx", content, *NONE, locale=locale), said)
        self.assertIn("Late: 2", self.look("cases.xlsx", content, *NONE, locale={"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}))
        said = said.replace(" ", "")
        for wanted in ("依申请公开政府信息", "已经超期：2", "（2026-2）：“答复”，期限至2026年3月30日（周一），实际于2026年4月20日（周一）办理，超期14个工作日。",
                       "至今未办", "自2026年3月2日（周一）起20个工作日（当日不计）", "（劳动节）", "《政府信息公开条例》33", "有疑问、未作判断的行：2"):
            self.assertIn(wanted, said)
        for english in ("row", "the", "Late", "Labour", "working"):
            self.assertNotIn(english, said)
        self.assertIn("查看", self.look("a.pdf.xlsx", b"%PDF", "--lang", "zh", code=BAD_INPUT))
        self.assertIn("是 PDF 文件", self.look("a.pdf.xlsx", b"%PDF", "--lang", "zh", code=BAD_INPUT))

    # ------------------------------------------------------------------------------- what is kept, and other forms

    def test_a_column_of_people_is_read_only_for_a_reason(self):
        content = xlsx([("依申请公开", [HEAD, *ROWS])])
        self.assertIn("say why with --reason", self.look("cases.xlsx", content, *NONE, "--keep", "申请人", code=BAD_INPUT))
        self.assertIn("say why", self.look("cases.xlsx", content, *NONE, "--keep", "申请人", "--reason", " ", code=BAD_INPUT))
        self.assertIn("no such column", self.look("cases.xlsx", content, *NONE, "--keep", "申请", "--reason", "x", code=BAD_INPUT))
        said = self.look("cases.xlsx", content, *NONE, "--keep", "申请人", "--reason", "通知当事人", "--ics", "-")
        self.assertIn("BEGIN:VEVENT", said)
        self.assertNotIn("钱某", said)
        said = self.look("cases.xlsx", content, *NONE, "--keep", "申请人", "--reason", "通知当事人")
        self.assertIn("row 3 (2026-2) (申请人: 李某): “Answer” due", said)
        self.assertIn("for this reason: “申请人” (“通知当事人”)", said)
        self.assertIn("since they say who somebody is: “联系电话”", said)
        self.assertNotIn("13812345679", said)
        people = [[row[0], "11010519491231002X" if i == 1 else row[1], *row[2:]] for i, row in enumerate(ROWS * 30)]
        for i, row in enumerate(people):
            row[1] = row[1] if row[1].startswith("11") else f"N-{i}"
        said = self.look("cases.xlsx", xlsx([("依申请公开", [HEAD, *people])]), *NONE)
        self.assertNotIn("11010519491231002X", said)
        self.assertIn("row 3: “Answer” due", said)

    def test_html(self):
        (self.folder / "out").mkdir()
        page = self.folder / "out" / "list.html"
        rows = [*ROWS, [9, "<b>&7", "某", None, day(4, 20), None, None, day(4, 1), None]]
        content = xlsx([("依申请公开", [HEAD, *rows])])
        for language in ("en", "zh"):
            page.write_text("")
            self.look("cases.xlsx", content, *NONE, "--html", page, "--lang", language)
            text = page.read_text()
            self.assertIn(f'<html lang="{language}">', text)
            self.assertIn("2026-2", text)
            self.assertIn("&lt;b&gt;&amp;7", text)
            for what in ("<script", "http://", "https://", "src=", "张某"):
                self.assertNotIn(what, text)
            for tag in ("ul", "li", "section", "main", "h2", "h3"):
                self.assertEqual(text.count(f"<{tag}>") + text.count(f"<{tag} "), text.count(f"</{tag}>"))

    def test_calendar(self):
        content = xlsx([("依申请公开", [HEAD, *ROWS, [9, "2026-9", "郑某", None, day(5, 6), None, None, None, None]])])
        path = self.folder / "cases.xlsx"
        for language in ("en", "zh"):
            path.write_bytes(content)
            out = subprocess.run([PROGRAM, "look", path, "--as-of", TODAY, *NONE, "--ics", "-", "--lang", language],
                                 capture_output=True, check=True).stdout
            self.assertEqual(out.count(b"\r\n"), out.count(b"\n"))
            for line in out.split(b"\r\n"):
                self.assertLessEqual(len(line), 75)
                line.decode()
            text = out.decode().replace("\r\n ", "")
            events = [dict(line.split(":", 1) for line in event.split("\r\n")[1:] if ":" in line)
                      for event in text.split("BEGIN:VEVENT")[1:]]
            self.assertEqual([event["DTSTART;VALUE=DATE"] for event in events], ["20260508", "20260513", "20260602"])
            self.assertEqual(len({event["UID"] for event in events}), 3)
            self.assertIn("2026-5", events[0]["SUMMARY"])
            self.assertIn("20 working days" if language == "en" else "20个工作日", events[0]["DESCRIPTION"])
            self.assertTrue(text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"))
            self.assertNotIn("某", text)
            self.assertNotIn("cases", text)

    # ----------------------------------------------------------------------------------------------------- watch

    def test_watch(self):
        folder, out = self.folder / "台账", self.folder / "out"
        folder.mkdir()
        out.mkdir()
        text, page = out / "list.txt", out / "list.html"
        content = xlsx([("依申请公开", [HEAD, *ROWS])])
        (folder / "one.xlsx").write_bytes(content)
        never = "never: delay, ask-correction, consult, ask-co-maker, refer-doubt\n"
        (folder / "one.xlsx.look").write_text(never)
        (folder / "~$one.xlsx").write_text("open elsewhere")
        watch = subprocess.Popen([PROGRAM, "watch", folder, "--every", "1", "--text", text, "--html", page],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"]})
        self.addCleanup(watch.stderr.close)
        self.addCleanup(watch.wait)
        self.addCleanup(watch.kill)

        def until(wanted, unwanted="no such words", file=text):
            end = time.monotonic() + 60
            said = ""
            while time.monotonic() < end:
                said = " ".join(file.read_text().split()) if file.exists() else ""
                if wanted in said and unwanted not in said:
                    return said
                time.sleep(0.1)
            self.fail(f"{wanted!r} did not come: {said}")

        self.assertNotIn("~$one", until("one.xlsx: “Government"))
        until('<html lang="en">', file=page)  # written after the text
        self.assertEqual([os.readlink(link) for link in pathlib.Path(f"/proc/{watch.pid}/fd").iterdir()
                          if os.readlink(link).startswith("socket:")], [])
        (folder / "two.csv").write_bytes(delimited([["依申请公开"], HEAD, *texts(ROWS)], "utf-8"))
        until("two.csv: “Government")
        # Half of it: what it last said stays.
        (folder / "one.xlsx").write_bytes(content[:len(content) // 2])
        self.assertIn("one.xlsx: “Government", until("one.xlsx cannot be read now"))
        # Another file in its place, under its name.
        other = folder / ".new"
        other.write_bytes(xlsx([("依申请公开", [HEAD, *ROWS, [9, "2026-99", "某", None, day(4, 20), None, None, day(4, 1), None]])]))
        other.rename(folder / "one.xlsx")
        until("(2026-99): the day under", "cannot be read")
        (folder / "one.xlsx.look").write_text(never + "column case: -\n")
        until("row 10: the day under")
        (folder / "two.csv").unlink()
        until("one.xlsx: “Government", "two.csv")
        (folder / "one.xlsx").unlink()
        until("There is no sheet in this folder yet")
        watch.send_signal(signal.SIGTERM)
        self.assertEqual(watch.wait(timeout=30), 0, watch.stderr.read())
        self.assertEqual(sorted(path.name for path in out.iterdir()), ["list.html", "list.txt"])

    def test_watch_needs_a_folder(self):
        done = subprocess.run([PROGRAM, "watch", self.folder / "none"], capture_output=True, text=True)
        self.assertEqual((done.returncode, "is no folder" in done.stderr), (BAD_INPUT, True))

    # ------------------------------------------------------------------------------------------------ bad input

    def refuse(self, name, content, wanted, code=BAD_INPUT):
        self.assertIn(wanted, self.look(name, content, *NONE, code=code))

    def test_what_is_no_sheet(self):
        self.refuse("cases.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "protected by a password")
        self.refuse("cases.ods", ods([("a", [HEAD])], encrypted=True), "protected by a password")
        self.refuse("cases.xlsx", b"%PDF-1.7", "it is a PDF")
        self.refuse("cases.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a page of HTML")
        self.refuse("cases.csv", b"", "it is empty")
        self.refuse("cases.csv", bytes(range(256)) * 9, "neither UTF-8 nor")
        self.refuse("cases.xlsx", pack([("word/document.xml", "<a/>")]), "it is a text document")
        self.refuse("cases.xlsx", pack([("a", "b")]), "an archive without a sheet")
        self.refuse("cases.csv", delimited([["a", "b"], [1, 2]], "utf-8"), "no row near the top names the columns")
        self.refuse("empty.xlsx", xlsx([("台账", [])]), "no row near the top names the columns")
        self.assertIn("cannot open", subprocess.run([PROGRAM, "look", self.folder / "none.xlsx"], capture_output=True,
                                                    text=True).stderr)

    def test_damage(self):
        whole = xlsx([("台账", [HEAD, *ROWS])])
        for cut in range(4, len(whole), len(whole) // 40):
            self.look("cases.xlsx", whole[:cut], *NONE, code=BAD_INPUT)
        at = whole.index(b"xl/worksheets/sheet1.xml") + 60
        self.look("cases.xlsx", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:], *NONE, code=BAD_INPUT)

    def test_bombs(self):
        wide = "<c t=\"inlineStr\"><is><t>x</t></is></c>"
        spaces = xlsx([("台账", [HEAD])], more=[("xl/sharedStrings.bin", "")])
        bomb = self.folder / "bomb.zip"
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                archive.writestr(name, zipfile.ZipFile(self.open(spaces)).read(name))
            with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(b"<worksheet><sheetData>")
                for _ in range(200):  # a megabyte each: what this process has in memory counts for its children
                    sheet.write(b" " * (1 << 20))
        content = bomb.read_bytes()
        bomb.unlink()
        self.refuse("bomb.xlsx", content, "times its size", code=LIMIT)
        many = f'<worksheet><sheetData><row r="1">{wide * 1200}</row></sheetData></worksheet>'
        self.refuse("wide.xlsx", self.with_sheet(many), "more than 1000 columns", code=LIMIT)
        self.refuse("entity.xlsx", self.with_sheet('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'), "entity")
        self.refuse("deep.xlsx", self.with_sheet("<a>" * 300 + "</a>" * 300), "nested deeper")
        far = '<worksheet><sheetData><row r="9999999"><c r="A9999999"><v>1</v></c></row></sheetData></worksheet>'
        self.refuse("far.xlsx", self.with_sheet(far), "no such row", code=LIMIT)

    def open(self, content):
        path = self.folder / "open.zip"
        path.write_bytes(content)
        self.addCleanup(lambda: path.unlink(missing_ok=True))
        return path

    def with_sheet(self, sheet):
        return pack([("xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r" xmlns:r="x"/></sheets></workbook>'),
                     ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r" Target="s.xml"/></Relationships>'),
                     ("xl/s.xml", sheet)])

    def test_macros_links_and_hidden_sheets_are_left_alone(self):
        rows = [HEAD, *ROWS, TOTAL]
        said = self.look("cases.xlsm", xlsx([("旧", [["x"]], "hidden"), ("台账", rows)],
                                            more=[("xl/vbaProject.bin", "x"), ("xl/externalLinks/externalLink1.xml", "<a/>")]),
                         *NONE)
        self.truths(said)
        self.assertIn("holds macros; none was run", said)
        self.assertIn("none was fetched", said)
        self.assertIn("The hidden sheet “旧” was left alone", said)

    def test_many_rows_in_little_memory(self):
        rows = 20_000
        line = delimited([HEAD], "utf-8") + b"".join(
            b"%d,N-%d,x,,2026/3/2,,,2026/3/20,\r\n" % (n, n) for n in range(rows))
        path = self.folder / "many.csv"
        path.write_bytes(line)
        process = subprocess.Popen([PROGRAM, "look", path, "--as-of", TODAY, *NONE], stdout=subprocess.PIPE, text=True)
        said = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        self.assertIn("In time, as far as the file shows: 20,000.", said)
        self.assertLess(usage.ru_maxrss, 200 * 1024)


if __name__ == "__main__":
    unittest.main()
