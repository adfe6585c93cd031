#!/usr/bin/env python3
"""What lies on the disk tells nobody which matters are one person's, and what was erased is nowhere.

python3 tests/ledger/privacy_test.py LAWBOUND sqlite|postgres

Every table and every column is looked at as it lies there, by this program's own reading: a table that is new and that
this page does not know makes the test fail, so that somebody looks.
"""
import base64
import collections
import itertools
import json
import math
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import act, lines  # noqa: E402
from postgres import Server  # noqa: E402

PERSONS, MATTERS, WITH_DOCUMENTS = 150, 300, 30
# Tables whose rows belong to no matter.
OF_NO_MATTER = {"format", "head", "tile", "checkpoint", "position", "figures"}


def sqlite_tables(path):
    rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        out = {}
        for (name,) in rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            cursor = rows.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            out[name] = [dict(zip(columns, row)) for row in cursor]
        return out
    finally:
        rows.close()


def postgres_tables(name):
    tables = SERVER.tell(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'lawbound'").split()
    out = {}
    for table in tables:
        rows = SERVER.tell(name, f"SELECT row_to_json(t) FROM lawbound.{table} t").splitlines()
        out[table] = [{column: bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value
                       for column, value in json.loads(row).items()} for row in rows]
    return out


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lawbound-privacy-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "ledger"
        self.database = SERVER.database() if SERVER else None
        self.ok("init", self.ledger, "--origin", "records.example/log",
                *(["--postgres", self.database] if SERVER else []))

    def ok(self, *arguments, given=""):
        done = subprocess.run([PROGRAM, "ledger", *map(str, arguments)], input=given, capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def add(self, contents, matter, **words):
        path = self.folder / "document"
        path.write_bytes(contents)
        options = [word for name, value in words.items() for word in ("--" + name, value)]
        return json.loads(self.ok("document", "add", self.ledger, path, "--matter", matter, "--office", "town-hall",
                                  "--kind", "scan", *options, "--json"))

    def tables(self):
        """Of everything in the folder and of the server: {where and which: rows}."""
        out = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3":
                for name, rows in sqlite_tables(path).items():
                    out[f"{path.relative_to(self.folder)}: {name}"] = rows
        if SERVER:
            for name, rows in postgres_tables(self.database.split("dbname=")[1]).items():
                out[f"server: {name}"] = rows
        return out


class Linkability(Case):
    def test_pairs_of_one_persons_matters_are_found_no_better_than_by_chance(self):
        draw = random.Random(6)
        person_of = [n % PERSONS for n in range(MATTERS)]
        draw.shuffle(person_of)
        lane = {person: "x" * draw.randrange(3, 20) for person in range(PERSONS)}
        acts = []
        for matter, person in enumerate(person_of):
            one = act(matter, address=f"{person} Lane {lane[person]}", identity=f"1101011990{person:08}",
                      name=f"Person {person} {lane[person]}", phone=None if person % 3 else f"+4930{person:07}")
            one["facts"]["matter"] = f"m-{matter}"
            acts.append(one)
        self.ok("append", self.ledger, given=lines(acts))
        scans = {person: draw.randbytes(draw.randrange(2_000, 60_000)) for person in range(WITH_DOCUMENTS)}
        for matter, person in enumerate(person_of):
            if person in scans:
                self.add(scans[person], f"m-{matter}", source=f"Person {person}")
        self.ok("project", self.ledger)
        self.ok("checkpoint", self.ledger)
        self.ok("backup", self.ledger, self.folder / "backup")
        self.ok("export", self.ledger, self.folder / "public")

        tables = self.tables()
        entries = next(rows for name, rows in tables.items() if name.endswith(": entry"))
        matter_of = {}
        for row in entries:
            facts = dict(line.split(" ", 2)[1:] for line in row["bytes"].decode().splitlines() if line.startswith("fact "))
            if "matter" in facts:
                matter_of[row["number"]] = facts["matter"]
        clues = collections.defaultdict(lambda: collections.defaultdict(set))
        lengths = collections.defaultdict(lambda: collections.defaultdict(list))
        for table, rows in tables.items():
            for row in rows:
                matter = row.get("matter") or next((matter_of.get(row[key]) for key in ("entry", "number", "of")
                                                    if key in row), None)
                if matter is None:
                    self.assertIn(table.split(": ")[1], OF_NO_MATTER, f"of which matter is a row of '{table}'?")
                    continue
                for column, value in row.items():
                    clues[table, column, "value"][value].add(matter)
                    if isinstance(value, (bytes, str)):
                        clues[table, column, "beginning"][value[:8]].add(matter)
                        clues[table, column, "end"][value[-8:]].add(matter)
                        lengths[table, column][matter].append(len(value))
                        if column == "bytes":
                            for line in value.splitlines():
                                clues[table, column, "line"][line].add(matter)
        for (table, column), by_matter in lengths.items():
            for matter, all_of_it in by_matter.items():
                clues[table, column, "lengths"][tuple(sorted(all_of_it))].add(matter)
        for where in ("ledger", "backup"):
            item = next(rows for name, rows in tables.items()
                        if name.endswith(": item") and (name.startswith(where) or SERVER and where == "ledger"))
            files = {path.name: path for path in (self.folder / where / "documents").iterdir()}
            self.assertEqual(len(files), 2 * WITH_DOCUMENTS)
            for row in item:
                contents = files[row["address"]].read_bytes()
                clues[where, "document", "length"][len(contents)].add(row["matter"])
                for at in range(0, len(contents) - 24, 4096):
                    clues[where, "document", "bytes"][contents[at:at + 24]].add(row["matter"])
                clues[where, "document", "name"][row["address"][:8]].add(row["matter"])
        for matter, person in enumerate(person_of):
            clues["the person", "", "value"][person].add(f"m-{matter}")

        # Matters with a document and matters without differ in plain sight; within each kind, pairs are compared with chance.
        chance = [people / math.comb(2 * people, 2) for people in (PERSONS - WITH_DOCUMENTS, WITH_DOCUMENTS)]
        looked_at = 0
        for clue, values in clues.items():
            pairs = right = expected = 0
            for matters in values.values():
                for kind in (0, 1):
                    people = collections.Counter(person_of[int(matter[2:])] for matter in matters
                                                 if (person_of[int(matter[2:])] in scans) == kind)
                    count = math.comb(people.total(), 2)
                    pairs += count
                    expected += chance[kind] * count
                    right += sum(math.comb(of_one, 2) for of_one in people.values())
            if clue[0] == "the person":
                self.assertEqual((right, pairs), (PERSONS, PERSONS))  # the method finds what is there
                continue
            with self.subTest(clue=clue):
                looked_at += 1
                self.assertLessEqual(right, expected + 4 * math.sqrt(expected) + 0.5, f"{right} of {pairs} pairs")
        self.assertGreater(looked_at, 60)


class Planted(Case):
    NAMES = ("Ann Example planted 8c1f", "张三丰 种下的 8c1f")

    def spellings(self, text):
        raw = text.encode()
        return [raw, base64.b64encode(raw)[:-4], raw.hex().encode(), text.encode("utf-16-le"), raw[::-1]]

    def everything(self):
        """Every byte there is: (where, bytes)."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes()
        if SERVER:
            for path in sorted(SERVER.folder.rglob("*")):
                if path.is_file():
                    yield "server: " + str(path.relative_to(SERVER.folder)), path.read_bytes()

    def found(self, needles, but=()):
        return sorted({where for where, contents in self.everything() for needle in needles
                       if needle in contents and not any(word in where for word in but)})

    def boxes(self, matter):
        out = []
        for name, rows in self.tables().items():
            if name.startswith(("ledger/", "server")):
                for row in rows:
                    if row.get("matter") == matter and "box" in row:
                        out += [row["box"][:40], row["box"][-40:]]
        return out

    def test_what_was_erased_is_nowhere(self):
        plain = [spelling for text in self.NAMES for spelling in self.spellings(text)]
        acts = [act(n, name=f"Person {n}", reasons="Because.") for n in range(150)]
        planted = [act(500 + n, name=text, address=text + " of 12 Mill Lane", reasons=text * 300)
                   for n, text in enumerate(self.NAMES)]
        for one in planted:
            one["facts"]["matter"] = "m-planted"
        self.ok("append", self.ledger, given=lines(acts + planted))
        text = self.NAMES[0].encode()
        document = self.add(text * 5000, "m-planted", source=self.NAMES[0], holder=self.NAMES[1])
        self.ok("project", self.ledger)
        self.assertEqual(self.found(plain, but=("document",)), [])  # never in clear, not even before
        (self.folder / "document").unlink()
        self.assertEqual(self.found(plain), [])
        if SERVER:
            SERVER.tell(self.database.split("dbname=")[1], "CHECKPOINT")
        boxes = self.boxes("m-planted")
        self.assertEqual(len(boxes), 2 * (2 * 3 + 5 + 1 + 1))
        file = next((self.ledger / "documents").iterdir()).read_bytes()
        encrypted = [*boxes, file[:64], file[-64:], file[70_000:70_064]]
        self.assertNotEqual(self.found(encrypted), [])
        self.ok("backup", self.ledger, self.folder / "before")
        for entry in (150, 151):
            self.ok("erase", self.ledger, entry, *itertools.chain(*(["--field", name] for name in
                                                                  ("name", "address", "reasons"))),
                    "--ground", "Records Act, s. 9", "--official", "registrar")
        self.ok("document", "erase", self.ledger, document["document"], "--ground", "Records Act, s. 9", "--official",
                "registrar")
        self.ok("project", self.ledger)
        self.ok("checkpoint", self.ledger)
        self.ok("export", self.ledger, self.folder / "public")
        self.ok("backup", self.ledger, self.folder / "after")
        if SERVER:
            SERVER.tell(self.database.split("dbname=")[1], "CHECKPOINT")
        self.assertEqual(self.found(plain), [])
        # A server's own log of writes keeps what was encrypted until it comes round: docs/operations/ledger-threats.md.
        self.assertEqual(self.found(encrypted, but=("before/", "pg_wal/")), [])
        self.assertEqual(self.boxes("m-planted"), [])
        # The backup from before comes back without it.
        shutil.copytree(self.ledger / "secrets", self.folder / "vault")
        self.ok("restore", self.folder / "again", self.folder / "before", "--secrets", self.folder / "vault", "--official",
                "registrar", "--published", self.folder / "public",
                *(["--postgres", SERVER.database()] if SERVER else []))
        shutil.rmtree(self.folder / "before")
        if SERVER:
            SERVER.tell(self.database.split("dbname=")[1], "CHECKPOINT")
        self.assertEqual(self.found(plain), [])
        self.assertEqual(self.found(encrypted, but=("pg_wal/",)), [])


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    SERVER = Server() if sys.argv[2] == "postgres" else None
    try:
        unittest.main(argv=sys.argv[:1])
    finally:
        if SERVER:
            SERVER.close()
