#!/usr/bin/env python3
"""Sheets that are damaged, hostile or merely strange: refused with the reason, or read; in little memory, and nothing is run
or fetched.  look_test.py has the plainer cases.

Usage: sheets_bad_test.py LAWBOUND
"""
import datetime
import gzip
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "sheets"))
from office import delimited, ods, xlsx  # noqa: E402

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
DONE, BAD_INPUT, LIMIT = 0, 3, 4
ENVIRONMENT = {**os.environ, "LC_ALL": "C", "LANG": "C"}
MEMORY = 400 << 10  # KiB; what the sanitizers add is in it
SECONDS = 60  # of the processor: the machine may be busy

HEAD = ["申请编号", "收到申请日期", "答复日期"]
ROWS = [["A-1", datetime.date(2026, 3, 2), datetime.date(2026, 3, 20)], ["A-2", datetime.date(2026, 3, 2), datetime.date(2026, 4, 20)]]
SHEET = [["依申请公开台账"], HEAD, *ROWS]
NONE = ["--none", "extend,delay,ask-correction,consult,ask-co-maker,refer-doubt"]
WORKBOOK = '<workbook><sheets><sheet name="依申请公开" r:id="r" xmlns:r="x"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="r" Target="s.xml"/></Relationships>'


class Bad(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def look(self, path, code, *wanted):
        """Runs it; nothing may be written, and little memory used."""
        before = sorted(self.folder.rglob("*"))
        process = subprocess.Popen([PROGRAM, "look", path.name, "--as-of", "2026-05-06", *NONE], cwd=self.folder, env=ENVIRONMENT,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertIn(process.returncode, code if isinstance(code, tuple) else (code,), said)
        self.assertLess(usage.ru_maxrss, MEMORY)
        self.assertLess(usage.ru_utime + usage.ru_stime, SECONDS)
        self.assertEqual(sorted(self.folder.rglob("*")), before, "something was written")
        said = " ".join(said.split())
        for text in wanted:
            self.assertIn(text, said)
        return said

    def book(self, name, members, level=9):
        """Members: (name, text or a function that writes to the open member)."""
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
            for member, content in (("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", LINKS), *members):
                if callable(content):
                    with archive.open(member, "w", force_zip64=True) as out:
                        content(out)
                else:
                    archive.writestr(member, content)
        return path

    # ------------------------------------------------------------------------------------------------ what is no sheet

    def test_protected_by_a_password(self):
        # What office programs write then is a compound file with these streams, whatever its name says.
        compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHH", 0x3E, 3, 0xFFFE) + bytes(2000)
        compound += "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
        for name in ("cases.xlsx", "cases.csv", "cases.ods"):
            self.look(self.write(name, compound), BAD_INPUT, "password")

    def test_wrong_names(self):
        self.look(self.write("cases.csv", xlsx([("台账", SHEET, [])])), DONE, "Late: 1")
        self.look(self.write("cases.xlsx", delimited([[str(c) for c in row] for row in SHEET], "gbk")), DONE, "Late: 1")
        self.look(self.write("cases.xls", ods([("台账", SHEET, [])])), DONE, "Late: 1")
        self.look(self.write("cases.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)), BAD_INPUT)
        self.look(self.write("cases.xlsx", b"\x7fELF" + bytes(500)), BAD_INPUT)
        self.look(self.write("cases.ods", b"{\\rtf1 \\ansi }"), BAD_INPUT)

    def test_truncated(self):
        for name, whole in (("cases.xlsx", xlsx([("台账", SHEET * 50, [])])), ("cases.ods", ods([("台账", SHEET * 50, [])])),
                            ("cases.csv.gz", gzip.compress(delimited(SHEET * 50, "utf-8")))):
            for share in (0.1, 0.5, 0.9, 0.99):
                self.look(self.write(name, whole[:int(len(whole) * share)]), BAD_INPUT)

    # ---------------------------------------------------------------------------------------------------------- bombs

    def test_bombs(self):
        def spaces(out):
            out.write(b"<worksheet><sheetData>")
            for _ in range(300):
                out.write(b" " * (1 << 20))
        self.look(self.book("bomb.xlsx", [("xl/worksheets/s.xml", ""), ("xl/s.xml", spaces)]), LIMIT, "times its size")
        path = self.folder / "bomb.csv.gz"
        with gzip.open(path, "wb", 9) as out:
            for _ in range(300):
                out.write(b"," * (1 << 20))
        self.look(path, LIMIT)
        path = self.folder / "bomb.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            with archive.open("content.xml", "w") as out:
                out.write(b"<a>")
                for _ in range(300):
                    out.write(b" " * (1 << 20))
        self.look(path, LIMIT, "times its size")

    def test_one_text_in_a_thousand_cells(self):
        # A megabyte that every cell of every row points to: what a cell costs is not what stands in it.
        text = "x" * 1_000_000
        row = "".join('<c t="s"><v>0</v></c>' for _ in range(999))
        shared = f"<sst><si><t>{text}</t></si></sst>"

        def rows(out):
            out.write(b"<worksheet><sheetData>")
            for _ in range(50):
                out.write(f"<row>{row}</row>".encode())
            out.write(b"</sheetData></worksheet>")
        self.look(self.book("refer.xlsx", [("xl/s.xml", rows), ("xl/sharedStrings.xml", shared)]), LIMIT)

    def test_one_cell_repeated(self):
        head = ("<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>"
                "<table:table table:name='a'>")
        tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
        for cells in (f"<table:table-row><table:table-cell table:number-columns-repeated='999' office:value-type='string'>"
                      f"<text:p>{'x' * 1_000_000}</text:p></table:table-cell></table:table-row>",
                      "<table:table-row><table:table-cell table:number-columns-repeated='99999999999' office:value-type='string'>"
                      "<text:p>x</text:p></table:table-cell></table:table-row>",
                      "<table:table-row table:number-rows-repeated='99999999999'><table:table-cell office:value-type='string'>"
                      "<text:p>x</text:p></table:table-cell></table:table-row>"):
            path = self.folder / "repeat.ods"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                archive.writestr("content.xml", head + cells * 3 + tail)
            self.assertNotIn("xxxxxxxx", self.look(path, (LIMIT, BAD_INPUT)))

    def test_many_rows_of_nothing(self):
        def rows(out):
            text = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABC", HEAD))
            out.write(f'<worksheet><sheetData><row r="1">{text}</row>'.encode())
            for _ in range(30):
                out.write(b'<row><c t="s"><v>0</v></c></row>' * 10_000)
            out.write(b"</sheetData></worksheet>")
        self.look(self.book("nothing.xlsx", [("xl/s.xml", rows), ("xl/sharedStrings.xml", "<sst><si><t/></si></sst>")], level=1), DONE,
                  "Late: none")

    def test_entities(self):
        laughs = ('<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
            f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)) + "]>")
        for declared in (laughs, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
                         '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/b.dtd"> %b;]>'):
            for member in ("xl/s.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
                members = {"xl/s.xml": "<worksheet/>", "xl/sharedStrings.xml": "<sst/>", member: declared + "<worksheet>&b;</worksheet>"}
                path = self.folder / "entity.xlsx"
                with zipfile.ZipFile(path, "w") as archive:
                    for name, content in ({"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS} | members).items():
                        archive.writestr(name, content)
                self.assertNotIn("root:", self.look(path, BAD_INPUT, "entit"))

    def test_archives_that_lie(self):
        whole = xlsx([("台账", SHEET, [])])
        end = whole.rindex(b"PK\x05\x06")
        entry = whole.rindex(b"xl/worksheets/sheet1.xml") - 46  # of the directory
        self.assertEqual(whole[entry:entry + 4], b"PK\x01\x02")
        for at, value in ((entry + 20, 0x7FFFFFFF), (entry + 24, 10), (entry + 42, 0x7FFFFFF0), (end + 16, 0xFFFFFF00),
                          (end + 12, 0x7FFFFFFF), (entry + 16, 0x12345678)):
            bad = bytearray(whole)
            struct.pack_into("<I", bad, at, value)
            said = self.look(self.write("lies.xlsx", bytes(bad)), BAD_INPUT)
            self.assertNotIn("Late: 1", said)
        many = self.folder / "many.xlsx"
        with zipfile.ZipFile(many, "w") as archive:
            for n in range(10_100):
                archive.writestr(f"xl/{n}", "")
        self.look(many, LIMIT)
        climbing = self.folder / "climbing.xlsx"
        with zipfile.ZipFile(climbing, "w") as archive:
            archive.writestr("xl/workbook.xml", WORKBOOK)
            archive.writestr("xl/_rels/workbook.xml.rels", LINKS.replace("s.xml", "../../../../etc/passwd"))
        self.assertNotIn("root:", self.look(climbing, BAD_INPUT))

    # ----------------------------------------------------------------------------------------------- strange, and read

    def test_two_hundred_columns(self):
        head = [*HEAD, *[f"栏目{n}" for n in range(197)]]
        rows = [[*row, *[f"内容{n}" for n in range(197)]] for row in ROWS]
        self.look(self.write("wide.xlsx", xlsx([("台账", [["依申请公开台账"], head, *rows], [])])), DONE, "Late: 1")
        self.look(self.write("wide.csv", delimited([["依申请公开台账"], head, *rows], "gb18030")), DONE, "Late: 1")

    def test_formulas_macros_and_links_reach_nobody(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            listener.settimeout(0.2)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
            mark = self.folder / "was-run"
            cell = (f'<c r="C2"><f>WEBSERVICE("{address}")</f><v>46132</v></c>', '<c r="C3"><f>B3+30</f></c>',
                    f'<c r="C4" t="str"><f>cmd|\'/c touch {mark}\'!A0</f><v>=cmd</v></c>')
            text = "".join(f'<c t="inlineStr"><is><t>{h}</t></is></c>' for h in HEAD)
            cell += ('<c r="C{n}"><v>46100</v></c>',) * 8  # a column of days
            rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>A-{n}</t></is></c><c r="B{n}"><v>46083</v></c>'
                           f'{c.replace("{n}", str(n))}</row>' for n, c in enumerate(cell, 2))
            path = self.book("links.xlsm", [
                ("xl/s.xml", f'<worksheet><sheetData><row r="1">{text}</row>{rows}</sheetData></worksheet>'),
                ("xl/vbaProject.bin", bytes(5000).decode()), ("xl/externalLinks/externalLink1.xml", f'<externalLink href="{address}"/>'),
                ("xl/externalLinks/_rels/externalLink1.xml.rels",
                 f'<Relationships><Relationship Id="r" Target="{address}" TargetMode="External"/></Relationships>'),
                ("xl/connections.xml", f'<connections><webPr url="{address}"/></connections>')])
            said = self.look(path, DONE, "macros; none was run", "none was fetched")
            self.assertIn("Late: 1", said)   # the stored result, 20 April 2026
            self.assertIn("is no day", said)  # the text
            self.assertFalse(mark.exists())
            with self.assertRaises(TimeoutError):
                listener.accept()

    def test_text_that_does_harm_elsewhere(self):
        # What begins a formula in a sheet, and what moves the cursor of a terminal, comes out as it is or not at all.
        rows = [["=cmd|' /c calc'!A0", "2026/3/2", "2026/4/20"], ["\x1b[2J\x1b]0;x\x07A-7", "2026/3/2", "2026/4/20"]]
        said = self.look(self.write("harm.csv", delimited([["依申请公开"], HEAD, *rows], "utf-8")), DONE, "Late: 2")
        self.assertNotIn("\x1b", said)
        self.assertNotIn("\x07", said)


if __name__ == "__main__":
    unittest.main()
