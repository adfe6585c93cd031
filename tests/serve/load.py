"""A load of real histories on a served authority, and what must hold of its record whatever went wrong meanwhile."""
import collections
import contextlib
import datetime
import http.client
import json
import pathlib
import re
import threading
import uuid

import authority

OFFICIALS = ("1001", "1003", "1004")
SIGNALS = ("challenged", "set-aside", "cleared")  # what a review says of the decision
PHOTO = [{"role": "exhibit", "label": "photo", "field": "kind", "value": "documentary"},
         {"role": "exhibit", "label": "photo", "field": "device", "value": "no"}]
# After the discovery; the decision is tried on every day from the notice on, and is refused until the party had its days.
HISTORY = (("file", {"ground": "APL 9"}, "1004", ""), ("verified", {"verified": "yes"}, "1003", "photo"),
           ("sufficient", {"sufficient": "yes"}, "1004", ""), ("notify", authority.NOTICE, "1001", "party"),
           ("decide", authority.DECISION, "1004", "party"),
           ("serve", {"mode": "direct", "received": "today"}, "1001", "party"),
           ("influential", {"influential": "yes"}, "1001", "party"),
           ("publish", {"reasons": "rats in a kitchen", "remedy": "complaint"}, "1001", "party"))
LEAST_DAYS_TO_SPEAK = 5  # five working days are no fewer
TOLD = [{"role": "target", "label": "", "field": field, "value": value}
        for field, value in (("told-remedy", "yes"), ("spot", "no"), ("camera", "no"), ("real-estate", "no"))]
REVIEW = (("learn", {"learned": "today"}, "3001"), ("accept", {}, "3003"), ("send-copy", {}, "3001"),
          ("copy-received", {"received": "today"}, "3001"), ("reply", {"evidence": "yes"}, "1004"), ("listen", {}, "3001"),
          ("propose", {}, "3001"), ("approve", {}, "3003"),
          ("decide", {"outcome": "set-aside", "ground": "facts", "again": "no", "reasons": "not shown", "remedy": "court",
                      "seal": "seal"}, "3003"), ("serve", {"received": "today"}, "3001"))


def discovery(label, found):
    return {"pack": authority.PENALTY, "act": "discover", "fields": {"found": found, "violation-end": "2024-12-20"},
            "given": [{"role": "party", "label": label, "field": "kind", "value": "organisation"}, *PHOTO]}


