#!/usr/bin/env python3
"""The noodle shop, through the API of a served authority, and what goes wrong on the way.

python3 tests/serve/journey_test.py LAWBOUND LAWBOUND-VERIFY
"""
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import authority  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Served(unittest.TestCase):
    PACKS, OFFICIALS = [authority.PENALTY], authority.OFFICIALS

    @classmethod
    def setUpClass(cls):
        cls.seals = tempfile.TemporaryDirectory(prefix="lawbound-seals-")
        cls.sealed = authority.seal(PROGRAM, ROOT, pathlib.Path(cls.seals.name), cls.PACKS)
        cls.addClassCleanup(cls.seals.cleanup)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lawbound-serve-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "city"
        authority.make(PROGRAM, self.folder, self.sealed, self.OFFICIALS)
        # The demonstration begins on the day of the clock; the record of a city begins where its ledger does.
        self.server = authority.Server(PROGRAM, self.folder)
        self.addCleanup(lambda: self.server.process.poll() is None and self.server.end(kill=True))


# What a program reads, and what people wrote themselves: these are in the words of the pack or theirs.
NOT_TOLD = {"act", "answer", "arose", "case", "day", "due", "entry", "fields", "from", "matter", "name", "office", "official", "pack",
            "part", "party", "recorded", "role", "state", "verdict", "label"}


def latin(value, where=""):
    """Every sentence that is told with English in it."""
    if isinstance(value, dict):
        return [one for key, inner in value.items() if key not in NOT_TOLD for one in latin(inner, f"{where}/{key}")]
    if isinstance(value, list):
        return [one for inner in value for one in latin(inner, where)]
    told = value.replace("photo", "") if isinstance(value, str) else ""  # the name that a person gave to a piece of evidence
    return [f"{where}: {value}"] if re.search("[A-Za-z]{2}", told) else []


