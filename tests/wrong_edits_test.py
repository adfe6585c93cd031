#!/usr/bin/env python3
"""Fifty wrong edits of the packs (tests/wrong_edits/edits.txt): who notices each, and in which words.

wrong_edits_test.py LAWBOUND [--record]

Each edit is made in a copy of the packs.  It is given to `check` with a registry, then to `test`, which plays the examples
of the pack and of those that use it, then to `prove`, which is asked the guarantees that are proved of the pack as it is.
The first that says something else than of the pack as it is has caught it.  tests/wrong_edits/caught.tsv keeps who caught
it and the first words; `--record` writes it anew.  The registry holds no law: for each provision that the packs cite, an
article of that number with a line of nothing.
"""
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "tests/wrong_edits"
LAWBOUND, RECORD = None, False
# Proved within a second of the packs as they are.
PROVED = {"penalty": ["spot-once"], "general-procedure": ["told", "no-target"], "targets": ["no-target"],
          "information-request": ["free", "co-makers"]}
USED_BY = {"penalty": ["penalty-market"]}
Edit = collections.namedtuple("Edit", "number kind pack what find put")
NUMERALS = "零一二三四五六七八九"


def edits():
    found = []
    for line in (HERE / "edits.txt").read_text().splitlines():
        if line.startswith("== "):
            kind, pack, what = line[3:].split("  ", 2)
            found.append(Edit(len(found) + 1, kind, pack, what, [], []))
        elif line.startswith("- "):
            found[-1].find.append(line[2:])
        elif line.startswith("+ "):
            found[-1].put.append(line[2:])
    return found


def change(text, edit):
    """The page with the edit, or None when it is not there."""
    (find,) = edit.find
    if edit.kind == "dropped" and find.startswith("rule "):
        rule = re.compile(r"(?m)^" + re.escape(find) + r" [^\n]*\n(?:  [^\n]*\n)*")
        return rule.sub("", text) if len(rule.findall(text)) == 1 else None
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if line == find]
    if len(places) != 1:
        return None
    return "\n".join(lines[:places[0]] + edit.put + lines[places[0] + 1:])


def numeral(number):
    hundreds, rest = divmod(number, 100)
    text = NUMERALS[hundreds] + "百" if hundreds else ""
    if rest == 0:
        return text
    tens, ones = divmod(rest, 10)
    if hundreds and tens == 0:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十"
    return text + (NUMERALS[ones] if ones else "")


def placeholder_laws(folder):
    """A text for each instrument whose provisions the edits change, as long as what the packs cite of it."""
    titles = {"APL": ("行政处罚法", "2021-01-22", "2021-07-15", None), "OGI": ("政府信息公开条例", "2019-04-03", "2019-05-15", None),
              "MAD": ("重大行政决策程序暂行条例", "2019-04-20", "2019-09-01", None),
              "SAMR": ("市场监督管理行政处罚程序规定", "2018-12-21", "2019-04-01", None),
              "ARL17": ("行政复议法（2017年修正）", "2017-09-01", "2018-01-01", "2023-12-31")}
    cited = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(int)))
    last = collections.defaultdict(int)
    code = "".join(page.read_text() for page in (ROOT / "packs/prc").glob("*/*.md"))
    for under in re.findall(r"\bunder ([A-Z][^\n:]*)", code):
        name = None
        for part in under.split(","):
            match = re.match(r"\s*(?:([A-Z][A-Za-z0-9]*) )?(\d+)(?:\((\d+)\))?(?:\((\d+)\))?", part)
            if not match:
                continue
            name = match[1] or name
            article, paragraph, item = (int(match[i] or 0) for i in (2, 3, 4))
            last[name] = max(last[name], article)
            cited[name][article][max(paragraph, 1)] = max(cited[name][article][max(paragraph, 1)], item)
    for name, (title, published, commences, expires) in titles.items():
        head = ["---", f"title: {title}", f"published: {published}", f"commences: {commences}", "rank: law", "territory: prc"]
        body = [f"expires: {expires}"] if expires else []
        text = head + body + ["---", "", f"# {title}", ""]
        for article in range(1, last[name] + 1):
            paragraphs = cited[name][article]
            for paragraph in range(1, max([*paragraphs, 1]) + 1):
                start = f"第{numeral(article)}条　" if paragraph == 1 else ""
                text += [start + "略" + ("：" if paragraphs[paragraph] else "。"), ""]
                for item in range(1, paragraphs[paragraph] + 1):
                    text += [f"（{numeral(item)}）略；", ""]
        (folder / f"{title}.md").write_text("\n".join(text) + "\n")


