"""The city itself: sealed, set up, served, and moved forward day by day, through the API alone."""
import base64
import collections
import datetime
import functools
import heapq
import json
import os
import pathlib
import random
import subprocess
import tempfile

from plays.stage import CALENDAR, DAY

from city import places, stories
from city.client import Client, Server

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(program, *words):
    done = subprocess.run([str(program), *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stdout}{done.stderr}")
    return done.stdout


@functools.cache
def proved(program):
    """The packs of the city, proved once: the public key that says so, and the seal of each."""
    with tempfile.TemporaryDirectory(prefix="city-proofs-") as name:
        key, seal = pathlib.Path(name) / "key", pathlib.Path(name) / "seal"  # the key dies with the folder
        trust, seals = run(program, "key", "yunze.example/proofs", "--out", key).strip(), {}
        for pack in places.PACKS:
            run(program, "prove", ROOT / "packs" / pack, "--seal", seal, "--key", key, "--seconds", 600)
            seals[pack] = seal.read_bytes()
    return trust, seals


def sealed(program, folder, place):
    """Writes the seals into a folder.  What the setup says of them: the key and the seals (that will lie in `place`)."""
    trust, seals = proved(program)
    out = {"trust": [trust], "packs": []}
    for pack, seal in seals.items():
        name = pack.replace("/", "-") + ".sealed"
        (folder / name).write_bytes(seal)
        out["packs"].append({"pages": str(ROOT / "packs" / pack), "seal": str(place / name)})
    return out


def set_up(program, folder, seals, accounts):
    setup = {"titleZh": places.TITLE_ZH, "titleEn": places.TITLE_EN, "origin": "yunze.example/log", "zone": "Asia/Shanghai",
             "offices": [{"id": name, "titleZh": zh, "titleEn": en} for name, zh, en in places.OFFICES], **seals,
             "officials": [{"number": number, "name": name, "office": office, "credentials": credentials,
                            "password": places.PASSWORD, "secret": accounts["secrets"][number],
                            "posts": [{"office": at, "pack": pack, "role": role, "first": "2024-01-01"}
                                      for at, pack, role in posts]}
                           for number, (name, office, credentials, posts) in places.officials().items()]}
    path = folder.parent / "setup.json"
    path.write_text(json.dumps(setup, ensure_ascii=False), encoding="utf-8")
    try:
        run(program, "authority", folder, path)
    finally:
        path.unlink()


class City:
    def __init__(self, server, accounts, seed, matters):
        self.officials = places.officials()
        passwords = {number: places.PASSWORD for number in self.officials}
        self.client = Client(server.port, passwords, accounts["secrets"])
        self.seed, self.matters = seed, matters
        self.today = datetime.date.fromisoformat(places.FIRST_DAY)
        self.last = datetime.date.fromisoformat(places.LAST_DAY)
        self.agenda, self.order = [], 0
        self.forms, self.noodles, self.turns = {}, None, collections.Counter()
        self.acknowledged, self.refused, self.unplanned = [], collections.Counter(), []

    # ------------------------------------------------------------------------------------------ the API

    def title(self, office):
        return next(zh for name, zh, _ in places.OFFICES if name == office)

    def view(self, matter, number):
        return self.client.get(f"/api/matters/{matter}", number=number)

    def who(self, case, who):
        return {"code": case.code} if who == stories.PARTY else {"number": who}

    def form(self, case, act, who):
        """What an act asks for, from its form: asked once for each act."""
        key = (case.pack, act)
        if key not in self.forms:
            if case.matter:
                path, by = f"/api/matters/{case.matter}/forms/{act}", self.who(case, who)
            else:
                path = f"/api/form?pack={case.pack}&act={act}"
                by = {"number": case.handler if who == stories.PARTY else who}
            self.forms[key] = self.client.get(path, **by)
        return self.forms[key]

    def knows(self, case, act, who):
        status, answer = self.client.ask("GET", f"/api/matters/{case.matter}/forms/{act}", **self.who(case, who))
        if status not in (200, 404):
            raise RuntimeError(f"the form of {act}: {status} {answer}")
        return status == 200

    def filled(self, form, fields):
        """What the story says, and for the rest what such a field mostly holds."""
        out = {}
        for field in form["fields"]:
            name, kind = field["name"], field["kind"]
            if name in fields:
                out[name] = fields[name]
            elif not field["optional"]:
                choices = [choice["name"] for choice in field["choices"]]
                usual = places.FIELDS.get(name, places.KINDS.get(kind))
                if kind == "day":
                    usual = self.today.isoformat()
                elif kind == "official":
                    usual = "1105"
                elif choices and usual not in choices and kind != "yes-no":
                    usual = choices[0]
                out[name] = usual
        return {name: value for name, value in out.items() if value is not None}

    def send(self, case, path, body, who, fields, planned=False):
        form = self.form(case, body["act"], who)
        beside, label = body.pop("beside", None), body.pop("label", None)
        body = {**body, "fields": self.filled(form, fields)}
        if label and form["memberRole"]:
            body["label"] = label
        if beside and form["atLeast"] > 1:
            body["with"] = [{"number": beside, "code": self.client.wallet.take(beside)}]
        status, answer = self.client.ask("POST", path, body, **self.who(case, who))
        if status == 201:
            return answer
        if status != 422:
            raise RuntimeError(f"{body['act']} in {case.matter or case.pack}: {status} {answer}\n{body}")
        self.refused[body["act"]] += 1
        if not planned:
            self.unplanned.append({"matter": case.matter, "act": body["act"], "day": self.today.isoformat(),
                                   "rules": [reason["rule"] for reason in answer["reasons"]],
                                   "why": [line for reason in answer["reasons"] for line in reason["sentences"]], "earliest": answer["earliest"]})
        return None

    # --------------------------------------------------------------------------------------- the agenda

    def officers(self, office):
        return [number for number, (_, at, credentials, _) in self.officials.items()
                if at == office and "enforcement" in credentials]

    def next_officer(self, office, but):
        """The next in turn whose one-time code is not used up: the one thing here that hangs on the hour of the making."""
        officers = [number for number in self.officers(office) if number != but]
        for _ in officers:
            self.turns[office] += 1
            number = officers[self.turns[office] % len(officers)]
            if self.client.wallet.is_ready(number):
                break
        return number

    def start(self, story, day=None):
        """Begins a story, on a day; without one at once."""
        self.order += 1
        heapq.heappush(self.agenda, (day or self.today, self.order, story))

    def plan(self):
        for number in range(self.matters):
            draw = random.Random(f"{self.seed} {number}")
            span = (self.last - self.today).days
            # More of them lately: most matters of a living city are open.
            day = CALENDAR.on(self.today + int(span * draw.random() ** 0.8) * DAY)
            if day > self.last:
                day = self.last
            office = draw.choices(places.PENALTY_OFFICES, (3, 2, 2))[0]
            if draw.random() < 0.05:
                story = stories.order(stories.Order(self, office, draw))
            elif draw.random() < 0.12:
                story = stories.on_the_spot(stories.Penalty(self, office, draw))
            else:
                story = stories.penalty(stories.Penalty(self, office, draw))
            self.start(story, day)
        shop = stories.noodles(stories.Penalty(self, "market", random.Random(f"{self.seed} noodles")))
        self.start(shop, datetime.date(2025, 1, 3))

    def set_day(self, day):
        status, answer = self.client.ask("PUT", "/api/day", {"day": day.isoformat()})
        if status != 200:
            raise RuntimeError(f"the day {day}: {status} {answer}")
        self.today = day

    def live(self, tell=None):
        """Until the last day, every working day, whether somebody has something to do or not."""
        self.plan()
        month = None
        for day in [day for day in CALENDAR.days if self.today <= day <= self.last]:
            self.set_day(day)
            if tell and day.month != month:
                tell(self)
            month = day.month
            while self.agenda and self.agenda[0][0] <= day:
                story = heapq.heappop(self.agenda)[2]
                try:
                    until = next(story)
                    self.start(story, max(until, day + DAY))
                except (StopIteration, stories.Ended):
                    pass


def make(program, folder, matters, seed, tell=None):
    """Makes the city in a folder, with what its makers know beside it (FOLDER-accounts.json).  The City."""
    folder = pathlib.Path(folder).resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    accounts = {"secrets": {number: base64.b32encode(os.urandom(20)).decode() for number in places.officials()}}
    with tempfile.TemporaryDirectory(prefix="city-seals-", dir=folder.parent) as name:
        part = pathlib.Path(name)
        set_up(program, folder, sealed(program, part, folder / "seals"), accounts)
        for seal in part.iterdir():
            seal.rename(folder / "seals" / seal.name)
    server = Server(program, folder)
    try:
        city = City(server, accounts, seed, matters)
        city.live(tell)
        city.figures = city.client.get("/api/figures")
    finally:
        server.end()
    accounts["shop"] = {"party": places.NOODLES, "matter": city.noodles.matter, "code": city.noodles.code}
    path = accounts_of(folder)
    path.touch(mode=0o600)
    path.write_text(json.dumps(accounts, indent=1), encoding="utf-8")
    return city


def accounts_of(folder):
    return pathlib.Path(folder).with_name(pathlib.Path(folder).name + "-accounts.json")
