#!/usr/bin/env python3
"""Bad texts of law, through the program as a person runs it: taken in with a report that names the place, or refused
with the place; the registry is whole afterwards, memory and time bounded.

Usage: law_bad_input_test.py LAWBOUND
"""
import io
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
MEGABYTE = 1 << 20
HEAD = "2020年1月1日公布\n2020年6月1日施行\n<!-- INFO END -->\n"
AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act">'


def docx(document):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


class BadTexts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "texts").mkdir()
        self.put("good.md", f"# 灯油法\n{HEAD}第一条 灯油应当登记。\n")

    def put(self, name, content):
        path = self.root / "texts" / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def law(self, *arguments):
        def bound():
            resource.setrlimit(resource.RLIMIT_AS, (1024 * MEGABYTE, 1024 * MEGABYTE))
            resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        done = subprocess.run([PROGRAM, "law", *map(str, arguments)], capture_output=True, text=True, timeout=60, cwd=self.root,
                              preexec_fn=None if "sanitize" in str(PROGRAM) or "asan" in str(PROGRAM) else bound)
        return done.returncode, done.stdout + done.stderr

    def take_in(self, *wanted, code=0, versions=None):
        """Imports the texts; every wanted line must be in the report, and the registry whole."""
        registry = self.root / "registry"
        result, said = self.law("import", registry, self.root / "texts", "--territory", "prc", "--rank", "law", "--report", "-")
        self.assertEqual(result, code, said[:2000])
        for words in wanted:
            self.assertIn(words, said)
        connection = sqlite3.connect(registry)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        count = connection.execute("SELECT count(*) FROM version").fetchone()[0]
        orphans = connection.execute("SELECT count(*) FROM unit WHERE version NOT IN (SELECT id FROM version)").fetchone()[0]
        self.assertEqual(orphans, 0)
        connection.close()
        if versions is not None:
            self.assertEqual(count, versions)
        return said

    def show(self, address, code=0):
        result, said = self.law("show", self.root / "registry", address)
        self.assertEqual(result, code, said)
        return said

    def test_missing_numbers(self):
        self.put("a.md", f"# 灯笼法\n{HEAD}第一条 甲。\n第四条 乙。\n")
        self.take_in("not understood\ta.md\t6\tan article number is missing: 4 after 1", versions=2)
        self.assertIn("乙。", self.show("/law/prc/灯笼法/art_4"))

    def test_two_articles_five(self):
        self.put("a.md", f"# 灯笼法\n{HEAD}第五条 甲。\n第五条 乙。\n")
        self.take_in("not understood\ta.md\t6\tan article number comes twice: 5", versions=2)
        self.assertIn("甲。", self.show("/law/prc/灯笼法/art_5"))
        self.assertIn("乙。", self.show("/law/prc/灯笼法/art_5~2"))

    def test_mixed_encodings(self):
        first = f"# 灯笼法\n{HEAD}第一条 灯笼应当亮。\n"
        self.put("a.md", first.encode() + "第二条 灯笼不得倒，应当登记。\n".encode("gb18030"))
        self.take_in("refused\ta.md\t6\t", versions=1)

    def test_contradictory_dates(self):
        self.put("灯笼法(2019-05-05).md", "# 灯笼法\n2020年1月1日公布\n2020年6月1日施行\n<!-- INFO END -->\n第一条 甲。\n"
                 "第二条 本法自2021年3月1日起施行。\n")
        self.put("b.md", "# 灯台法\n2020年2月30日公布\n<!-- INFO END -->\n第一条 甲。\n")
        self.take_in("publication in the file's name 2019-05-05; last in the head 2020-01-01",
                     "commencement in the head 2020-06-01; in an article 2021-03-01",
                     "not understood\tb.md\t2\ta date does not exist: 2020年2月30日", versions=3)

    def test_entities(self):
        self.put("a.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>' + AKN + "&x;</act></akomaNtoso>")
        self.put("b.xml", '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">' + AKN + "</act></akomaNtoso>")
        said = self.take_in("refused\ta.xml\t1\t", "refused\tb.xml\t", versions=1)
        self.assertNotIn("root:", said)

    def test_entity_bomb(self):
        levels = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
        self.put("a.xml", f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "lol">{levels}]>{AKN}&a12;</act></akomaNtoso>')
        self.take_in("refused\ta.xml\t1\t", versions=1)

    def test_deep_and_endless_xml(self):
        self.put("a.xml", AKN + "<p>" * 200_000)
        self.put("b.xml", AKN)
        self.take_in("refused\ta.xml\t1\t", "refused\tb.xml\t", versions=1)

    def test_inflating_document(self):
        """A text over a limit stops the import, and is named; one that is damaged is only left out."""
        self.put("b.docx", b"PK\x03\x04 and no more")
        self.take_in("refused\tb.docx\t", versions=1)
        self.put("a.docx", docx("<w:document>" + " " * (300 * MEGABYTE) + "</w:document>"))
        self.take_in("importing 'a.docx': 'word/document.xml' holds more than 67108864 bytes", code=4, versions=1)

    def test_nothing_in_it(self):
        self.put("a.md", "")
        self.put("b.md", b"\x00" * 4096)
        self.put("c.txt", "灯笼法\n")
        self.take_in("refused\ta.md\t", "refused\tb.md\t", "refused\tc.txt\t", versions=1)

    def test_a_text_too_large_leaves_everything_out(self):
        self.put("z.md", b"x" * (17 * MEGABYTE))
        result, said = self.law("import", self.root / "registry", self.root / "texts", "--territory", "prc")
        self.assertEqual(result, 4, said)
        self.assertIn("z.md", said)
        connection = sqlite3.connect(self.root / "registry")
        self.assertEqual(connection.execute("SELECT count(*) FROM version").fetchone(), (0,))
        connection.close()

    def test_new_users_mistakes(self):
        for arguments, code, words in (
                (("import", "r", "nowhere"), 3, "no file or folder 'nowhere'"),
                (("show", "nowhere", "/law/prc/x"), 3, "nowhere"),
                (("show", __file__, "/law/prc/x"), 3, "not a"),
                (("search",), 2, "--help"),
                (("frobnicate",), 2, "--help")):
            result, said = self.law(*arguments)
            self.assertEqual(result, code, f"{arguments}: {said}")
            self.assertIn(words, said)
        self.assertFalse((self.root / "r").exists(), "a registry was made for texts that are not there")
        self.take_in()
        registry = self.root / "registry"
        for arguments, code, words in (
                (("show", registry, "灯油法"), 3, "is no address"),
                (("show", registry, "/law/prc/灯笼法"), 3, "the registry has no '灯笼法'"),
                (("show", registry, "/law/prc/灯油法/art_9"), 3, "has no 'art_9'"),
                (("show", registry, "/law/prc/灯油法", "--known", "yesterday"), 2, "--known"),
                (("search", registry, "，"), 3, "word"),
                (("search", registry, "灯油", "--rank", "frobnicate"), 3, "no instrument of rank 'frobnicate'"),
                (("search", registry, "灯油", "--maker", "nobody"), 3, "no instrument made by 'nobody'"),
                (("export", registry, "/law/prc/灯油法", "--format", "pdf"), 3, "none of akn, json, markdown, html"),
                (("lint", registry, "nowhere.md", "--rank", "law"), 3, "nowhere.md"),
                (("changed", registry, "soon"), 2, "soon"),
                (("cite", registry), 2, "ADDRESS")):
            result, said = self.law(*arguments)
            self.assertIn(words, said, arguments)
            self.assertEqual(result, code, f"{arguments}: {said}")


if __name__ == "__main__":
    unittest.main()
