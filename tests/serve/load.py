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


class Load:
    """Clients that play histories, some acts twice, until told to stop or the server is gone."""

    def __init__(self, server, workers, found="2025-01-05", patient=True):
        """Who is not patient leaves a matter that waits for its days, and begins another."""
        self.server, self.workers, self.found, self.patient = server, workers, found, patient
        self.acknowledged = {}  # request -> (path, body, official, matter, entry)
        self.refused = collections.Counter()  # by status and act
        self.words = collections.defaultdict(set)  # of problems, by status
        self.lost = 0  # answers that never came
        self.stopping, self.threads, self.lock = threading.Event(), [], threading.Lock()

    @contextlib.contextmanager
    def playing(self):
        for number in OFFICIALS:
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
        """Status and answer; no status where the connection was lost."""
        headers = {"Content-Type": "application/json", "Authorization": "Bearer " + tokens[number]}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            got = connection.getresponse()
            answer = json.loads(got.read())
        except (OSError, ValueError, http.client.HTTPException):
            connection.close()
            self.lost += 1
            return None, {}
        with self.lock:
            if got.status in (200, 201):
                entry = answer["entry"]
                before = self.acknowledged.setdefault(body["request"], (path, body, number, answer["matter"], entry))
                assert before[4] == entry, f"{body['request']} was acknowledged as entry {before[4]} and as entry {entry}"
            else:
                self.refused[got.status, body["act"]] += 1
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
                body = {"pack": authority.PENALTY, "act": "discover", "request": uuid.uuid4().hex,
                        "fields": {"found": self.found, "violation-end": "2024-12-20"},
                        "given": [{"role": "party", "label": label, "field": "kind", "value": "organisation"}, *PHOTO]}
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
        for number in OFFICIALS:
            self.server.as_(number)
        for request in draw.sample(sorted(self.acknowledged), min(most, len(self.acknowledged))):
            path, body, number, _, entry = self.acknowledged[request]
            status, answer = self.send(connection, self.server.tokens, path, body, number)
            test.assertEqual((status, answer.get("entry"), answer.get("duplicate")), (200, entry, True), (body["act"], answer))
        connection.close()


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
            test.assertLessEqual(verdicts, {"lawful", "no effect"}, (matter, event))
            judged += 1
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
