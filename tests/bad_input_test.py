#!/usr/bin/env python3
"""Bad input, through the program as a person runs it: a clear message with place and remedy, the right exit code,
nothing half-written, memory bounded.

Usage: bad_input_test.py LAWBOUND
"""
import gzip
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent
PACK = ROOT / "packs" / "it" / "traffic-fine"
MISTAKES, USAGE, BAD_INPUT, LIMIT = 1, 2, 3, 4
MEGABYTE = 1 << 20
# A debug build with a pack loaded takes some 20 MB; the limits of ingest (docs/formats) allow a case of 64 MB, which
# is doubled while its buffer grows.
MOST_MEMORY = 400 * MEGABYTE

HEAD = """# A page

```lawbound
pack test/bad "Bad" @en
zone Europe/Rome
counted by italian-days
instrument CdS "Codice della strada" statute seen
counting italian-days under CdS 155
  calendar italy
role police "Police office": body
role offender "Liable person": person
act issue "Finding of the offence" by police to offender under CdS 200
  amount: money
act send "Report dispatched" by police to offender on issue under CdS 201
"""
RULE = """rule late "In time" under CdS 201
  police must send within 90 days of issue
"""
CSV_MAPPING = """mapping log csv case "case" act "act" time "time"
  "issue" -> issue amount="amount"
  "send" -> send
"""
XES = '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n'


def page(body):
    return HEAD + body + "```\n"


def trace(case, *events):
    inner = "".join(f'<event><string key="concept:name" value="{act}"/><date key="time:timestamp" value="{time}"/>{rest}'
                    '</event>\n' for act, time, rest in events)
    return f'<trace>\n<string key="concept:name" value="{case}"/>\n{inner}</trace>\n'


