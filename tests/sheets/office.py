"""Sheets as office programs write them, and people and days to put in them.

Shares nothing with src/, nor with the calendars of packs/: the days off are written out below from the yearly notices.
A row is a list of cells: None, a text, a number, or a datetime.date, which each form writes in its own way.
"""
import datetime
import io
import random
import zipfile
from xml.sax.saxutils import escape, quoteattr

DAY = datetime.timedelta(days=1)

# ------------------------------------------------------------------------------------------------------------- days


def span(year, month, first, last):
    return {datetime.date(year, month, day) for day in range(first, last + 1)}


CHINA_OFF = (span(2025, 1, 1, 1) | span(2025, 1, 28, 31) | span(2025, 2, 1, 4) | span(2025, 4, 4, 6) | span(2025, 5, 1, 5)
             | span(2025, 5, 31, 31) | span(2025, 6, 1, 2) | span(2025, 10, 1, 8)
             | span(2026, 1, 1, 3) | span(2026, 2, 15, 23) | span(2026, 4, 4, 6) | span(2026, 5, 1, 5)
             | span(2026, 6, 19, 21) | span(2026, 9, 25, 27) | span(2026, 10, 1, 7))
CHINA_MADE_UP = {datetime.date(*day) for day in (
    (2025, 1, 26), (2025, 2, 8), (2025, 4, 27), (2025, 9, 28), (2025, 10, 11),
    (2026, 1, 4), (2026, 2, 14), (2026, 2, 28), (2026, 5, 9), (2026, 9, 20), (2026, 10, 10))}
# Bank holidays in any part of the United Kingdom: with 2 January, 17 March, 12 July, August and Saint Andrew.
KINGDOM_OFF = {datetime.date(*day) for day in (
    (2025, 1, 1), (2025, 4, 18), (2025, 4, 21), (2025, 5, 5), (2025, 5, 26), (2025, 8, 25), (2025, 12, 25), (2025, 12, 26),
    (2025, 1, 2), (2025, 3, 17), (2025, 7, 14), (2025, 8, 4), (2025, 12, 1),
    (2026, 1, 2), (2026, 3, 17), (2026, 6, 15), (2026, 7, 13), (2026, 8, 3), (2026, 11, 30),
    (2026, 1, 1), (2026, 4, 3), (2026, 4, 6), (2026, 5, 4), (2026, 5, 25), (2026, 8, 31), (2026, 12, 25), (2026, 12, 28))}


def works_china(day):
    return day in CHINA_MADE_UP or (day.weekday() < 5 and day not in CHINA_OFF)


def works_kingdom(day):
    return day.weekday() < 5 and day not in KINGDOM_OFF


def after(day, count, works):
    """The last day of `count` working days of which the first is the one after `day`."""
    while count:
        day += DAY
        count -= works(day)
    return day


def days_after(day, count, works=None):
    """The last of `count` days; where it does not work, the next that does (works=None: no moving)."""
    day += count * DAY
    while works and not works(day):
        day += DAY
    return day


# ----------------------------------------------------------------------------------------------------------- people


