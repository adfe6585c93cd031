#!/usr/bin/env python3
"""What every pack of the project has, read as text and asked of the program: packs_test.py LAWBOUND.

A plain paragraph above each rule, in Chinese too where the statute is Chinese; the standing prohibitions in every Chinese
pack with a procedure; no open difference in the comparisons; and `lawbound all` over all packs, within its time.
"""
import pathlib
import re
import resource
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAWBOUND = None
CHINESE = re.compile("[\u4e00-\u9fff]")
PROCEDURES = sorted(p.parent for p in ROOT.glob("packs/prc/*/coverage.tsv") if p.parent.name != "base")


def pages(folder):
    return sorted(p for p in folder.glob("*.md") if "```lawbound" in p.read_text())


def sections(page):
    """(heading, prose, code) of each section."""
    for section in re.split(r"(?m)^(?=#+ )", page.read_text()):
        code = "\n".join(re.findall(r"```lawbound\n(.*?)```", section, re.S))
        prose = re.sub(r"```lawbound\n.*?```", "", section, flags=re.S)
        heading, _, rest = prose.partition("\n")
        yield heading, rest, code


def fields(code, act):
    body = re.search(rf"(?m)^act {re.escape(act)} [^\n]*\n((?:  [^\n]*\n)*)", code)[1]
    named = re.findall(r"(?m)^  ([a-z0-9, -]+): ", body)
    return {name for names in named for name in names.split(", ")}


def only_named(code):
    """Fields, choices, facts, terms, tables and credentials: what the language gives no title."""
    names = set()
    for line in code.splitlines():
        fact = re.match(r"fact ([a-z0-9, -]+?)(?: of | found| =| accrues| presumed)", line)
        field = re.match(r"  ([a-z0-9-]+(?:, [a-z0-9-]+)*): (.*)$", line)
        for match in (fact, field if field and field[1] != "breach" else None,
                      re.match(r"(?:replaces \S+ )?(?:term|table) ([a-z0-9-]+)", line),
                      re.match(r"  [^:]*: one of (.*?)(?: optional)?$", line), re.match(r"role .* with ([a-z-]+)", line),
                      re.search(r" as one of ([a-z, -]+?) presumed", line)):
            names |= {name.strip() for name in match[1].split(",")} if match else set()
    return names


def words_of(number):
    """A number as prose says it: in English words, in Chinese numerals."""
    small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
             "eighteen nineteen").split()
    tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
    digits = "零一二三四五六七八九"
    if number > 99:
        english, chinese = words_of(number - 100)
        return [f"hundred and {english[0]}", str(number)], [f"一百{'一' * (number < 120)}{chinese[0]}", str(number)]
    ten, one = divmod(number, 10)
    english = small[number] if number < 20 else tens[ten] + (f"-{small[one]}" if one else "")
    chinese = ("" if ten == 0 else "十" if ten == 1 else digits[ten] + "十") + (digits[one] if one or not ten else "")
    return [english, str(number)], [chinese, str(number)]


def in_english(length):
    """"六十日" as the pack writes it: "60 days"."""
    match = re.fullmatch(r"([一二三四五六七八九十]+)(日|个月|个工作日)", length)
    if not match:
        return length
    tens, _, ones = match[1].rpartition("十")
    digits = "零一二三四五六七八九"
    number = (digits.index(tens) if tens else "十" in match[1]) * 10 + (digits.index(ones) if ones else 0)
    return f"{number} {({'日': 'days', '个月': 'months', '个工作日': 'working days'})[match[2]]}"