class Load:
    """Clients that play histories, some acts twice, until told to stop or the server is gone."""

    def __init__(self, server, workers, found="2025-01-05", patient=True):
        """Who is not patient leaves a matter that waits for its days, and begins another."""
        self.server, self.workers, self.found, self.patient = server, workers, found, patient
        self.officials = OFFICIALS
        self.acknowledged = {}  # request -> (path, body, official, matter, entry)
        self.refused = collections.Counter()  # by status and act
        self.words = collections.defaultdict(set)  # of problems, by status
        self.lost = 0  # answers that never came
        self.stopping, self.threads, self.lock = threading.Event(), [], threading.Lock()

    @contextlib.contextmanager
    def playing(self):
        for number in self.officials:
            self.server.as_(number)
        self.stopping.clear()
        self.threads = [threading.Thread(target=self.play, args=(dict(self.server.tokens), self.server.port, worker))
                        for worker in range(self.workers)]
        for thread in self.threads:
            thread.start()
        try:
            yield
        finally:
            self.stop()

    def count(self, status):
        return sum(count for (of, _), count in list(self.refused.items()) if of == status)

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def send(self, connection, tokens, path, body, number):
        """Status and answer; no status where the connection was lost.  Who has no token is a party, with a code."""
        who = {"Authorization": "Bearer " + tokens[number]} if number in tokens else {"Lawbound-Code": number}
        headers = {"Content-Type": "application/json", **who}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            got = connection.getresponse()
            answer = json.loads(got.read())
        except (OSError, ValueError, http.client.HTTPException):
            connection.close()
            self.lost += 1
            return None, {}
        with self.lock:
            if got.status in (200, 201) and "entry" in answer:
                entry = answer["entry"]
                before = self.acknowledged.setdefault(body["request"], (path, body, number, answer["matter"], entry))
                assert before[4] == entry, f"{body['request']} was acknowledged as entry {before[4]} and as entry {entry}"
            elif got.status not in (200, 201):
                self.refused[got.status, body.get("act")] += 1
                self.words[got.status].add(answer.get("detail", ""))
        return got.status, answer

    def play(self, tokens, port, worker):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            self.play_on(connection, tokens, worker)
        finally:
            connection.close()

    def play_on(self, connection, tokens, worker):
        waiting = []  # matters that wait for their decision: [matter, label, place in HISTORY]
        while not self.stopping.is_set():
            label = f"shop {worker} {uuid.uuid4().hex[:8]}"
            if not self.patient:
                del waiting[:1]
            if len(waiting) < 3:
                body = {**discovery(label, self.found), "request": uuid.uuid4().hex}
                status, answer = self.send(connection, tokens, "/api/matters", body, "1001")
                if status is None:
                    return
                if status == 201:
                    waiting.append([answer["matter"], label, 0])
            for case in list(waiting):
                went_on = True
                while went_on and not self.stopping.is_set() and case[2] < len(HISTORY):
                    went_on = self.step(connection, tokens, case)
                if went_on is None:
                    return
                if case[2] == len(HISTORY):
                    waiting.remove(case)

    def step(self, connection, tokens, case):
        """One act of a history; whether it went on, and None where there is no server any more."""
        matter, label, at = case
        act, fields, number, on = HISTORY[at]
        if fields.get("received") == "today":
            fields = {**fields, "received": self.today}
        body = {"act": act, "fields": fields, "label": label if on == "party" else on, "request": uuid.uuid4().hex}
        path = f"/api/matters/{matter}/acts"
        status, _ = self.send(connection, tokens, path, body, number)
        if act in ("notify", "decide"):  # a second notice, a second decision: their own request, so not the same act
            self.send(connection, tokens, path, {**body, "request": uuid.uuid4().hex}, number)
        if status in (200, 201):
            case[2] += 1
        return None if status is None else status in (200, 201)

    today = "2025-01-06"  # of those who write down what came today

    def next_day(self):
        """Of a demonstration: while acts are on their way."""
        day = (datetime.date.fromisoformat(self.today) + datetime.timedelta(days=1)).isoformat()
        self.server.day(day)
        self.today = day

    def send_again(self, draw, most, test):
        """What was acknowledged, sent again, is answered with the same entry and not done again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        for number in self.officials:
            self.server.as_(number)
        for request in draw.sample(sorted(self.acknowledged), min(most, len(self.acknowledged))):
            path, body, number, _, entry = self.acknowledged[request]
            status, answer = self.send(connection, self.server.tokens, path, body, number)
            test.assertEqual((status, answer.get("entry"), answer.get("duplicate")), (200, entry, True), (body["act"], answer))
        connection.close()


class Case:
    def __init__(self, history):
        self.history, self.act, self.sending = history, next(history), None


class Challenges(Load):
    """Clients whose decisions are challenged and set aside in another matter.  When the server is back they go on where they were,
    and what was never answered they send again under its name."""

    CASES = 3  # of a worker, at a time

    def __init__(self, server, workers):
        super().__init__(server, workers)
        self.officials = (*OFFICIALS, "3001", "3003")
        self.cases = [[] for _ in range(workers)]
        self.reviews = {}  # matter of a review -> the matter under review
        self.over = 0

    def history(self, label, silent):
        """Gives path, body and who acts, one act after the other; takes the answer."""
        fined = (yield "/api/matters", discovery(label, self.found), "1001")["matter"]
        entries = {}
        for act, fields, number, on in HISTORY:
            body = {"act": act, "fields": fields, "label": label if on == "party" else on}
            entries[act] = (yield f"/api/matters/{fined}/acts", body, number)["entry"]
        code = (yield f"/api/matters/{fined}/codes", {"label": label}, "1001")["code"]
        asked = {"pack": authority.REVIEW, "act": "apply", "targetMatter": fined, "targetEntry": entries["decide"], "given": TOLD,
                 "fields": {"received": "today", "requests": "set it aside", "reasons": "no rats", "compensation": "no"}}
        review = (yield "/api/matters", asked, code)["matter"]
        with self.lock:
            self.reviews[review] = fined
        for act, fields, number in REVIEW:
            if act != "accept" or not silent:
                more = {"role": "respondent"} if act == "reply" else {}
                yield f"/api/matters/{review}/acts", {"act": act, "fields": fields, **more}, number
        yield f"/api/matters/{fined}/acts", {"act": "withdraw-publication", "fields": {"reasons": "set aside"}, "label": label}, "1001"

    def play_on(self, connection, tokens, worker):
        cases = self.cases[worker]
        while not self.stopping.is_set():
            while len(cases) < self.CASES:
                cases.append(Case(self.history(f"shop {worker} {uuid.uuid4().hex[:8]}", silent=len(cases) % 2 == 0)))
            for case in list(cases):
                try:
                    while not self.stopping.is_set() and self.carry_on(connection, tokens, case):
                        pass
                except StopIteration:
                    cases.remove(case)
                    self.over += 1
                except ConnectionError:
                    return

    def carry_on(self, connection, tokens, case):
        """One act; whether it was done.  StopIteration at the end of the history; ConnectionError where no answer came."""
        if case.sending is None:
            path, body, number = case.act
            fields = {name: self.today if value == "today" else value for name, value in body.get("fields", {}).items()}
            case.sending = path, {**body, "fields": fields, "request": uuid.uuid4().hex}, number
        status, answer = self.send(connection, tokens, *case.sending)
        if status is None:
            raise ConnectionError
        _, body, _ = case.sending
        case.sending = None
        # What was accepted by silence meanwhile is not accepted again.
        if status not in (200, 201) and body.get("act") != "accept":
            return False
        case.act = case.history.send(answer)
        return True


def check_signals(test, load, folder):
    """Of a server that is on: every review said what it had to say of its decision, once."""
    recorded = [facts for _, kind, facts, _ in authority.entries_of(folder) if kind == "act"]
    acts = collections.defaultdict(collections.Counter)  # matter -> how often each act is in it
    for facts in recorded:
        acts[facts["matter"]][facts["act"]] += 1
    reviews = {facts["matter"] for facts in recorded if facts["procedure"] == authority.REVIEW}
    expected = collections.Counter()
    for review in reviews:
        said = {"challenged": acts[review]["accept"], "set-aside": acts[review]["serve"], "cleared": acts[review]["serve"]}
        expected.update(said)
        if review in load.reviews:
            there = acts[load.reviews[review]]
            test.assertEqual({signal: there[signal] for signal in SIGNALS}, said, f"of {load.reviews[review]}, said by {review}")
    # Also of reviews whose application was never answered.
    test.assertEqual({signal: sum(of[signal] for of in acts.values()) for signal in SIGNALS},
                     {signal: expected[signal] for signal in SIGNALS})
    withdrawn = {row["entry"]: row["withdrawn"] for row in load.server.ask("GET", "/api/publications")[1]
                 if row["pack"] == authority.PENALTY}
    gone = {facts["matter"] for facts in recorded if facts["act"] == "set-aside"}
    for number, kind, facts, _ in authority.entries_of(folder):
        if kind == "act" and number in withdrawn:
            test.assertEqual(withdrawn[number], facts["matter"] in gone, facts["matter"])
    return {signal: expected[signal] for signal in SIGNALS}


def check(test, load, program, folder):
    """Of a server that is on: no acknowledged act lost or done twice, none of the authority unlawful, days in order."""
    server = load.server
    acknowledged = collections.defaultdict(dict)
    for _, body, _, matter, entry in load.acknowledged.values():
        test.assertNotIn(entry, acknowledged[matter], "two requests were answered with one entry")
        acknowledged[matter][entry] = body["act"]
    recorded = authority.entries_of(folder)
    acts = {number: facts for number, kind, facts, _ in recorded if kind == "act"}
    judged = 0
    last = ""
    for number in sorted(acts):
        day = acts[number].get("recorded", acts[number]["day"])
        test.assertGreaterEqual(day, last, f"entry {number} is recorded before the one ahead of it")
        last = day
    reviews = {facts["matter"] for facts in acts.values() if facts["procedure"] == authority.REVIEW}
    for matter in {facts["matter"] for facts in acts.values()}:
        status, view = server.ask("GET", f"/api/matters/{matter}", token=server.as_("1001"))
        test.assertEqual(status, 200, view)
        events = [event for event in view["timeline"] if event["entry"] is not None]
        entries = [event["entry"] for event in events]
        test.assertEqual(len(entries), len(set(entries)), matter)
        test.assertEqual(set(entries), {number for number, facts in acts.items() if facts["matter"] == matter})
        missing = {entry: act for entry, act in acknowledged[matter].items() if entry not in entries}
        test.assertEqual(missing, {}, "acknowledged, and not there")
        days = collections.defaultdict(list)
        for event in events:
            days[event["act"]].append(event["day"])
            # As the server that has come back judges what is there, and as it was recorded.
            verdicts = {re.sub(r"^\d+ days? late$", "lawful", event["verdict"]), acts[event["entry"]]["verdict"]}
            office = acts[event["entry"]]["office"]
            if office != "party":  # who may do what they like: it is recorded, with its verdict
                test.assertLessEqual(verdicts, {"lawful", "no effect"} | ({"by law"} if office == "law" else set()), (matter, event))
            judged += 1
        if matter in reviews:
            continue
        # The same by hand: without the engine.
        for act, once in (("discover", 1), ("file", 1), ("notify", None), ("decide", 1)):
            test.assertLessEqual(len(days[act]), once or len(days[act]), (matter, act, days))
        for decision in days["decide"]:
            told = datetime.date.fromisoformat(min(days["notify"], default="9999-12-31"))
            test.assertGreater((datetime.date.fromisoformat(decision) - told).days, LEAST_DAYS_TO_SPEAK, (matter, days))
    fsck = authority.run(program, "ledger", "fsck", folder / "ledger")
    test.assertEqual(fsck.returncode, 0, fsck.stdout + fsck.stderr)
    return judged


def size_of(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())
