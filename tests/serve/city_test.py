#!/usr/bin/env python3
"""The demonstration city, made twice with one seed: the ledger says what pages and API show, nothing that was
acknowledged is missing, and nothing on the disk says whose the matters are.

python3 tests/serve/city_test.py LAWBOUND LAWBOUND-VERIFY [MATTERS]

The ledger is read here by this page's own reading of docs/formats/ledger.md and ledger-store.md.
"""
import collections
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from city import city as made, places  # noqa: E402
from city.client import Client, Server  # noqa: E402
from authority import entries_of  # noqa: E402

# Few people, so that some have several matters.
places.FAMILY, places.GIVEN = "赵钱孙", ["雨晨", "晓东"]
places.QUARTERS, places.WORDS = ["东湖", "北塘"], ["兴盛", "万和"]
# What is public of an act, by docs/formats/served-matter.md; of other entries, by docs/formats/ledger.md.
PUBLIC = {"act", "day", "matter", "office", "procedure", "pack", "program", "verdict", "role", "on", "desk", "recorded", "minute",
          "deemed", "floor", "packs", "refusals", "waived", "ground", "official"}


class World:
    """The city, made once, and what both kinds of test look at."""

    def __init__(self):
        self.place = tempfile.TemporaryDirectory(prefix="lawbound-city-")
        self.folder = pathlib.Path(self.place.name) / "one" / "city"
        self.parties = parties = collections.defaultdict(list)  # label -> matters

        class Remembered(made.City):
            def send(self, case, path, body, who, fields, planned=False):
                answer = super().send(case, path, body, who, fields, planned)
                if path == "/api/matters" and answer is not None:
                    parties[getattr(case, "party", case.label)].append(answer["matter"])
                return answer
        city, made.City = made.City, Remembered
        self.city = made.make(PROGRAM, self.folder, MATTERS, SEED)
        made.City = city
        self.parties.pop("", None)  # an order inside an agency has no party
        self.entries = entries_of(self.folder)
        self.acts = {number: facts for number, kind, facts, _ in self.entries if kind == "act"}
        self.server = None

    def client(self):
        accounts = json.loads(made.accounts_of(self.folder).read_text())
        self.server = Server(PROGRAM, self.folder)
        return Client(self.server.port, {number: places.PASSWORD for number in places.officials()}, accounts["secrets"])

    def end(self):
        if self.server and self.server.process.poll() is None:
            self.server.end()