class Journey(Served):
    def test_reasons_are_told_in_the_language_that_is_asked_for(self):
        server = self.server
        server.day("2025-01-06")
        matter, _ = authority.begin(server)
        for day, act, number, fields in (("2025-01-06", None, None, None), ("2025-01-22", "notify", "1001", authority.NOTICE),
                                         ("2025-02-12", "decide", "1004", authority.DECISION),
                                         ("2025-02-13", "serve", "1001", {"mode": "direct", "received": "2025-02-13"}),
                                         ("2025-06-02", None, None, None)):
            server.day(day)
            if act:
                status, answer = server.act(matter, act, fields, number, label="老王面馆")
                self.assertEqual(status, 201, answer)
            view = server.ask("GET", f"/api/matters/{matter}?language=zh", token=server.as_("1001"))[1]
            told = {key: view[key] for key in ("possible", "duties", "terms", "timeline", "packTitle", "lastAct")}
            self.assertEqual(latin(told), [], day)
            english = server.ask("GET", f"/api/matters/{matter}", token=server.as_("1001"))[1]
            sentences = json.dumps([english["possible"], english["terms"]], ensure_ascii=False).replace("老王面馆", "")
            self.assertNotRegex(sentences, "[\u4e00-\u9fff]", day)
        self.assertIn("2025年", json.dumps(view["duties"] + view["terms"], ensure_ascii=False))
        body = {"act": "decide", "fields": authority.DECISION, "label": "老王面馆"}
        status, refused = server.ask("POST", f"/api/matters/{matter}/acts?language=zh", body, token=server.as_("1004"))
        self.assertEqual((status, latin(refused["reasons"])), (422, []), refused)

    def test_the_noodle_shop(self):
        server = self.server
        self.assertEqual(server.ask("GET", "/api/day")[1]["demonstration"], True)
        server.day("2025-01-06")
        matter, code = authority.begin(server)
        server.day("2025-01-22")
        status, notice = server.act(matter, "notify", authority.NOTICE, "1001", label="老王面馆")
        self.assertEqual((status, notice["verdict"]), (201, "lawful"), notice)
        server.day("2025-01-27")
        status, refused = server.act(matter, "decide", authority.DECISION, "1004", label="老王面馆")
        self.assertEqual((status, refused["kind"], refused["earliest"]), (422, "refused", "2025-02-06"))
        told = json.dumps(refused["reasons"])
        for day in ("2025-01-23", "2025-01-24", "2025-01-26", "2025-01-27", "2025-02-05"):
            self.assertIn(day, told)
        self.assertEqual(server.ask("GET", f"/api/matters/{matter}", token=server.as_("1004"))[1]["acts"], 5)
        server.day("2025-02-05")
        status, asked = server.act("mine", "ask-hearing", code=code)
        self.assertEqual((status, asked["verdict"]), (201, "lawful"), asked)
        self.assertEqual(server.act("mine", "decide", authority.DECISION, code=code)[0], 400)
        server.day("2025-02-10")
        hearing = {"place": "hall", "closed": "no"}
        status, answer = server.act(matter, "announce-hearing", {**hearing, "hearing-day": "2025-02-18"}, "1001", label="老王面馆")
        self.assertEqual(status, 422, answer)
        status, answer = server.act(matter, "announce-hearing", {**hearing, "hearing-day": "2025-02-19"}, "1001", label="老王面馆")
        self.assertEqual(status, 201, answer)
        # Who is named to chair it has a part in the matter from then on, and not before.
        for before, named in ((False, False), (True, True)):
            if before:
                self.assertEqual(server.act(matter, "name-chair", {"who": "2001"}, "1004")[0], 201)
            view = server.ask("GET", f"/api/matters/{matter}", token=server.as_("2001"))[1]
            self.assertEqual(view["personalOpen"], named)
        # The receipt of the notice verifies without this server, and shows the party its own text.
        status, receipt = server.ask("GET", f"/api/receipts/{notice['entry']}", code=code)
        self.assertEqual(status, 200, receipt)
        file = self.folder.parent / "notice.tlog-proof"
        file.write_text(receipt)
        keys = server.ask("GET", "/api/keys")[1]
        done = subprocess.run([VERIFY, "receipt", str(file), "--key", keys[0]], capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 4), done.stdout + done.stderr)
        self.assertIn("rats in the kitchen", done.stdout)
        self.assertNotIn("rats", server.ask("GET", f"/api/receipts/{notice['entry']}")[1])
        self.assertEqual(server.end(), 0)
        fsck = authority.run(PROGRAM, "ledger", "fsck", self.folder / "ledger")
        self.assertEqual(fsck.returncode, 0, fsck.stdout + fsck.stderr)

    def test_bad_input_is_refused_and_nothing_leaks(self):
        server = self.server
        server.day("2025-01-06")
        matter, code = authority.begin(server)
        other, _ = authority.begin(server, "另一家")
        token = server.as_("1001")
        for method, path, body, more, wanted in (
                ("GET", f"/api/matters/{matter}", None, {}, 401),
                ("GET", f"/api/matters/{matter}", None, {"token": "x" * 64}, 401),
                ("GET", f"/api/matters/{other}", None, {"code": code}, 404),
                ("GET", "/api/matters/mine", None, {"code": code[:-1] + ("A" if code[-1] != "A" else "B")}, 404),
                ("GET", "/api/matters/" + "0" * 32, None, {"token": token}, 404),
                ("POST", f"/api/matters/{matter}/acts", "{", {"token": token}, 400),
                ("POST", f"/api/matters/{matter}/acts", "[" * 5000, {"token": token}, 413),
                ("POST", f"/api/matters/{matter}/acts", {"act": "decide", "names": []}, {"token": token}, 400),
                ("POST", f"/api/matters/{matter}/acts", {"act": "no-such"}, {"token": token}, 404),
                ("POST", f"/api/matters/{matter}/acts", {"act": "decide", "fields": {"amount": "all"}}, {"token": token}, 400),
                ("GET", "/api/persons", None, {"token": token}, 404),
                ("DELETE", "/api/matters", None, {"token": token}, 405)):
            status, answer = server.ask(method, path, body, **more)
            self.assertEqual(status, wanted, (path, body, answer))
            self.assertNotIn("另一家", json.dumps(answer, ensure_ascii=False))
            # The same, told in Chinese: by what the program prefers, which ?language= outweighs.
            preferred = {**more, "headers": {"Accept-Language": "en;q=0.1, zh-CN, *;q=0.5"}}
            status, chinese = server.ask(method, path, body, **preferred)
            self.assertEqual(status, wanted)
            names = re.sub("“[^”]*”|/api/openapi.json|JSON|application/json", "", chinese["title"] + chinese["detail"])
            self.assertNotRegex(names, "[A-Za-z]{2}", chinese)
            self.assertRegex(chinese["detail"], "[\u4e00-\u9fff]")
            asked = path + "?language=en"
            self.assertEqual(server.ask(method, asked, body, **preferred)[1]["title"], answer["title"], (path, answer))
        # What an archive sees without a look: no name, no text.
        status, seen = server.ask("GET", f"/api/matters/{matter}", token=server.as_("2001"))
        self.assertEqual((status, seen["personalOpen"]), (200, False))
        self.assertNotIn("老王", json.dumps(seen, ensure_ascii=False))

    def test_the_document_of_the_api_is_the_table_of_routes(self):
        document = self.server.ask("GET", "/api/openapi.json")[1]
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertEqual(set(document["components"]["parameters"]), {"language", "acceptLanguage"})
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                references = [one["$ref"] for one in operation["parameters"] if "$ref" in one]
                self.assertEqual(references, ["#/components/parameters/language", "#/components/parameters/acceptLanguage"])
                status, _ = self.server.ask(method.upper(), path.replace("{", "").replace("}", ""),
                                            {} if method in ("post", "put") else None)
                self.assertNotIn(status, (405, 500), (method, path))
        for word in ("person", "people", "citizen"):
            self.assertFalse([path for path in document["paths"] if word in path])

    def test_of_two_officers_with_one_form_one_is_told_that_the_matter_has_moved(self):
        server = self.server
        server.day("2025-01-06")
        matter, _ = authority.begin(server)
        acts = server.ask("GET", f"/api/matters/{matter}", token=server.as_("1001"))[1]["acts"]
        server.as_("1002")
        answers = []

        def send(number):
            answers.append(server.act(matter, "influential", {"influential": "yes"}, number, label="老王面馆", acts=acts, request="form " + number))
        threads = [threading.Thread(target=send, args=(number,)) for number in ("1001", "1002")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(status for status, _ in answers), [201, 409])
        stale = next(answer for status, answer in answers if status == 409)
        self.assertEqual([event["act"] for event in stale["meanwhile"]], ["influential"])