class BadInput(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *arguments, pipe=None):
        """Exit code, what was said, and the peak of memory in bytes.  `pipe`: a shell command to read from."""
        command = [str(PROGRAM), *map(str, arguments)]
        out = self.folder / ".out"
        with out.open("wb") as said:
            feeder = pipe and subprocess.Popen(["bash", "-c", pipe], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            process = subprocess.Popen(command, stdin=feeder.stdout if feeder else subprocess.DEVNULL, stdout=said,
                                       stderr=subprocess.STDOUT, cwd=self.folder,
                                       env={**os.environ, "TMPDIR": str(self.folder / "tmp")})
            if feeder:
                feeder.stdout.close()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if feeder:
                feeder.wait()
        text = out.read_text(encoding="utf-8", errors="replace")
        out.unlink()
        return process.returncode, text, usage.ru_maxrss * 1024

    def refuse(self, code, wanted, *arguments, pipe=None, within=MOST_MEMORY):
        """Runs it, and expects the code, every wanted word in what it says, and bounded memory."""
        (self.folder / "tmp").mkdir(exist_ok=True)
        before = sorted(self.folder.rglob("*"))
        result, said, memory = self.run_program(*arguments, pipe=pipe)
        for word in wanted:
            self.assertIn(word, said)
        self.assertEqual(result, code, said[:2000])
        self.assertLess(len(said), 100_000, "an endless message")
        self.assertLess(memory, within)
        self.assertEqual(sorted(self.folder.rglob("*")), before, "something was left behind, or half-written")

    def audit(self, code, wanted, log, pack=PACK, **more):
        self.refuse(code, wanted, "audit", pack, log, "--quiet", "--html", self.folder / "report.html", "--json",
                    self.folder / "report.json", **more)

    # ---------------------------------------------------------------------------------------------------- packs

    def check(self, code, wanted, content, **more):
        self.refuse(code, wanted, "check", self.write("page.md", content), "--calendars", ROOT / "packs" / "calendars",
                    **more)

    def test_good_pack(self):
        self.check(0, ["nothing to mend"], page(RULE))

    def test_malformed_pack(self):
        self.check(MISTAKES, ["page.md:15:21: S004", "help:"], page("rule late \"In time\" where\n"))
        self.check(MISTAKES, ["S018", "help: start the block with a line like 'pack"], "```lawbound\n```\n")
        self.check(BAD_INPUT, ["no page with a ```lawbound block"], "# Nothing here\n")
        self.refuse(BAD_INPUT, ["absent.md", "No such file"], "check", "absent.md")

    def test_pack_of_another_encoding(self):
        self.check(MISTAKES, ["S007"], page(RULE).encode().replace(b"In time", b"In t\xefme"))
        self.check(BAD_INPUT, ["no page with a"], page(RULE).encode("utf-16"))

    def test_date_and_number_in_a_pack(self):
        self.check(MISTAKES, ["2011-02-30", "page.md:16:8:"],
                   page(RULE.replace("  police", "  from 2011-02-30 police")))
        self.check(MISTAKES, ["page.md:16:", "help:"],
                   page(RULE.replace("90", "99999999999999999999")))

    def test_facts_that_go_round_or_double(self):
        self.check(MISTAKES, ["C037: facts explain each other: one uses two uses one", "help:"],
                   page("fact one = not two\nfact two = not one\n" + RULE))
        paid = 'act pay "Payment" by offender under CdS 202\n  paid: money\n'  # money decides only where it is paid
        double = paid + "fact f0 = issue.amount\n" + "".join(f"fact f{i} = f{i - 1} + f{i - 1}\n" for i in range(1, 61))
        self.check(MISTAKES, ["C054: this takes 16381 steps", "help: a fact is worked out each time"],
                   page(double + "rule r \"R\" under CdS 201\n  no send if f60 > 1.00 EUR\n"))

    def test_citations_without_end(self):
        many = ", ".join(f"CdS {i}" for i in range(1, 300))
        self.check(MISTAKES, ["C029: citations of one thing: at most 100"],
                   page(RULE.replace("CdS 201", many)))
        # Each sentence with a time of its own repeats the citations of its rule.
        cited = ", ".join(f"CdS {i}" for i in range(1, 101))
        def rule(name, sentences):
            return f'rule {name} "In time" under {cited}\n' + "".join(
                f"  police must send within {i % 900 + 1} days of issue\n" for i in range(sentences))
        self.check(MISTAKES, ["C029: sentences of a pack: at most 10000"], page(rule("late", 12_000)),
                   within=600 * MEGABYTE)
        self.check(MISTAKES, ["C029: citations of a pack"], page(rule("late", 5_000) + rule("later", 5_000)),
                   within=600 * MEGABYTE)

    def test_what_a_reader_would_not_see(self):
        self.check(MISTAKES, ["S006: hidden character U+0000"], page(RULE).replace("In time", "In\0time"))
        self.check(0, ["nothing to mend"], b"\xef\xbb\xbf" + page(RULE).encode())
        self.check(0, ["nothing to mend"], page(RULE).replace("\n", "\r\n"))

    def test_nesting(self):
        for expression in ("(" * 1900 + "issue" + ")" * 1900, "not " * 900 + "issue"):
            self.check(MISTAKES, ["S011: this is nested more than 100 deep", "help: name a part of it with 'fact'"],
                       page(f"fact deep = {expression}\n" + RULE))

    def test_long_line_and_large_page(self):
        self.check(MISTAKES, ["a line of code has at most 4000 bytes"], page("fact a = " + "b" * 10_000 + "\n" + RULE))
        self.check(LIMIT, ["page.md' is larger than 4194304 bytes"], page("# " + "x" * 5_000_000 + "\n"))
        self.refuse(LIMIT, ["is larger than 4194304 bytes"], "check", "/dev/stdin",
                    pipe="head -c 1G /dev/zero | tr '\\0' a", within=100 * MEGABYTE)

    def test_packs_that_use_one_another(self):
        """Round in a circle, a pack that is not there, one that is too large: refused where it says 'use'."""
        calendars = ["--calendars", ROOT / "packs" / "calendars"]
        for path, uses in (("base", "far"), ("far", "base")):
            self.write(f"{path}.md", page(RULE).replace("pack test/bad", f"pack {path}").replace(
                "zone Europe", f"use {uses}\nzone Europe"))
        self.refuse(MISTAKES, ["C160: packs use each other: base uses far uses base", ":5:5:", "help:"],
                    "check", self.folder / "base.md", *calendars)
        self.refuse(MISTAKES, ["C161: there is no pack 'nowhere/base'", ":5:5:", "help:"], "check", self.write(
            "lost.md", page(RULE).replace("zone Europe", "use nowhere/base\nzone Europe")), *calendars)
        self.write("large.md", page("# " + "x" * 90 + "\n" * 4_300_000))
        self.refuse(MISTAKES, ["C161", ":5:5:"], "check", self.write(
            "sector.md", page(RULE).replace("zone Europe", "use large\nzone Europe")), *calendars)

    def test_names_that_look_like_others(self):
        self.check(MISTAKES, ["S008", "page.md:15:", "mixes letters of two scripts"],
                   page(RULE.replace("late", "l\u0430te")))
        for hidden in ("\u202e", "\u2066", "\u200b"):
            self.check(MISTAKES, ["page.md:15:", "help:"], page(RULE.replace("late", f"la{hidden}te")))
            self.check(MISTAKES, ["page.md:15:", "help:"], page(RULE.replace("In time", f"In {hidden}time")))

    def test_huge_pack(self):
        many = "".join(f"rule r{i} \"R\" under CdS 201\n  no send if issue.amount = {i}.00 EUR\n" for i in range(3000))
        self.check(MISTAKES, ["C029: rules of a pack: at most 2000", "page.md:"], page(many))
        acts = "".join(f"act a{i} \"A\" by police under CdS 1\n" for i in range(3000))
        self.check(MISTAKES, ["C029: acts of a pack: at most 2000", "page.md:"], page(acts + RULE))
        self.check(MISTAKES, ["S012: a pack has at most 20000 statements", "page.md:", "help:"],
                   page("".join(f"act a{i} \"A\" by police under CdS 1\n" for i in range(70_000))))

    def test_fmt_leaves_what_it_cannot_read(self):
        content = page("rule late   \"In time\" where\n")
        path = self.write("page.md", content)
        self.refuse(MISTAKES, ["page.md:15:23: S004"], "fmt", path, "--calendars", ROOT / "packs" / "calendars")
        self.assertEqual(path.read_text(), content)

    # ----------------------------------------------------------------------------------------------------- logs

    def test_malformed_xes(self):
        good = trace("1", ("Create Fine", "2010-01-05T00:00:00+01:00", ""))
        self.audit(BAD_INPUT, ["cut.xes': line 7", "not well-formed XML"], self.write("cut.xes", XES + good + "<trace><event"))
        self.audit(BAD_INPUT, ["first element is <html>, not <log>"], self.write("page.xes", "<html></html>"))
        self.audit(BAD_INPUT, ["document type declaration"], self.write(
            "laughs.xes", '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><log>&b;</log>'))
        self.audit(BAD_INPUT, ["absent.xes", "No such file"], self.folder / "absent.xes")
        self.audit(BAD_INPUT, ["line 1"], self.write("empty.xes", ""))

    def test_encodings_of_logs(self):
        good = trace("1", ("Create Fine", "2010-01-05T00:00:00+01:00", ""))
        self.audit(BAD_INPUT, ["': line 7: this is not UTF-8", "iconv"],
                   self.write("a.xes", (XES + good).encode() + b'<trace><string key="x" value="\xb7\xa3"/></trace></log>'))
        self.audit(BAD_INPUT, ["UTF-16", "iconv"], self.write("b.xes", (XES + good + "</log>").encode("utf-16")))
        self.audit(BAD_INPUT, ["written in ISO-8859-1", "iconv -f ISO-8859-1 -t UTF-8"],
                   self.write("c.xes", XES.replace("UTF-8", "ISO-8859-1") + good + "</log>"))

    def test_dates_and_numbers_are_counted_not_dropped(self):
        log = self.write("dates.xes", XES + trace(
            "1", ("Create Fine", "2010-02-30T00:00:00+01:00", ""), ("Send Fine", "soon", ""),
            ("Create Fine", "2010-01-05T00:00:00+01:00", '<float key="amount" value="12,x"/>')) + "</log>")
        result, said, _ = self.run_program("audit", PACK, log, "--quiet", "--json", "-")
        self.assertEqual(result, 0, said)
        result, said, _ = self.run_program("audit", PACK, log, "--quiet")
        self.assertEqual(result, 0, said)
        self.assertIn("2", said)
        self.assertRegex(said, r"(?i)cannot be read|could not be read|unreadable")

    def test_csv(self):
        pack = self.write("pack.md", page(RULE + CSV_MAPPING))
        places = ["--calendars", ROOT / "packs" / "calendars"]

        def audit(code, wanted, content):
            self.refuse(code, wanted, "audit", pack, self.write("log.csv", content), "--quiet", "--html",
                        self.folder / "report.html", *places)

        audit(BAD_INPUT, ['line 1: there is no column "time"', "the columns are"], "case,act,when\n1,issue,2010-01-05\n")
        audit(BAD_INPUT, ['two columns are called "act"'], "case,act,act,time\n")
        audit(BAD_INPUT, ["begins with the names of its columns"], "")
        audit(BAD_INPUT, ["line 3: this is not UTF-8", "iconv"], b"case,act,time\n1,issue,2010-01-05\n2,\xff,2010-01-05\n")
        audit(LIMIT, ["line 2: a row of more than", "a quotation mark may not be closed"],
              'case,act,time\n1,"issue,2010-01-05\n' + "1,issue,2010-01-05\n" * 300_000)

    def test_a_log_of_what_people_do(self):
        conduct = ('act pay "Payment" by offender under CdS 202\n' + RULE + CSV_MAPPING.split("\n", 1)[0]
                   + '\n  "pay" -> pay\n  unseen issue, send\n')
        pack = self.write("conduct.md", page(conduct))
        log = self.write("log.csv", "case,act,time\n1,pay,2010-01-05\n")
        places = ["--calendars", ROOT / "packs" / "calendars"]
        self.refuse(MISTAKES, ["R005: nothing in mapping 'log' binds an authority", "a log of what people do"], "audit",
                    pack, log, "--quiet", "--html", self.folder / "report.html", *places)

    def test_json_lines(self):
        self.refuse(BAD_INPUT, ["line 1: no JSON object, at byte 10 of the line"], "log", "inspect",
                    self.write("log.jsonl", '{"case":1\n'))
        self.refuse(0, ["rows or events that cannot be read:"], "log", "inspect",
                    self.write("log.jsonl", '{"case":"1"}\n{"case":1\n'))

    def test_nowhere_to_write(self):
        log = self.write("log.xes", XES + trace("1", ("Create Fine", "2010-01-05T00:00:00+01:00", "")) + "</log>")
        self.refuse(BAD_INPUT, ["cannot write '", "is there room, and may you write there?"], "audit", PACK, log, "--quiet",
                    "--html", self.folder / "absent" / "report.html")
        self.refuse(BAD_INPUT, ["no folder of calendars"], "check", PACK, "--calendars", ROOT / "README.md")

    def test_damaged_gzip(self):
        whole = gzip.compress((XES + trace("1", ("Create Fine", "2010-01-05T00:00:00+01:00", "")) + "</log>").encode())
        self.audit(BAD_INPUT, ["ends too early"], self.write("cut.xes.gz", whole[:-12]))
        flipped = bytearray(whole)
        flipped[len(flipped) // 2] ^= 0x10
        self.audit(BAD_INPUT, ["the gzip data is damaged"], self.write("flipped.xes.gz", bytes(flipped)))

    def test_gzip_bomb(self):
        bomb = gzip.compress(b" " * (64 * MEGABYTE), 9)
        self.audit(LIMIT, ["gzip unpacks to more than 500 times its size"], self.write("bomb.xes.gz", bomb))
        # Looked at as CSV, it is one long row before it is too large.
        self.refuse(LIMIT, ["line 1: a row of more than 4194304 bytes"], "log", "inspect", self.folder / "bomb.xes.gz")

    def test_line_of_a_gigabyte(self):
        pipe = "head -c 1G /dev/zero | tr '\\0' a"
        self.audit(BAD_INPUT, ["line 1: this is no XES log"], "-", pipe=pipe)
        self.audit(LIMIT, ["line 1: a tag or comment of more than 4194304 bytes"], "-", pipe=f"printf '<'; {pipe}")
        self.refuse(LIMIT, ["line 1: a row of more than 4194304 bytes"], "log", "inspect", "-", pipe=pipe)
        inside = f"printf '<log><trace><string key=\"concept:name\" value=\"'; {pipe}"
        self.audit(LIMIT, ["line 1"], "-", pipe=inside)
        pack = self.write("pack.md", page(RULE + CSV_MAPPING))
        self.refuse(LIMIT, ["line 2: a row of more than 4194304 bytes"], "audit", pack, "-", "--quiet", "--calendars",
                    ROOT / "packs" / "calendars", pipe=f"printf 'case,act,time\\n1,issue,'; {pipe}")

    def test_elements_inside_one_another(self):
        deep = "<list key='a'>" * 5000
        self.audit(LIMIT, ["elements inside one another"],
                   self.write("deep.xes", XES + "<trace><event>" + deep))

    # ---------------------------------------------------------------------------------------------- command line

    def test_command_line(self):
        log = self.write("log.xes", XES + "</log>")
        self.refuse(USAGE, ["audit needs a pack and a log"], "audit")
        self.refuse(USAGE, ["--as-of: '2012-02-30' is not a date", "2012-12-31"], "audit", PACK, log, "--as-of",
                    "2012-02-30")
        self.refuse(USAGE, ["--shard: '9/8'", "2/8"], "audit", PACK, log, "--shard", "9/8")
        self.refuse(BAD_INPUT, ["has no rule 'nothing'; it has:"], "audit", PACK, log, "--rule", "nothing")

    def test_merge_of_what_is_no_audit(self):
        self.refuse(BAD_INPUT, ["not an audit in JSON"], "audit", "merge", self.write("half.json", '{"pack": "it/'),
                    "--json", self.folder / "sum.json")


if __name__ == "__main__":
    # A loop that eats memory or time must fail here, not take the machine with it.
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
    unittest.main()