class Asked(unittest.TestCase):
    """While it is served."""

    @classmethod
    def setUpClass(cls):
        cls.city, cls.acts, cls.parties, cls.folder = WORLD.city, WORLD.acts, WORLD.parties, WORLD.folder
        cls.client = WORLD.client()
        cls.addClassCleanup(WORLD.end)

    def test_the_clock_stands_where_the_making_ended(self):
        self.assertEqual(self.client.get("/api/day")["day"], places.LAST_DAY)

    def test_the_noodle_shop_stands_where_a_newcomer_plays_it(self):
        shop = json.loads(made.accounts_of(self.folder).read_text())["shop"]
        view = self.client.get("/api/matters/mine", code=shop["code"])
        self.assertEqual((view["matter"], [row["label"] for row in view["parties"] if not row["thing"]]),
                         (shop["matter"], [places.NOODLES]))
        self.assertEqual([event["day"] for event in view["timeline"] if event["act"] in ("file", "notify")],
                         ["2025-01-06", "2025-01-22"])
        fields = {"amount": "5000 CNY", "kind": "fine", "basis": "APL 9", "rests-on": ["后厨照片"], "facts": "鼠迹", "performance": "银行",
                  "reasons": "证据确凿", "remedy": "复议", "seal": "章"}
        status, answer = self.client.ask("POST", f"/api/matters/{shop['matter']}/acts",
                                         {"act": "decide", "fields": fields, "label": places.NOODLES}, number="1101")
        self.assertEqual((status, answer.get("earliest")), (422, "2025-02-06"), answer)
        for day in ("2025-01-23", "2025-01-24", "2025-01-26", "2025-01-27", "2025-02-05"):
            self.assertIn(day, json.dumps(answer["reasons"]))

    def reader(self, desk):
        return {"market": "1101", "urban": "1201", "ecology": "1301", "justice": "2001"}[desk]

    def test_the_stories_went_as_they_were_planned(self):
        self.assertEqual(self.city.unplanned, [])
        self.assertGreater(sum(self.city.refused.values()), 3)
        begun = {facts["matter"] for facts in self.acts.values()}
        self.assertGreaterEqual(len(begun), MATTERS)
        for act in ("notify", "decide", "serve", "pay", "publish", "apply", "ask-hearing", "decide-on-spot"):
            self.assertTrue(any(facts["act"] == act for facts in self.acts.values()), act)

    def test_what_every_matter_shows_is_what_the_ledger_holds(self):
        recorded = collections.defaultdict(list)
        desks = {}
        for number, facts in self.acts.items():
            recorded[facts["matter"]].append((number, facts["act"], facts["day"], facts["verdict"], facts["office"]))
            if "desk" in facts:
                desks[facts["matter"]] = facts["desk"]
        for matter, rows in recorded.items():
            view = self.client.get(f"/api/matters/{matter}", number=self.reader(desks[matter]))
            # "35 days late" says more of an act that was lawful: the record keeps lateness apart, as a duty that was broken.
            shown = [(event["entry"], event["act"], event["day"], re.sub(r"^\d+ days? late$", "lawful", event["verdict"]),
                      event["office"])
                     for event in view["timeline"] if event["entry"] is not None]
            # A verdict is recorded as it was when the act was; what is shown is by all that has become known since, as the
            # day on which an applicant learned of the act, which the desk enters after the application.
            surprised = {number for number, _, day, _, office in rows if office == "party" and any(
                later > number and before <= day for later, _, before, _, _ in rows)}
            plain = [[row if row[0] not in surprised else (*row[:3], "", row[4]) for row in sorted(both)]
                     for both in (shown, rows)]
            self.assertEqual(*plain, matter)
            self.assertEqual(view["acts"], len(rows))
            self.assertTrue(view["personalOpen"])

    def test_the_lists_of_the_desks_are_the_matters_of_the_ledger(self):
        desks, titles = collections.defaultdict(set), {name: english for name, _, english in places.OFFICES}
        for facts in self.acts.values():
            if "desk" in facts:
                desks[facts["desk"]].add(facts["matter"])
        for desk, matters in desks.items():
            if len(matters) > 100:  # a list on a page ends there
                continue
            work = self.client.get("/api/work", number=self.reader(desk))
            listed = {line["matter"] for line in work["matters"] if line["office"] == titles[desk]}
            self.assertEqual(listed, matters, desk)

    def test_the_public_figures_are_counts_of_the_ledger(self):
        figures = self.client.get("/api/figures")
        counted = collections.Counter((facts["office"], facts["procedure"], facts["act"], facts["verdict"])
                                      for facts in self.acts.values())
        titles = {"party": "Parties", "law": "By law", **{name: english for name, _, english in places.OFFICES}}
        shown = collections.Counter()
        for row in figures["acts"]:
            shown[(row["office"], row["pack"], row["act"], row["verdict"])] += row["count"]
        named = {(titles.get(office, office), *rest): count for (office, *rest), count in counted.items()}
        self.assertEqual(shown, named)
        for row in figures["acts"]:
            which = (row["officeId"], row["pack"], row["act"], row["verdict"])
            query = urllib.parse.urlencode(dict(zip(("office", "pack", "act", "verdict"), which)))
            opened = self.client.get(f"/api/figures/acts?{query}")
            self.assertEqual([one["entry"] for one in opened],
                             sorted((number for number, facts in self.acts.items() if which ==
                                     (facts["office"], facts["procedure"], facts["act"], facts["verdict"])), reverse=True))
        self.assertEqual(figures["matters"], len({facts["matter"] for facts in self.acts.values()}))

    def test_every_acknowledged_act_is_there_and_its_receipt_verifies(self):
        self.assertEqual(len({row["entry"] for row in self.city.acknowledged}), len(self.city.acknowledged))
        for row in self.city.acknowledged:
            facts = self.acts[row["entry"]]
            self.assertEqual((facts["matter"], facts["act"], facts["verdict"]), (row["matter"], row["act"], row["verdict"]))
        # Nothing was done by an official or a party that was not acknowledged.
        by_law = {number for number, facts in self.acts.items() if facts["office"] == "law"}
        self.assertEqual(set(self.acts) - by_law, {row["entry"] for row in self.city.acknowledged} - by_law)
        files, keys = [], self.client.get("/api/keys")
        for row in self.city.acknowledged:
            by = {"code": row["code"]} if row["code"] and self.acts[row["entry"]]["office"] == "party" else {}
            status, receipt = self.client.ask("GET", f"/api/receipts/{row['entry']}", **by)
            self.assertEqual(status, 200, receipt)
            path = self.folder.parent / f"{row['entry']}.tlog-proof"
            path.write_text(receipt)
            files.append(str(path))
        done = subprocess.run([VERIFY, "receipt", *files, "--key", keys[0], "--json"], capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 4), done.stdout[-2000:] + done.stderr)
        self.assertEqual(len(done.stdout.splitlines()), len(files))

    def test_what_is_published_is_a_decision_and_names_nobody(self):
        published = self.client.get("/api/publications")
        self.assertTrue(published)
        for row in published:
            self.assertEqual(self.acts[row["entry"]]["act"], "decide")
            for label in self.parties:
                self.assertNotIn(label, json.dumps(row, ensure_ascii=False))
        for path in ("/zh/", "/zh/published", "/en/published", "/zh/supervision"):
            page = self.client.get(path)
            for label in self.parties:
                self.assertNotIn(label, page, path)

    def test_what_is_late_is_by_due_day_and_no_office_is_called_by_a_name_of_the_program(self):
        late = [row["due"] for row in self.client.get("/api/overdue")]
        self.assertEqual(late, sorted(late))
        for figures in (self.client.get("/api/figures?language=zh"),):
            offices = {row["office"] for row in figures["acts"]}
            self.assertTrue({"当事人", "依法发生"} <= offices, offices)
            self.assertFalse([office for office in offices if re.search("[a-z]", office)], offices)

    def test_what_is_published_comes_in_pages_that_hold_each_once(self):
        entries = [row["entry"] for row in self.client.get("/api/publications")]
        seen = []
        for number in range(1, len(entries) // 20 + 3):
            page = self.client.get(f"/zh/published?page={number}")
            found = [int(entry) for entry in re.findall('id="entry-([0-9]+)"', page)]
            self.assertLessEqual(len(found), 20)
            seen += found if found[:1] != seen[-len(found):][:1] else []  # behind the last page is the last page
        self.assertEqual(seen, entries)
        for bad in ("0", "-1", "x", "99999999999999999999"):
            self.assertEqual(self.client.ask("GET", f"/zh/published?page={bad}")[0], 200)


class OnTheDisk(unittest.TestCase):
    """What lies there when nothing serves it."""

    @classmethod
    def setUpClass(cls):
        WORLD.end()
        cls.city, cls.acts, cls.parties, cls.folder = WORLD.city, WORLD.acts, WORLD.parties, WORLD.folder

    def run_ledger(self, command, *words):
        done = subprocess.run([PROGRAM, "ledger", command, *map(str, words)], capture_output=True, text=True, timeout=600,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_fsck_and_the_ledgers_own_count(self):
        ledger = self.folder / "ledger"
        self.assertIn("sound", self.run_ledger("fsck", ledger))
        self.run_ledger("project", ledger)
        rows = sqlite3.connect(f"file:{ledger}/projections/figures?mode=ro", uri=True)
        total = rows.execute("SELECT sum(acts) FROM figures").fetchone()[0]
        rows.close()
        self.assertEqual(total, len(self.acts))

    def test_the_same_seed_makes_the_same_acts(self):
        again = made.make(PROGRAM, pathlib.Path(WORLD.place.name) / "two" / "city", MATTERS, SEED)
        one, two = ([(row["act"], row["day"], row["verdict"], row["entry"]) for row in city.acknowledged]
                    for city in (self.city, again))
        self.assertEqual(one, two)
        self.assertEqual(self.city.refused, again.refused)

    def test_nothing_on_the_disk_says_whose_the_matters_are(self):
        backup = self.folder.parent / "backup"
        self.run_ledger("backup", self.folder / "ledger", backup)
        files = [path for place in (self.folder, backup) for path in place.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 5)
        codes = {row["code"].split("-", 1)[1] for row in self.city.acknowledged if row["code"]}
        planted = [*self.parties, *codes, *(code.replace("-", "") for code in codes),
                   *(kind[1] for rows in places.VIOLATIONS.values() for kind in rows), *places.COMPLAINT]
        for path in files:
            content = path.read_bytes()
            for text in planted:
                self.assertNotIn(text.encode(), content, path)

    def test_matters_of_one_name_have_nothing_in_common(self):
        several = {label: matters for label, matters in self.parties.items() if len(set(matters)) > 1}
        self.assertGreater(len(several), 2)
        holders = collections.defaultdict(set)  # value -> matters
        matter_of = {}
        for number, _, facts, fields in WORLD.entries:
            self.assertLessEqual(set(facts), PUBLIC, number)
            matter_of[number] = facts.get("matter", number)
            for line in fields:
                holders[line.split(" ")[2]].add(matter_of[number])
        rows = sqlite3.connect(f"file:{self.folder}/ledger/rows?mode=ro", uri=True)
        tables = {row[0] for row in rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table in tables & {"opening", "matter_key", "item"}:
            cursor = rows.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                told = dict(zip(columns, row))
                matter = told.get("matter") or matter_of[told["entry"]]
                for column, value in told.items():
                    if isinstance(value, bytes) and len(value) >= 16:
                        for at in range(0, len(value) - 15, 8):  # blocks, so that a part that is equal is found too
                            holders[value[at:at + 16]].add(matter)
        rows.close()
        # A request is named for nobody; of a second table that nobody here knows, somebody must look.
        self.assertLessEqual(tables, {"format", "head", "entry", "tile", "request", "opening", "measure", "matter_key", "item",
                                      "checkpoint"})
        shared = {value: matters for value, matters in holders.items() if len(matters) > 1}
        self.assertEqual(shared, {})


if __name__ == "__main__":
    PROGRAM, VERIFY = sys.argv[1:3]
    MATTERS = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    SEED = 9
    WORLD = World()
    unittest.main(argv=sys.argv[:1])