class Setup(unittest.TestCase):
    def test_a_mistake_in_the_setup_is_named_and_leaves_no_half_of_an_authority(self):
        good = {"titleZh": "市", "titleEn": "City", "origin": "records.example/log", "zone": "Asia/Shanghai"}
        wrong = {"no time zone 'Mars/Phobos'": {"zone": "Mars/Phobos"},
                 "is one line": {"titleEn": "City\nzone Europe/Rome"},
                 "is not base32": {"officials": [{"number": "1001", "name": "李文", "office": "market", "secret": "!!"}]}}
        for said, change in wrong.items():
            with self.subTest(said=said), tempfile.TemporaryDirectory() as folder:
                setup = pathlib.Path(folder) / "setup.json"
                setup.write_text(json.dumps({**good, **change}))
                made = authority.run(PROGRAM, "authority", pathlib.Path(folder) / "city", setup)
                self.assertEqual(made.returncode, 3, made.stdout)
                self.assertIn(said, made.stderr)
                self.assertEqual([path.name for path in pathlib.Path(folder).iterdir()], ["setup.json"])


class Review(Served):
    PACKS, OFFICIALS = [authority.PENALTY, authority.REVIEW], authority.WITH_REVIEW

    def do(self, matter, act, fields, number, **more):
        status, answer = self.server.act(matter, act, fields, number, **more)
        self.assertEqual(status, 201, (act, answer))
        return answer

    def found(self, server, words, entries):
        query = "?q=" + urllib.parse.quote(words)
        rows = server.ask("GET", "/api/publications" + query)[1]
        self.assertEqual([row["entry"] for row in rows], entries, words)
        page = server.ask("GET", "/en/published" + query)[1]
        self.assertEqual(re.findall('id="entry-([0-9]+)"', page), [str(entry) for entry in entries], words)

    def feed(self, server, query):
        status, text = server.ask("GET", "/en/published.atom" + query)
        self.assertEqual(status, 200, text)
        xml.dom.minidom.parseString(text)
        return text

    def test_the_powers_name_office_role_and_provision(self):
        rows = self.server.ask("GET", "/api/powers")[1]
        head = next(row for row in rows if (row["office"], row["role"]) == ("market", "head"))
        self.assertEqual((head["pack"], head["posts"]), (authority.PENALTY, 1))
        decide = next(act for act in head["acts"] if act["act"] == "decide")
        self.assertEqual(decide["provisions"], ["APL 48", "APL 57", "APL 59"])
        self.assertNotIn("decide", [act["act"] for row in rows if row["role"] == "officer" for act in row["acts"]])
        page = self.server.ask("GET", "/zh/powers")[1]
        self.assertIn("《行政处罚法》第57条", page)
        self.assertNotIn("陈局", page)

    def browser(self, **cookies):
        """What asks for pages, and sends forms with what they hold unseen."""
        header = {"Cookie": "; ".join(f"{name}={value}" for name, value in {"lb_visit": "0" * 32, **cookies}.items())}

        def see(path):
            status, page = self.server.ask("GET", path, headers=header)
            self.assertEqual(status, 200, (path, page))
            return page

        def send(path, page, fields):
            hidden = dict(re.findall('<input type="hidden" name="([^"]+)" value="([^"]*)"', page.split("<main", 1)[1]))
            body = urllib.parse.urlencode({**hidden, **fields})
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            return self.server.ask("POST", path, body, headers={**header, **kind})
        return see, send

    def test_an_officer_begins_a_matter_from_the_page_and_introduces_who_is_new(self):
        server = self.server
        server.day("2025-01-06")
        see, send = self.browser(lb_session=server.as_("1001"))
        path = "/en/begin/discover?pack=prc%2Fpenalty"
        form = server.ask("GET", f"/api/form?pack={authority.PENALTY}&act=discover", token=server.as_("1001"))[1]
        told = {"party kind": "organisation", "exhibit kind": "documentary", "exhibit device": "no"}
        fields = {f"given-{i}": told[row["name"]] for i, row in enumerate(form["given"]) if row["name"] in told}
        self.assertEqual(len(fields), len(told), form["given"])
        fields |= {"given-name-party": "老王面馆", "field-found": "2025-01-05", "field-violation-end": "2024-12-20"}
        # Without the name of the exhibit nothing is recorded, what was typed is there, and the error stands at the name.
        status, page = send(path, see(path), fields)
        self.assertEqual(status, 400, page)
        self.assertIn('href="#given-name-exhibit"', page)
        self.assertIn('value="老王面馆"', page)
        status, page = send(path, see(path), {**fields, "given-name-exhibit": "photo"})
        self.assertEqual(status, 200, page)
        matter = re.search('/en/matter/([0-9a-f]{32})', page).group(1)
        parties = server.ask("GET", f"/api/matters/{matter}", token=server.as_("1001"))[1]["parties"]
        self.assertEqual({(row["role"], row["label"]) for row in parties}, {("party", "老王面馆"), ("exhibit", "photo")})

    def test_a_party_takes_a_decision_further_from_the_page(self):
        server, shop = self.server, {"label": "老王面馆"}
        server.day("2025-01-06")
        fined, code = authority.begin(server)
        see, send = self.browser(lb_code=code)
        self.assertNotIn("/challenge/", see("/zh/my-matter"))
        server.day("2025-01-22")
        # Sums and lengths as they are written in Chinese are recorded as packs write them; what is neither is told so.
        look, hand_in = self.browser(lb_session=server.as_("1001"))
        notice = f"/zh/matter/{fined}/act/notify"
        status, page = hand_in(notice, look(notice), {"to": "老王面馆", **{"field-" + name: value for name, value in
                                                                        {**authority.NOTICE, "amount": "很多"}.items()}})
        self.assertEqual(status, 400, page)
        self.assertIn("的形式不对，应当像这样填写：5000元", page)
        self.do(fined, "notify", {**authority.NOTICE, "amount": "5000元", "time-to-speak": "5个工作日"}, "1001", **shop)
        told = server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]["timeline"][-1]["fields"]
        values = {field["name"]: field["value"] for field in told}
        self.assertEqual((values["amount"], values["time-to-speak"]), ("5000 CNY", "5 working days"))
        server.day("2025-02-06")
        decision = self.do(fined, "decide", authority.DECISION, "1004", **shop)
        self.do(fined, "serve", {"mode": "direct", "received": "2025-02-06"}, "1001", **shop)
        server.day("2025-03-03")
        path = f"/zh/challenge/{decision['entry']}/apply?pack=prc%2Freconsideration"
        self.assertIn(f'href="{path}"', see("/zh/my-matter"))
        page = see(path)
        # The record knows kind and amount; the rest is asked.
        asked = sorted(set(re.findall('name="(given-[0-9]+)"', page)))
        self.assertEqual(len(asked), 4, page)
        fields = {**dict(zip(asked, ("yes", "no", "no", "no"))), "field-received": "2025-03-03", "field-requests": "set it aside",
                  "field-reasons": "no rats", "field-compensation": "no"}
        status, page = send(path, page, fields)
        self.assertEqual(status, 200, page)
        new_code = re.search('class="lb-code">([^<]+)<', page).group(1)
        review = server.ask("GET", "/api/matters/mine", code=new_code)[1]
        self.assertEqual(review["pack"], authority.REVIEW)
        self.assertEqual(server.ask("GET", f"/api/matters/{review['matter']}", code=code)[0], 404)
        self.do(review["matter"], "learn", {"learned": "2025-02-06"}, "3001")
        server.day("2025-03-17")
        timeline = server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]["timeline"]
        self.assertIn("challenged", [event["act"] for event in timeline])
        # Of somebody else's act, of an act that nobody can set aside, and without a code there is no form.
        other, _ = authority.begin(server, "另一家店")
        entry = server.ask("GET", f"/api/matters/{other}", token=server.as_("1001"))[1]["timeline"][0]["entry"]
        header = {"Cookie": f"lb_visit={'0' * 32}; lb_code={code}"}
        self.assertEqual(server.ask("GET", f"/zh/challenge/{entry}/apply?pack=prc%2Freconsideration", headers=header)[0], 400)
        self.assertEqual(server.ask("GET", path)[0], 303)

    def test_a_decision_is_challenged_accepted_by_silence_set_aside_and_withdrawn(self):
        server, shop = self.server, {"label": "老王面馆"}
        server.day("2025-01-06")
        fined, code = authority.begin(server)
        server.day("2025-01-22")
        self.do(fined, "notify", authority.NOTICE, "1001", **shop)
        server.day("2025-02-06")
        decision = self.do(fined, "decide", {**authority.DECISION, "facts": "rats at 老王面馆"}, "1004", **shop)
        self.assertEqual(server.ask("GET", "/api/publications")[1], [])
        self.do(fined, "publish", {"reasons": "rats in a kitchen", "remedy": "complaint"}, "1001", **shop)
        published = server.ask("GET", "/api/publications")[1]
        self.assertEqual([row["entry"] for row in published], [decision["entry"]])
        self.assertEqual({field["name"] for field in published[0]["fields"]}, {"facts", "kind", "amount"})
        self.assertNotIn("老王", json.dumps(published, ensure_ascii=False))
        self.found(server, "rats", [decision["entry"]])
        self.found(server, "RATS fine", [decision["entry"]])
        self.found(server, "rats cats", [])
        self.found(server, "老王面馆", [])
        feed = self.feed(server, "")
        self.assertIn("rats at", feed)
        self.assertNotIn("老王", feed)
        self.assertIn("<entry>", self.feed(server, "?pack=prc/penalty"))
        self.assertNotIn("<entry>", self.feed(server, "?pack=prc/reconsideration"))
        self.do(fined, "serve", {"mode": "direct", "received": "2025-02-06"}, "1001", **shop)

        server.day("2025-03-03")
        told = [{"role": "target", "label": "", "field": field, "value": value}
                for field, value in (("told-remedy", "yes"), ("spot", "no"), ("camera", "no"), ("real-estate", "no"))]
        application = {"received": "2025-03-03", "requests": "set it aside", "reasons": "no rats", "compensation": "no"}
        status, answer = server.act("", "apply", application, code=code, pack=authority.REVIEW, targetMatter=fined,
                                    targetEntry=decision["entry"], given=told)
        self.assertEqual(status, 201, answer)
        review = answer["matter"]
        self.assertEqual(server.ask("GET", f"/api/matters/{fined}", code=answer["codes"][0]["code"])[0], 404)
        self.do(review, "learn", {"learned": "2025-02-06"}, "3001")
        # Five working days without an answer: accepted by silence, on its day, recorded when that was seen.
        server.end(kill=True)
        server.start()
        server.day("2025-03-17")
        timeline = server.ask("GET", f"/api/matters/{review}", token=server.as_("3001"))[1]["timeline"]
        accepted = next(event for event in timeline if event["act"] == "accept")
        self.assertEqual((accepted["day"], accepted["recorded"], accepted["deemed"]), ("2025-03-10", "2025-03-17", True))
        timeline = server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]["timeline"]
        challenged = next(event for event in timeline if event["act"] == "challenged")
        self.assertEqual((challenged["day"], challenged["recorded"]), ("2025-03-10", "2025-03-17"))

        self.do(review, "send-copy", {}, "3001")
        self.do(review, "copy-received", {"received": "2025-03-17"}, "3001")
        server.day("2025-03-19")
        self.do(review, "reply", {"evidence": "yes"}, "1004", role="respondent")
        server.day("2025-03-25")
        self.do(review, "listen", {}, "3001")
        self.do(review, "propose", {}, "3001")
        self.do(review, "approve", {}, "3003")
        self.do(review, "decide", {"outcome": "set-aside", "ground": "facts", "again": "no", "reasons": "not shown",
                                   "remedy": "court", "seal": "seal"}, "3003")
        server.day("2025-03-27")
        self.do(review, "serve", {"received": "2025-03-27"}, "3001")
        view = server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]
        fields = {field["name"]: field["value"] for event in view["timeline"] if event["act"] == "set-aside"
                  for field in event["fields"]}
        self.assertEqual((fields["ground"], fields["again"]), ("facts", "no"))
        self.assertIn(("withdraw-publication", "2025-04-01"), [(duty["act"], duty["due"]) for duty in view["duties"]])
        published = server.ask("GET", "/api/publications")[1]
        self.assertEqual([(row["withdrawn"], row["why"], row["fields"]) for row in published], [(True, "set aside", [])])
        # With the entry that set it aside it is gone from page, search and feed; the feed says so and why.
        self.found(server, "rats", [])
        feed = self.feed(server, "")
        self.assertNotIn("rats", feed)
        self.assertRegex(feed, r'<at:deleted-entry ref="[^"]*entry-%d" when="2025-03-2[57]T00:00:00Z"><at:comment>Withdrawn: set aside'
                         % decision["entry"])
        self.assertIn("被撤销", server.ask("GET", "/zh/published.atom")[1])
        self.assertNotIn("rats", server.ask("GET", "/en/published")[1])
        server.day("2025-04-02")
        self.assertEqual([row["due"] for row in server.ask("GET", "/api/overdue")[1] if row["case"] == view["case"]],
                         ["2025-04-01"])
        self.do(fined, "withdraw-publication", {"reasons": "set aside"}, "1001", **shop)
        acts = server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]["acts"]
        server.end(kill=True)
        server.start()
        self.assertEqual(server.ask("GET", f"/api/matters/{fined}", token=server.as_("1001"))[1]["acts"], acts)


