"""Sheets written by hand, byte by byte: .xlsx and .ods as office programs write them, with Python's zipfile alone.

Shares nothing with src/ingest or src/look.  A sheet is a list of rows, a row a list of cells; a cell is None, a text, a
number, a datetime.date (a number with the format of a day), Inline(text), Formula(result or None).
"""
import datetime
import io
import zipfile
from xml.sax.saxutils import escape


class Inline(str):
    pass


class Formula:
    def __init__(self, result=None):
        self.result = result


def letters(column):
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def serial(day, from_1904):
    start = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30)
    return (day - start).days


def pack(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(sheets, from_1904=False, merges=(), more=(), day_format="yyyy\"年\"m\"月\"d\"日\""):
    """sheets: (name, rows) or (name, rows, state)."""
    strings, shared = {}, []

    def cell(value, reference):
        if value is None:
            return ""
        if isinstance(value, Formula):
            result = "" if value.result is None else f"<v>{value.result}</v>"
            return f'<c r="{reference}"><f>WEBSERVICE("http://example.invalid/")</f>{result}</c>'
        if isinstance(value, Inline):
            return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        if isinstance(value, datetime.date):
            return f'<c r="{reference}" s="1"><v>{serial(value, from_1904)}</v></c>'
        if isinstance(value, (int, float)):
            return f'<c r="{reference}"><v>{value}</v></c>'
        if value not in strings:
            strings[value] = len(shared)
            shared.append(value)
        return f'<c r="{reference}" t="s"><v>{strings[value]}</v></c>'

    parts, names, links = [], [], []
    for number, sheet in enumerate(sheets, 1):
        name, rows = sheet[0], sheet[1]
        state = f' state="{sheet[2]}"' if len(sheet) > 2 else ""
        body = "".join(
            f'<row r="{r}">' + "".join(cell(value, f"{letters(c)}{r}") for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, 1))
        merged = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
        parts.append((f"xl/worksheets/sheet{number}.xml",
                      '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
                      f'spreadsheetml/2006/main"><sheetData>{body}</sheetData><mergeCells>{merged}</mergeCells></worksheet>'))
        names.append(f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"{state}/>')
        links.append(f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml" Type="worksheet"/>')
    system = ' date1904="1"' if from_1904 else ""
    return pack([
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                            f'<workbookPr{system}/><sheets>{"".join(names)}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships>{"".join(links)}</Relationships>'),
        ("xl/styles.xml", f'<styleSheet><numFmts><numFmt numFmtId="176" formatCode="{escape(day_format, {chr(34): "&quot;"})}"/>'
                          '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
                          '<xf numFmtId="176"/></cellXfs></styleSheet>'),
        ("xl/sharedStrings.xml", "<sst>" + "".join(
            f"<si><t>{escape(text)}</t><rPh><t>aside</t></rPh></si>" for text in shared) + "</sst>"),
        *parts, *more])


def ods(sheets, encrypted=False):
    def cell(value):
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, datetime.date):
            return (f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
                    f"<text:p>{value.month}/{value.day}</text:p></table:table-cell>")
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}.00</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'

    body = "".join(
        f'<table:table table:name="{escape(name)}">' + "".join(
            "<table:table-row>" + "".join(map(cell, row)) + '<table:table-cell table:number-columns-repeated="16000"/>'
            "</table:table-row>" for row in rows) +
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>" for name, rows in sheets)
    locked = '<manifest:encryption-data manifest:checksum="x"/>' if encrypted else ""
    return pack([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="m"><manifest:file-entry>{locked}'
                                  "</manifest:file-entry></manifest:manifest>"),
        ("content.xml", '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
                        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>")])


def delimited(rows, encoding, separator=","):
    def cell(value):
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in separator + '"\n') else text
    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows).encode(encoding)