def run(*arguments):
    done = subprocess.run([LAWBOUND, *arguments], capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def said(output):
    """What is new in an answer is told by its first lines, without the place."""
    heads = [re.sub(r"^\S+?:\d+:\d+: ", "", line) for line in output.splitlines()
             if re.match(r"\S+\.md:\d+:\d+: ", line) or re.match(r"(refuted|not decided) ", line) or " came out otherwise" in line]
    return collections.Counter(heads)


class Asked:
    """The three who may notice, over one folder of packs."""

    def __init__(self, packs, registry):
        self.packs, self.registry = packs, registry

    def check(self, pack):
        return run("check", self.packs / "prc" / pack, "--registry", self.registry, "--law-data", ROOT / "packs/prc/law", "--on", "2026-01-05")

    def test(self, pack):
        outputs = [run("test", self.packs / "prc" / one) for one in [pack, *USED_BY.get(pack, [])]]
        return max(code for code, _ in outputs), "".join(output for _, output in outputs)

    def prove(self, pack):
        outputs = [run("prove", self.packs / "prc" / pack, "--guarantee", one, "--seconds", "2") for one in PROVED.get(pack, [])]
        return max([code for code, _ in outputs], default=0), "".join(output for _, output in outputs)


class WrongEdits(unittest.TestCase):
    def test_each_is_caught(self):
        all_of = edits()
        self.assertEqual(len(all_of), 50)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "law").mkdir()
            placeholder_laws(folder / "law")
            code, output = run("law", "import", folder / "r.db", folder / "law", "--data", ROOT / "packs/prc/law", "--known", "2026-01-01", "--quiet")
            self.assertEqual(code, 0, output)
            shutil.copytree(ROOT / "packs", folder / "packs")
            asked = Asked(folder / "packs", folder / "r.db")
            before = {}
            rows = []
            for edit in all_of:
                if edit.pack not in before:
                    before[edit.pack] = {who: said(getattr(asked, who)(edit.pack)[1]) for who in ("check", "test")}
                rows.append((edit, *self.who_notices(asked, before[edit.pack], edit)))
        table = "number\tkind\tpack\twhat\tcaught by\tin these words\n" + "".join(
            f"{e.number}\t{e.kind}\t{e.pack}\t{e.what}\t{who}\t{words}\n" for e, who, words in rows)
        if RECORD:
            (HERE / "caught.tsv").write_text(table)
        self.assertEqual([edit.what for edit, who, _ in rows if who == "nobody"], [])
        self.assertEqual(table, (HERE / "caught.tsv").read_text())

    def who_notices(self, asked, before, edit):
        changed = [(page, change(page.read_text(), edit)) for page in (asked.packs / "prc" / edit.pack).glob("*.md")]
        changed = [(page, text) for page, text in changed if text is not None]
        self.assertEqual(len(changed), 1, edit)
        page, text = changed[0]
        was = page.read_text()
        page.write_text(text)
        try:
            for who in ("check", "test", "prove"):
                if who not in before:
                    page.write_text(was)
                    before[who] = said(getattr(asked, who)(edit.pack)[1])
                    page.write_text(text)
                _, output = getattr(asked, who)(edit.pack)
                new = said(output) - before[who]
                if new:
                    first = next(head for head in new)
                    if who == "test":  # the example, what was wanted and what came
                        lines = [line.strip() for line in output.splitlines()]
                        at = next(i for i, line in enumerate(lines) if line.startswith("wanted:"))
                        first = f"{first}; {lines[at]}; {lines[at + 1]}"
                    if who == "check":  # and what to do about it
                        after = output[output.index(first):]
                        first += "; " + re.search(r"help: [^\n]*", after)[0] if "help: " in after.split("\n\n")[0] else ""
                    return who, re.sub(r"\s+", " ", first)
        finally:
            page.write_text(was)
        return "nobody", ""


if __name__ == "__main__":
    if "--record" in sys.argv:
        sys.argv.remove("--record")
        RECORD = True
    LAWBOUND = sys.argv.pop(1)
    unittest.main()
