#!/usr/bin/env python3
"""What the registry of law shows on the corpus that is given beside the project, through the program as a person runs
it: exact counts, two versions compared, answers as of a day and as known on another, what rests on a text, exports
that the OASIS schema accepts, every citation of the packs.  Skipped (exit code 77) where the corpus is not.

Usage: law_corpus_test.py LAWBOUND FOLDER     FOLDER is where the corpus is unpacked, once
"""
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import corpus as given  # noqa: E402

FOLDER = pathlib.Path(sys.argv.pop(2))
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
CORPUS = given.unpacked(FOLDER)
SHARED = given.shared()
KNOWN = "2026-06-01"  # the day of the import
PACKS = ROOT / "packs" / "prc"
RECONSIDERATION = "诉讼与非诉讼程序法/行政复议法({}-09-01).md"

PAGE = """# Reconsideration in time

```lawbound
pack test/in-time "Reconsideration in time" @en
zone Asia/Shanghai
counted by calendar-days
instrument ARL "行政复议法" statute seen
counting calendar-days under ARL 1
  calendar weekday
  first day does not count
  rest day at the end moves on
role office "Reconsideration office": body
role applicant "Applicant": person
act accept "Application accepted" by office to applicant under ARL 1
act decide "Decision" by office to applicant on accept under ARL 1
  identity: yes-no
rule decide-in-time "The decision in time" under ARL 62(1), ARL 31(1)
  governed by accept
  office must decide within 60 days of accept
mapping log csv case "case" act "act" time "time"
  "accept" -> accept
  "decide" -> decide identity="identity"
```
"""


def law(*arguments):
    """Exit code and what the program printed."""
    done = subprocess.run([PROGRAM, "law", *map(str, arguments)], capture_output=True, text=True, timeout=900)
    return done.returncode, done.stdout + done.stderr


