"""An authority for tests: made by the program, served by the program, spoken to by its API."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import sqlite3
import struct
import subprocess
import time

PASSWORD = "a long password"
PENALTY = "prc/penalty"
REVIEW = "prc/reconsideration"
OFFICIALS = {
    "1001": ("李文", "market", ["enforcement"], [("market", PENALTY, "officer")]),
    "1002": ("孙立", "market", ["enforcement"], [("market", PENALTY, "officer")]),
    "1003": ("高明", "market", ["legal-review"], [("market", PENALTY, "reviewer")]),
    "1004": ("陈局", "market", [], [("market", PENALTY, "head")]),
    "2001": ("外人", "archive", [], []),
}
WITH_REVIEW = {
    **OFFICIALS,
    "1004": ("陈局", "market", [], [("market", PENALTY, "head"), ("justice", REVIEW, "respondent")]),
    "3001": ("赵敏", "justice", ["reconsideration"], [("justice", REVIEW, "handler")]),
    "3003": ("周正", "justice", [], [("justice", REVIEW, "authority")]),
}


def secret_of(number):
    return base64.b32encode(("secret of " + number).encode().ljust(20, b"."))[:32].decode()


def one_time_code(number, ahead=0):
    step = int(time.time()) // 30 + ahead
    mac = hmac.new(base64.b32decode(secret_of(number)), struct.pack(">q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


def run(program, *words, **more):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=900, check=False, **more)


def seal(program, root, folder, packs):
    """Seals of packs, proved here and now."""
    key = folder / "proofs.key"
    made = run(program, "key", "example.org/proofs", "--out", key)
    assert made.returncode == 0, made.stderr
    out = {"trust": [made.stdout.strip()], "packs": []}
    for pack in packs:
        path = folder / (pack.replace("/", "-") + ".sealed")
        done = run(program, "prove", root / "packs" / pack, "--seal", path, "--key", key, "--seconds", 600)
        assert done.returncode == 0, done.stdout + done.stderr
        out["packs"].append({"pages": str(root / "packs" / pack), "seal": str(path)})
    return out


def make(program, folder, sealed, officials=None):
    setup = {"titleZh": "某市市场监督管理局", "titleEn": "Market supervision of a city", "origin": "records.example/log",
             "zone": "Asia/Shanghai", **sealed,
             "offices": [{"id": "market", "titleZh": "市场监管局", "titleEn": "Market supervision"},
                         {"id": "justice", "titleZh": "司法局", "titleEn": "Justice bureau"},
                         {"id": "archive", "titleZh": "档案馆", "titleEn": "Archive"}],
             "officials": [{"number": number, "name": name, "office": office, "password": PASSWORD,
                            "secret": secret_of(number), "credentials": credentials,
                            "posts": [{"office": at, "pack": pack, "role": role} for at, pack, role in posts]}
                           for number, (name, office, credentials, posts) in (officials or OFFICIALS).items()]}
    path = pathlib.Path(folder).parent / "setup.json"
    path.write_text(json.dumps(setup, ensure_ascii=False))
    made = run(program, "authority", folder, path)
    assert made.returncode == 0, made.stderr


class Server:
    """Of a demonstration, unless options say otherwise."""

    def __init__(self, program, folder, options=("--demonstration",), environment=None):
        self.program, self.folder, self.tokens, self.used = program, folder, {}, {}
        self.options, self.environment = options, {**os.environ, **(environment or {})}
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, "serve", str(self.folder), "--port", "0", *self.options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("does not start: " + self.process.stderr.read())
        self.port = int(line.split(":")[2].split("/")[0])
        self.tokens = {}

    def end(self, kill=False):
        (self.process.kill if kill else self.process.terminate)()
        code = self.process.wait(60)
        self.said = self.process.stdout.read() + self.process.stderr.read()  # its log
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def ask(self, method, path, body=None, token=None, code=None, headers=None):
        """Status and body; JSON is read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            sent["Authorization"] = "Bearer " + token
        if code:
            sent["Lawbound-Code"] = code
        sent.update(headers or {})
        raw = body if isinstance(body, (bytes, str)) or body is None else json.dumps(body)
        connection.request(method, path, raw, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        kind = answer.headers.get("Content-Type", "")
        return answer.status, json.loads(text) if "json" in kind and text else text

    def as_(self, number):
        if number not in self.tokens:
            for ahead in (0, 1, -1):  # each code is good once
                status, answer = self.ask("POST", "/api/session", {"number": number, "password": PASSWORD,
                                                                   "code": one_time_code(number, ahead)})
                if status == 201:
                    break
            assert status == 201, answer
            self.tokens[number] = answer["token"]
        return self.tokens[number]

    def day(self, day):
        status, answer = self.ask("PUT", "/api/day", {"day": day})
        assert status == 200, answer

    def act(self, matter, act, fields=None, number=None, code=None, **more):
        body = {"act": act, "fields": fields or {}, **more}
        path = f"/api/matters/{matter}/acts" if matter else "/api/matters"
        return self.ask("POST", path, body, token=self.as_(number) if number else None, code=code)


def entries_of(folder):
    """[(number, kind, facts, field lines)] of the rows as they lie there."""
    rows = sqlite3.connect(f"file:{folder}/ledger/rows?mode=ro", uri=True)
    out = []
    for number, raw in rows.execute("SELECT number, bytes FROM entry ORDER BY number"):
        lines = raw.decode().splitlines()
        assert lines[0] == "lawbound-entry/v1", lines[0]
        out.append((number, lines[1].removeprefix("kind "),
                    dict(line.split(" ", 2)[1:] for line in lines if line.startswith("fact ")),
                    [line for line in lines if line.startswith("field ")]))
    rows.close()
    return out


NOTICE = {"grave-kind": "no", "amount": "5000 CNY", "time-to-speak": "5 working days", "facts": "rats in the kitchen",
          "reasons": "the law", "basis": "APL 9", "rights": "to speak, to be heard"}
DECISION = {"amount": "5000 CNY", "kind": "fine", "basis": "APL 9", "rests-on": ["photo"], "facts": "rats",
            "performance": "bank", "reasons": "the law", "remedy": "reconsideration or court", "seal": "seal"}


def begin(server, label="老王面馆", discovered="2025-01-05"):
    """A matter up to its filing and findings; the day is that of the server."""
    status, answer = server.act("", "discover", {"found": discovered, "violation-end": "2024-12-20"}, "1001", pack=PENALTY,
                                given=[{"role": "party", "label": label, "field": "kind", "value": "organisation"},
                                       {"role": "exhibit", "label": "photo", "field": "kind", "value": "documentary"},
                                       {"role": "exhibit", "label": "photo", "field": "device", "value": "no"}])
    assert status == 201, answer
    matter, codes = answer["matter"], {row["label"]: row["code"] for row in answer["codes"]}
    for act, fields, number, more in (("file", {"ground": "APL 9"}, "1004", {}),
                                      ("verified", {"verified": "yes"}, "1003", {"label": "photo"}),
                                      ("sufficient", {"sufficient": "yes"}, "1004", {})):
        status, answer = server.act(matter, act, fields, number, **more)
        assert status == 201, (act, answer)
    return matter, codes[label]