class People:
    """Invented people, everything about whom is kept in `secrets`."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.secrets = set()

    def keep(self, text):
        self.secrets.add(text)
        return text

    def name(self):
        return self.keep(self.random.choice("欧阳 司马 诸葛 慕容 尉迟 皇甫 令狐 宇文 长孙 上官".split())
                         + self.random.choice("铭轩 婉清 若谷 怀瑾 思齐 砚秋 望舒 霁月 云帆 知微 承佑 静姝".split()))

    def identity(self):
        digits = (self.random.choice(("110105", "320583", "440305", "510107", "330106"))
                  + f"{self.random.randrange(1955, 2004)}{self.random.randrange(1, 13):02}{self.random.randrange(1, 29):02}"
                  + f"{self.random.randrange(1000):03}")
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return self.keep(digits + "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits)) % 11])

    def phone(self):
        return self.keep(self.random.choice("13 15 17 18 19".split()) + f"{self.random.randrange(10 ** 9):09}")

    def plate(self):
        return self.keep(self.random.choice("苏浙粤川京") + self.random.choice("ABCDE")
                         + "".join(self.random.choice("0123456789ABCDEFGHJK") for _ in range(5)))

    def address(self):
        return self.keep(f"{self.random.choice('柳园 槐荫 望江 听松'.split())}路{self.random.randrange(1, 400)}号"
                         f"{self.random.randrange(1, 30)}幢{self.random.randrange(101, 1900)}室")

    def company(self):
        return self.keep(f"{self.random.choice('润禾 拓宇 鑫盛源 金拱桥 绿野仙'.split())}"
                         f"{self.random.choice('食品 商贸 建材 餐饮 物业'.split())}有限公司")

    def english(self):
        return self.keep(f"{self.random.choice('Ottoline Peregrine Thomasin Barnaby Winifred'.split())} "
                         f"{self.random.choice('Quillfeather Thackwray Oldershaw Pemberley Fenwright'.split())}")

    def mail(self):
        return self.keep(f"{self.random.choice('otto wini barn pere'.split())}{self.random.randrange(100, 999)}@example.org")

    def italian(self):
        return self.keep(f"{self.random.choice('Brunoro Ginevra Ludovica Ippolito'.split())} "
                         f"{self.random.choice('Sforzacosta Malaspina Roccabruna Tagliaferri'.split())}")

    def tax_code(self):
        letters = "".join(self.random.choice("BCDFGLMNPRSTVZ") for _ in range(6))
        return self.keep(f"{letters}{self.random.randrange(50, 99)}{self.random.choice('ABCDEHLMPRST')}"
                         f"{self.random.randrange(10, 30)}H{self.random.randrange(100, 999)}{self.random.choice('KXYZ')}")

    def italian_plate(self):
        return self.keep(f"{self.random.choice('GH')}{self.random.choice('ABCDEF')}{self.random.randrange(100, 999)}"
                         f"{self.random.choice('KLMNP')}{self.random.choice('RSTVZ')}")


# ------------------------------------------------------------------------------------------------------------ texts


def shaped(rows, shape):
    """Days as texts: `shape` is a format over y, m, d."""
    return [[shape.format(y=c.year, m=c.month, d=c.day) if isinstance(c, datetime.date) else c for c in row] for row in rows]


def delimited(rows, encoding, separator=",", line="\r\n"):
    def cell(value):
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in separator + '"\r\n') else text

    return (line.join(separator.join(cell(c) for c in row) for row in rows) + line).encode(encoding)


# ------------------------------------------------------------------------------------------------------------- xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def letters(column):
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def place(row, column):
    return f"{letters(column)}{row + 1}"


def pack(members, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2026, 6, 9, 17, 30, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def xlsx(sheets, flavour="excel", day_format=14, plain_days=False, more=()):
    """sheets: (name, rows, merges).  Flavours: `excel` and `wps` share texts; `poi` writes them in place and leaves the
    places of cells away where nothing is left out; `sdk` gives every element a prefix."""
    shared, where = [], {}
    p = "x:" if flavour == "sdk" else ""
    custom = "" if isinstance(day_format, int) else (
        f'<{p}numFmts count="1"><{p}numFmt numFmtId="177" formatCode={quoteattr(day_format)}/></{p}numFmts>')
    number = 177 if custom else day_format

    def text(value):
        if flavour == "poi":
            return f' t="inlineStr"', f"<is><t>{escape(value)}</t></is>"
        if value not in where:
            where[value] = len(shared)
            shared.append(value)
        return ' t="s"', f"<{p}v>{where[value]}</{p}v>"

    def cell(row, column, value):
        at = f' r="{place(row, column)}"'
        if value is None:
            return f'<{p}c{at} s="1"/>'
        if isinstance(value, datetime.date):
            days = (value - datetime.date(1899, 12, 30)).days
            return f'<{p}c{at} s="{0 if plain_days else 2}"><{p}v>{days}</{p}v></{p}c>'
        if isinstance(value, (int, float)):
            return f'<{p}c{at} s="1"><{p}v>{value}</{p}v></{p}c>'
        kind, body = text(value)
        return f'<{p}c{at} s="1"{kind}>{body}</{p}c>'

    namespace = f'xmlns{":x" if p else ""}="{MAIN}" xmlns:r="{DOCUMENT}"'
    parts, names, links, types = [], [], [], []
    for index, (name, rows, merges) in enumerate(sheets, 1):
        width = max((len(row) for row in rows), default=1)
        body = "".join(
            f'<{p}row r="{r + 1}" spans="1:{width}" ht="24.95" customHeight="1">'
            + "".join(cell(r, c, value) for c, value in enumerate(row)) + f"</{p}row>"
            for r, row in enumerate(rows) if row)
        joined = "".join(f'<{p}mergeCell ref="{merge}"/>' for merge in merges)
        parts.append((f"xl/worksheets/sheet{index}.xml", (
            f'{HEADER}<{p}worksheet {namespace}><{p}dimension ref="A1:{place(len(rows), width - 1)}"/><{p}sheetViews>'
            f'<{p}sheetView workbookViewId="0"><{p}pane ySplit="4" topLeftCell="A5" state="frozen"/></{p}sheetView></{p}sheetViews>'
            f'<{p}sheetFormatPr defaultRowHeight="13.5"/><{p}cols><{p}col min="1" max="{width}" width="12.6" customWidth="1"/>'
            f'</{p}cols><{p}sheetData>{body}</{p}sheetData>'
            + (f'<{p}mergeCells count="{len(merges)}">{joined}</{p}mergeCells>' if merges else "")
            + f'<{p}phoneticPr fontId="1" type="noConversion"/><{p}pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" '
              f'header="0.3" footer="0.3"/></{p}worksheet>')))
        names.append(f'<{p}sheet name={quoteattr(name)} sheetId="{index + 3}" r:id="rId{index}"/>')
        links.append(f'<Relationship Id="rId{index}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{index}.xml"/>')
        types.append(f'<Override PartName="/xl/worksheets/sheet{index}.xml" '
                     'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>')
    styles = (f'{HEADER}<{p}styleSheet {namespace}>{custom}<{p}fonts count="1"><{p}font><{p}sz val="11"/><{p}name val="宋体"/>'
              f'</{p}font></{p}fonts><{p}fills count="1"><{p}fill/></{p}fills><{p}borders count="1"><{p}border/></{p}borders>'
              f'<{p}cellStyleXfs count="1"><{p}xf numFmtId="0"/></{p}cellStyleXfs><{p}cellXfs count="3"><{p}xf numFmtId="0" xfId="0"/>'
              f'<{p}xf numFmtId="0" xfId="0" applyAlignment="1"><{p}alignment horizontal="center"/></{p}xf>'
              f'<{p}xf numFmtId="{number}" xfId="0" applyNumberFormat="1"/></{p}cellXfs></{p}styleSheet>')
    # A text in runs, as a head has it when one word of it is red.
    runs = [f"<{p}si><{p}r><{p}t>{escape(t[:2])}</{p}t></{p}r><{p}r><{p}rPr><{p}b/></{p}rPr><{p}t xml:space=\"preserve\">"
            f"{escape(t[2:])}</{p}t></{p}r></{p}si>" if n % 5 == 3 and len(t) > 2
            else f'<{p}si><{p}t xml:space="preserve">{escape(t)}</{p}t></{p}si>' for n, t in enumerate(shared)]
    strings = f'{HEADER}<{p}sst {namespace} count="{len(shared)}" uniqueCount="{len(shared)}">{"".join(runs)}</{p}sst>'
    rels = f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">'
    members = [
        ("[Content_Types].xml", f'{HEADER}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
                                f'ContentType="application/xml"/>{"".join(types)}</Types>'),
        ("_rels/.rels", f'{rels}<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("docProps/app.xml", f"{HEADER}<Properties><Application>{'WPS 表格' if flavour == 'wps' else 'Microsoft Excel'}"
                             "</Application></Properties>"),
        ("xl/workbook.xml", f'{HEADER}<{p}workbook {namespace}><{p}workbookPr defaultThemeVersion="124226"/><{p}bookViews>'
                            f'<{p}workbookView/></{p}bookViews><{p}sheets>{"".join(names)}</{p}sheets></{p}workbook>'),
        ("xl/_rels/workbook.xml.rels", f'{rels}{"".join(links)}<Relationship Id="rId90" Type="{DOCUMENT}/styles" '
                                       f'Target="{"/xl/" if flavour == "sdk" else ""}styles.xml"/>'
                                       + (f'<Relationship Id="rId91" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
                                          if shared else "") + "</Relationships>"),
        *parts, ("xl/styles.xml", styles)]
    if shared:
        members.append(("xl/sharedStrings.xml", strings))
    return pack([*members, *more])


# -------------------------------------------------------------------------------------------------------------- ods


def ods(sheets):
    """sheets: (name, rows, merges), merges as (row, column, rows, columns)."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    tables = []
    for name, rows, merges in sheets:
        heads = {(r, c): (down, right) for r, c, down, right in merges}
        covered = {(r + i, c + j) for r, c, down, right in merges for i in range(down) for j in range(right)} - set(heads)
        width = max(len(row) for row in rows)
        body = []
        for r, row in enumerate(rows):
            cells = []
            for c, value in enumerate(list(row) + [None] * (width - len(row))):
                tag = "table:covered-table-cell" if (r, c) in covered else "table:table-cell"
                more = ' table:number-rows-spanned="{}" table:number-columns-spanned="{}"'.format(*heads[r, c]) if (r, c) in heads else ""
                if value is None:
                    cells.append(f"<{tag}{more}/>")
                elif isinstance(value, datetime.date):
                    cells.append(f'<{tag}{more} table:style-name="ce3" office:value-type="date" office:date-value="{value.isoformat()}">'
                                 f"<text:p>{value.year}.{value.month}.{value.day}</text:p></{tag}>")
                elif isinstance(value, (int, float)):
                    cells.append(f'<{tag}{more} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></{tag}>')
                else:
                    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
                    cells.append(f'<{tag}{more} office:value-type="string" calcext:value-type="string">{lines}</{tag}>')
            body.append(f'<table:table-row table:style-name="ro1">{"".join(cells)}'
                        f'<table:table-cell table:number-columns-repeated="{16384 - width}"/></table:table-row>')
        body.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
                    'table:number-columns-repeated="16384"/></table:table-row>')
        tables.append(f'<table:table table:name={quoteattr(name)}><table:table-column table:number-columns-repeated="{width}"/>'
                      f'{"".join(body)}</table:table>')
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return pack([
        ("mimetype", kind),
        ("META-INF/manifest.xml", f'{HEADER}<manifest:manifest xmlns:manifest="{office}manifest:1.0"><manifest:file-entry '
                                  f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'),
        ("content.xml", f'{HEADER}<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
                        f'xmlns:text="{office}text:1.0" xmlns:calcext="{office}calcext"><office:body><office:spreadsheet>'
                        f'{"".join(tables)}</office:spreadsheet></office:body></office:document-content>'),
    ], stored=("mimetype",))
