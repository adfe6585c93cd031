#!/usr/bin/env python3
"""A million rows in bounded memory: the same ledger as .xlsx, with shared texts and with texts in place, and as .csv.
The files are made in a temporary folder, and say how much memory and time reading them took.

Usage: sheets_million_test.py LAWBOUND [ROWS]
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROWS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 1_000_000
MEMORY = 512 << 10  # KiB
NONE = ["--none", "extend,delay,ask-correction,consult,ask-co-maker,refer-doubt"]
HEAD = ["申请编号", "申请人", "收到申请日期", "答复日期", "备注"]
WORKBOOK = '<workbook><sheets><sheet name="依申请公开" sheetId="1" r:id="r" xmlns:r="x"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="r" Target="worksheets/sheet1.xml"/></Relationships>'


class Million(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def look(self, path):
        began = time.monotonic()
        process = subprocess.Popen([PROGRAM, "look", path.name, "--as-of", "2026-05-06", *NONE], cwd=self.folder,
                                   env={**os.environ, "LC_ALL": "C"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        said = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        print(f"{path.name}: {ROWS:,} rows, {path.stat().st_size >> 20} MiB, {time.monotonic() - began:.0f} s, "
              f"at most {usage.ru_maxrss >> 10} MiB", flush=True)
        self.assertEqual(process.returncode, 0)
        self.assertIn(f"Late: {ROWS // 1000:,}\n", said)
        self.assertIn(f"In time, as far as the file shows: {ROWS - ROWS // 1000:,}.", said)
        self.assertLess(usage.ru_maxrss, MEMORY)

    # Of a thousand rows one is late: 2 March to 20 April.
    @staticmethod
    def answered(n):
        return 46132 if n % 1000 == 7 else 46101

    def book(self, name, cell, shared):
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/workbook.xml", WORKBOOK)
            archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
                out.write(b"<worksheet><sheetData>")
                out.write(("<row>" + "".join(f'<c t="inlineStr"><is><t>{h}</t></is></c>' for h in HEAD) + "</row>").encode())
                for n in range(ROWS):
                    out.write(f"<row>{cell(2 * n)}{cell(2 * n + 1)}<c><v>46083</v></c><c><v>{self.answered(n)}</v></c></row>".encode())
                out.write(b"</sheetData></worksheet>")
            if shared:
                with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as out:
                    out.write(b"<sst>")
                    for n in range(ROWS):
                        out.write(f"<si><t>DJ-{n:07}</t></si><si><t>{'某' * 20}{n}</t></si>".encode())
                    out.write(b"</sst>")
        return path

    def test_texts_that_cells_share(self):
        self.look(self.book("shared.xlsx", lambda n: f'<c t="s"><v>{n}</v></c>', True))

    def test_texts_in_place(self):
        self.look(self.book("inline.xlsx", lambda n: f'<c t="inlineStr"><is><t>DJ-{n:07}</t></is></c>', False))

    def test_delimited(self):
        path = self.folder / "依申请公开.csv"
        with open(path, "w", encoding="gb18030") as out:
            out.write(",".join(HEAD) + "\r\n")
            for n in range(ROWS):
                out.write(f"DJ-{n:07},{'某' * 20},2026-03-02,{'2026-04-20' if n % 1000 == 7 else '2026-03-20'},\r\n")
        self.look(path)


if __name__ == "__main__":
    unittest.main()