class Corpus(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.registry = cls.root / "law.registry"
        code, said = law("import", cls.registry, CORPUS, "--known", KNOWN)
        assert code == 0, said
        cls.said = said
        # Documents that the packs cite and the corpus has not.
        code, said = law("import", cls.registry, SHARED / "law" / "texts", "--known", KNOWN, "--territory", "prc")
        assert code == 0, said

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def ask(self, *arguments, code=0):
        result, said = law(*arguments)
        self.assertEqual(result, code, said[:2000])
        return said

    def test_import_says_what_it_took_in_and_a_second_one_changes_nothing(self):
        files, new = map(int, re.match(r"(\d+) texts: (\d+) new", self.said).groups())
        self.assertGreaterEqual(files, 3400)
        self.assertGreaterEqual(new, 3300)
        copy = self.root / "again"
        shutil.copyfile(self.registry, copy)
        # Some hundred texts again: unchanged, every one.
        again = self.ask("import", copy, CORPUS / "行政法规", "--rank", "administrative-regulation", "--territory", "prc",
                         "--known", "2026-07-01")
        self.assertRegex(again, r"^\d+ texts: 0 new, ")
        self.assertIn(" 0 corrected", again)

    def test_counts_equal_brute_force(self):
        connection = sqlite3.connect(self.registry)
        texts = [f"{heading}\n{text}" for heading, text in connection.execute("SELECT heading, text FROM unit")]
        connection.close()
        draw = random.Random(20)
        words = {"处罚", "行政处罚", "备案"}
        while len(words) < 60:
            text = draw.choice(texts)
            at, length = draw.randrange(len(text)), draw.choice((2, 3, 4))
            word = text[at:at + length]
            if len(word) == length and all("\u4e00" <= c <= "\u9fff" for c in word):
                words.add(word)
        for word in sorted(words):
            found = self.ask("search", self.registry, word, "--count", "0", "--known", KNOWN)
            self.assertEqual(found.split()[0], str(sum(word in text for text in texts)), word)

    def test_two_versions_compare_article_by_article(self):
        said = self.ask("compare", self.registry, "/law/prc/2017/administrative-reconsideration-law",
                        "/law/prc/2023/administrative-reconsideration-law")
        # The law of 2017 has 43 articles, that of 2023 has 90: each stands in the comparison.
        for article in (1, 43):
            self.assertRegex(said, rf"\bart_{article}\b")
        self.assertRegex(said, r"\bart_90\b")

    def test_as_of_and_as_known(self):
        registry, texts = self.root / "two", self.root / "texts"
        texts.mkdir()
        shutil.copyfile(CORPUS / "db.sqlite3", texts / "db.sqlite3")  # the day on which the law of 2017 commenced stands there
        for year, known in ((2017, "2018-01-01"), (2023, "2023-09-02")):
            file = RECONSIDERATION.format(year)
            (texts / file).parent.mkdir(exist_ok=True)
            shutil.copyfile(CORPUS / file, texts / file)
            self.ask("import", registry, texts, "--known", known)
        address = "/law/prc/administrative-reconsideration-law/art_1@"
        for day, known, wanted in (("2023-12-31", "2026-01-01", "/law/prc/2017/"),
                                   ("2024-01-01", "2026-01-01", "/law/prc/2023/"),
                                   ("2024-06-01", "2023-09-01", "/law/prc/2017/"),  # nobody knew of the second yet
                                   ("2024-06-01", "2023-09-02", "/law/prc/2023/")):
            said = self.ask("show", registry, address + day, "--known", known)
            self.assertTrue(said.startswith(wanted), f"{day} known {known}: {said[:200]}")
            self.assertIn("in force", said)
        self.assertIn("no version", self.ask("show", registry, address + "2017-01-01", "--known", "2026-01-01", code=3))

    def test_what_rests_on_the_filing_regulation_of_2001(self):
        said = self.ask("dependants", self.registry, "/law/prc/2001/filing-regulation", "--on", "2024-06-01")
        self.assertRegex(said, r"published 2001-12-14, in force 2002-01-01 to 2024-10-31")
        self.assertIn("repealed on 2024-11-01: /law/prc/2024/filing-and-review-regulation", said)
        # Looking through every text finds one, besides the text that repeals it.
        self.assertIn("Texts in force on 2024-06-01: 1\n/law/prc/2017/rule-making-procedure-regulation/art_34@2024-06-01", said)
        self.assertIn("to do: ask the maker of that text", said)

    def test_twenty_exports_are_valid(self):
        schema = SHARED / "data" / "akn" / "akomantoso30.xsd"
        if not schema.is_file() or shutil.which("xmllint") is None:
            self.skipTest("no schema, or no xmllint")
        connection = sqlite3.connect(self.registry)
        rows = connection.execute("SELECT territory, address_name FROM instrument ORDER BY id").fetchall()
        connection.close()
        drawn = random.Random(3).sample(rows, 18) + [("prc", "criminal-law"), ("prc", "constitution")]
        files = []
        for number, (territory, name) in enumerate(drawn):
            files.append(self.root / f"{number}.xml")
            self.ask("export", self.registry, f"/law/{territory.replace('/', '-')}/{name}", "--format", "akn", "--out", files[-1])
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, *files], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        self.assertEqual(done.stderr.count(" validates"), 20)

    def test_every_citation_of_the_packs_resolves(self):
        def not_borne_out(registry):
            # Not among the texts given: the law of 2017, for matters that began under it, and provisions read as web copies.
            said = subprocess.run([PROGRAM, "check", PACKS, "--registry", registry, "--on", "2026-06-01", "--known", KNOWN,
                                   "--calendars", ROOT / "packs" / "calendars"], capture_output=True, text=True)
            self.assertEqual(said.returncode, 0, said.stderr[-2000:])
            return [line for line in (said.stdout + said.stderr).splitlines()
                    if re.search(r": L00\d: ", line) and not re.search("no text of '(ARL17|PRV)'", line)]

        self.assertEqual(not_borne_out(self.registry), [])
        nearly_empty = self.root / "nearly-empty"
        self.ask("import", nearly_empty, CORPUS / RECONSIDERATION.format(2023), "--rank", "law", "--territory", "prc")
        self.assertGreater(len(not_borne_out(nearly_empty)), 10)

    def test_explanations_show_the_words_of_the_day(self):
        page, log = self.root / "page.md", self.root / "log.csv"
        page.write_text(PAGE, encoding="utf-8")
        log.write_text("case,act,time,identity\nA1,accept,2023-03-01,\nA1,decide,2023-06-30,yes\n"
                       "A2,accept,2024-03-01,\nA2,decide,2024-08-30,yes\nA3,accept,2024-08-30,\n", encoding="utf-8")
        for case, address in (("A1", "/law/prc/2017/administrative-reconsideration-law/art_31/para_1@2023-03-01"),
                              ("A2", "/law/prc/2023/administrative-reconsideration-law/art_62/para_1@2024-03-01")):
            done = subprocess.run([PROGRAM, "explain", page, log, "--case", case, "--registry", self.registry, "--known", KNOWN,
                                   "--calendars", ROOT / "packs" / "calendars"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            lines = done.stdout.splitlines()
            shown = [number for number, line in enumerate(lines) if line.strip() == f"| {address}"]
            self.assertEqual(len(shown), 1, done.stdout)
            self.assertIn("六十日内", lines[shown[0] + 1])

    def test_open_matters_and_documents_that_rest_on_a_provision(self):
        page, log, note = self.root / "page2.md", self.root / "log2.csv", self.root / "note.md"
        page.write_text(PAGE, encoding="utf-8")
        log.write_text("case,act,time,identity\nA1,accept,2024-03-01,\nA1,decide,2024-03-30,yes\nA3,accept,2024-03-20,\n",
                       encoding="utf-8")
        note.write_text("We decide under Article 62(1) of the Administrative Reconsideration Law.\nPenalty 42 is another.\n",
                        encoding="utf-8")
        said = self.ask("dependants", self.registry, "/law/prc/2023/administrative-reconsideration-law/art_62",
                        "--on", "2024-06-01", "--pack", page, "--matters", log, "--document", note, "--english",
                        "--calendars", ROOT / "packs" / "calendars")
        self.assertIn("rule decide-in-time, under ARL 62(1)", said)
        self.assertIn("under decide-in-time: 1: A3", said)
        self.assertIn("note.md:1: Article 62(1) of the Administrative Reconsideration Law", said)
        self.assertNotIn("Penalty 42", said)

    def test_readers_of_citations_keep_their_bar(self):
        """Recall and precision of words and target, at least 95 % on every set labelled by hand."""
        for folder, more in (("", ()), ("second", ()), ("third", ()), ("fourth", ()), ("fifth", ()),
                             ("english", ("--english",)), ("english-second", ("--english",))):
            texts = SHARED / "law" / "rules" if more else CORPUS
            said = self.ask("cite", self.registry, "--measure", ROOT / "tests" / "citations" / folder, "--corpus", texts, *more)
            recall, precision = map(float, re.search(r"target: recall ([\d.]+) %, precision ([\d.]+) %", said).groups())
            self.assertGreaterEqual(min(recall, precision), 95, f"{folder}: {said}")


if __name__ == "__main__":
    if CORPUS is None:
        print(f"skipped: no {SHARED}/law/corpus.tar.xz")
        sys.exit(given.SKIPPED)
    unittest.main()