class Planted(Served):
    def test_no_personal_text_lies_in_a_file_in_clear(self):
        server = self.server
        server.day("2025-01-06")
        planted = "Planted-Name-7f3a91"
        matter, code = authority.begin(server, planted)
        server.act(matter, "influential", {"influential": "yes"}, "1001", label=planted)
        server.ask("POST", f"/api/matters/{matter}/looks", {"ground": "planted-ground-55c1 of a look"}, token=server.as_("2001"))
        self.assertEqual(server.end(), 0)
        digits = code.split("-", 1)[1]
        backup = self.folder.parent / "backup"
        done = authority.run(PROGRAM, "ledger", "backup", self.folder / "ledger", backup)
        self.assertEqual(done.returncode, 0, done.stderr)
        looked = 0
        for path in [*self.folder.rglob("*"), *backup.rglob("*")]:
            if not path.is_file():
                continue
            looked += 1
            content = path.read_bytes()
            for text in (planted, "planted-ground-55c1", digits, digits.replace("-", "")):
                self.assertNotIn(text.encode(), content, path)
        self.assertGreater(looked, 5)
        tables = sqlite3.connect(f"file:{self.folder}/directory?mode=ro", uri=True)
        names = {row[0] for row in tables.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        self.assertEqual(names, {"office", "official", "appointment", "credential"})
        tables.close()


class Hostile(Served):
    def test_hostile_text_in_every_field_is_shown_and_never_obeyed(self):
        server = self.server
        server.day("2025-01-06")
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&{{7*7}}"
        name = "某<b>店</b>\"&'"
        matter, _ = authority.begin(server, name)
        server.day("2025-01-22")
        notice = {key: evil if value not in ("no", "5000 CNY", "5 working days") else value for key, value in authority.NOTICE.items()}
        status, answer = server.act(matter, "notify", notice, "1001", label=name)
        self.assertEqual(status, 201, answer)
        server.day("2025-02-12")
        decision = {**authority.DECISION, **{key: evil for key in ("facts", "performance", "reasons", "remedy", "seal", "basis")}}
        status, answer = server.act(matter, "decide", decision, "1004", label=name)
        self.assertEqual(status, 201, answer)
        status, published = server.act(matter, "publish", {"reasons": evil, "remedy": evil}, "1001", label=name)
        self.assertEqual(status, 201, published)
        cookie = {"Cookie": "lb_session=" + server.as_("1001")}
        for language in ("zh", "en"):
            pages = [f"/{language}/matter/{matter}", f"/{language}/matter/{matter}/act/notify", f"/{language}/desk",
                     f"/{language}/matter/{matter}/document/{answer['entry']}", f"/{language}/published",
                     f"/{language}/published?q=" + urllib.parse.quote(evil), f"/{language}/published.atom"]
            for path in pages:
                status, text = server.ask("GET", path, headers=cookie)
                self.assertEqual(status, 200, path)
                for raw in ("<script", "<img", "<b>店", "alert(1)>"):
                    self.assertNotIn(raw, text, path)
                for title in re.findall("<title>(.*?)</title>", text, re.S):
                    self.assertNotIn("店", title, path)
                self.assertNotIn("店", "".join(re.findall('(?:href|action)="([^"]*)"', text)), path)
            self.assertIn("&lt;script", server.ask("GET", pages[0], headers=cookie)[1])
        self.assertEqual(server.end(), 0)
        self.assertNotIn("店", server.said)


if __name__ == "__main__":
    PROGRAM, VERIFY = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