class Packs(unittest.TestCase):
    def test_a_paragraph_above_each_rule(self):
        for page in ROOT.glob("packs/*/*/*.md"):
            chinese = page.parts[-3] == "prc"
            for heading, prose, code in sections(page):
                if not re.search(r"(?m)^rule ", code):
                    continue
                with self.subTest(page=page.relative_to(ROOT), section=heading):
                    self.assertGreaterEqual(len(re.findall(r"[A-Za-z]{3,}", prose)), 8)
                    if chinese:
                        self.assertGreaterEqual(len(CHINESE.findall(prose)), 15)

    def test_the_paragraph_says_every_number_and_each_rule(self):
        """What a citizen reads has the lengths that the rules below it run, and at least a sentence for each rule."""
        for page in ROOT.glob("packs/prc/*/*.md"):
            for heading, prose, code in sections(page):
                rules = len(re.findall(r"(?m)^rule ", code))
                text = heading.lower() + " " + prose.lower()
                with self.subTest(page=page.relative_to(ROOT), section=heading):
                    if rules or re.search(r"(?m)^term ", code):
                        for length in {int(n) for n in re.findall(r"\b(\d+) (?:working days|days|months|years|hours)\b", code)}:
                            english, chinese = words_of(length)
                            if length > 1:
                                self.assertTrue(any(word in text for word in english), f"no {length} in English")
                                self.assertTrue(any(word in text for word in [*chinese, "两" if length == 2 else chinese[0]]),
                                                f"no {length} in Chinese")
                    self.assertGreaterEqual(len(re.findall(r"[.;:?](?:\s|$)", text)), rules)
                    self.assertGreaterEqual(len(re.findall(r"[。；，：]", prose)), rules)

    def test_titles_are_chinese_too(self):
        for page in ROOT.glob("packs/prc/*/*.md"):
            for kind, name, rest in re.findall(r"(?m)^(rule|act|role|thing) ([a-z0-9-]+) ([^\n]*(?:\n    [^\n]*)?)",
                                               "".join(code for _, _, code in sections(page))):
                with self.subTest(page=page.relative_to(ROOT), kind=kind, name=name):
                    self.assertRegex(rest, '"[^"]*[\u4e00-\u9fff][^"]*" @zh')

    def test_what_a_pack_only_names_is_called_in_two_languages(self):
        for folder in PROCEDURES:
            used = [folder, *(folder.parent / name for name in ("prohibitions", "base"))]
            if folder.name == "penalty-market":
                used.insert(1, folder.parent / "penalty")
            called = {}
            for one in used:
                lines = (one / "names.tsv").read_text().splitlines() if (one / "names.tsv").exists() else []
                for line in lines:
                    if not line.startswith("#"):
                        name, english, chinese = line.split("\t")
                        self.assertRegex(english, "[A-Za-z]", line)
                        self.assertRegex(chinese, CHINESE, line)
                        called.setdefault(name, (english, chinese))
            code = "".join(code for one in used for page in pages(one) if not re.search("example|log", page.name)
                           for _, _, code in sections(page))
            with self.subTest(pack=folder.name):
                self.assertEqual(only_named(code) - set(called), set())

    def test_examples_show_each_time_each_deemed_act_and_each_consequence(self):
        # The first two count days after a breach; five years from now no calendar is published; hours have no day.
        unshown = {("penalty", "late"), ("penalty", "spot-late"), ("reconsideration", "outer-time"), ("penalty-market", "approval-time")}
        for folder in PROCEDURES:
            code = "".join(code for page in pages(folder) for _, _, code in sections(page))
            lines = re.sub(r"\n    ", " ", "".join(re.findall(r'(?m)^example "[^\n]*\n(?:  [^\n]*\n)*', code))).splitlines()
            shown = "\n".join(lines)
            with self.subTest(pack=folder.name):
                times = {(folder.name, term) for term in re.findall(r"(?m)^(?:replaces \S+ )?term ([a-z0-9-]+):", code)
                         if not re.search(rf"due {term} ", shown)}
                self.assertEqual(times - unshown, set())
                self.assertEqual([act for act in re.findall(r"(?m)^  (?:on|breach)[^\n]*?([a-z-]+) is deemed", code)
                                  if f"deemed {act}" not in shown], [])
                missing = []
                for effects in re.findall(r"(?m)^  breach: ([^\n]*)", code):
                    for effect in effects.split("; "):
                        simple = re.fullmatch(r"([a-z-]+) is (voidable|void|irregular|inadmissible)", effect)
                        if simple and not any(re.search(rf"\b{simple[1]}\b", line) and re.search(rf"(->|;) {simple[2]}\b", line)
                                              for line in lines):
                            missing.append(effect)
                        elif effect.endswith((" answers", " falls")) and effect not in shown:
                            missing.append(effect)
                self.assertEqual(missing, [])

    def test_what_is_said_to_be_promised_is(self):
        rows = [line.removeprefix("|").removesuffix("|").split("|") for line in (ROOT / "docs/findings/what-is-promised.md").read_text().splitlines()
                if line.startswith("|") and not line.startswith("|---")]
        packs = [re.search(r"`([a-z-]+)`", cell)[1] for cell in rows[0] if "`" in cell]
        self.assertEqual(len(packs), 7)
        questions = {"no-remedy", "remedy-untold", "in-time", "enforced-in-time", "ask-reconsideration"}
        said = 0
        for row in rows[1:]:
            for pack, cell in zip(packs, row[1:], strict=True):
                own = [pack, "penalty"] if pack == "penalty-market" else [pack]
                promised = {name for one in own for page in pages(ROOT / "packs/prc" / one)
                            for name in re.findall(r"(?m)^guarantee ([a-z-]+): ", page.read_text())}
                for name in set(re.findall(r"`([a-z][a-z-]+)`", cell)) - questions - set(packs):
                    said += 1
                    with self.subTest(pack=pack, guarantee=name):
                        self.assertIn(name, promised)
        self.assertGreater(said, 60)

    def test_the_prohibitions_bind_every_procedure(self):
        for folder in PROCEDURES:
            with self.subTest(pack=folder.name):
                text = "".join(page.read_text() for page in pages(folder))
                if "use prc/penalty" in text:
                    continue  # they come with it
                self.assertIn("\nuse prc/prohibitions\n", text)
                if folder.name != "targets":  # that one looks at the orders themselves
                    self.assertRegex(text, r"(?m)^  no .*(only-minutes-or-orders|for-a-target)")

    def test_comparisons_are_closed(self):
        compared = {p.name for p in ROOT.glob("docs/findings/*-word-by-word.md")}
        self.assertGreaterEqual(len(compared), 6)
        for page in ROOT.glob("docs/findings/*-word-by-word.md"):
            for line in page.read_text().splitlines():
                if line.startswith("|"):
                    self.assertNotRegex(line, r"\*\*open\*\*|\| is: ", page.name)

    def test_templates_have_every_field_and_the_packs_times(self):
        for page in sorted(ROOT.glob("packs/prc/*/templates.md")):
            code = "".join(code for one in pages(page.parent) for _, _, code in sections(one))
            for act, text in re.findall(r"(?ms)^## (\S+)\n(.*?)(?=^## |\Z)", page.read_text()):
                chinese, english = re.split(r"(?m)^### (?:中文|English)\n", text)[1:]
                with self.subTest(page=page.relative_to(ROOT), act=act):
                    wanted = fields(code, act)
                    for body in (chinese, english):
                        placed = set(re.findall(r"\{([a-z-]+)\}", body))
                        self.assertEqual(placed - wanted - {"agency", "party", "case", "day"}, set())
                        self.assertEqual(wanted - placed, set())
                        for term, length in re.findall(r"\{([a-z0-9-]+): ([^}]*)\}", body):
                            self.assertIn(in_english(length), re.findall(rf"(?m)^term {term}: (\d+ [a-z ]+?) from", code))
                    self.assertEqual(*(sorted(re.findall(r"\{([a-z-]+):", body)) for body in (chinese, english)))
                    if "remedy" in wanted:
                        self.assertRegex(chinese, "救济途径")
                        self.assertRegex(english, "Remedies")

    def test_every_act_that_tells_a_remedy_has_a_template(self):
        for folder in PROCEDURES:
            code = "".join(code for page in pages(folder) for _, _, code in sections(page))
            told = re.findall(r"(?m)^act ([a-z0-9-]+) [^\n]*\n(?:    [^\n]*\n)*(?:  [^\n]*\n)*?  [^\n]*\bremedy\b[^\n]*: ", code)
            if told:
                with self.subTest(pack=folder.name):
                    self.assertEqual(set(told) - set(re.findall(r"(?m)^## (\S+)$", (folder / "templates.md").read_text())), set())

    def test_all_packs_in_one_command(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        run = subprocess.run([LAWBOUND, "all", ROOT / "packs", "--seconds", "0.05"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertEqual(len(run.stdout.splitlines()), len({p.parent for p in ROOT.glob("packs/*/*/*.md")
                                                            if "```lawbound" in p.read_text()}))
        for line in run.stdout.splitlines():
            self.assertRegex(line, r" 0 came out otherwise; guarantees: \d+ proved, \d+ not yet decided, none refuted;")
        # Seconds, of the processor: the machine has others to serve.  A sanitizer's build is not asked.
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 30)


if __name__ == "__main__":
    LAWBOUND = sys.argv.pop(1)
    unittest.main()
