#!/usr/bin/env python3
"""A served authority whose server is killed, whose disk is full and whose clock jumps, while histories are played on it.

python3 tests/serve/faults_test.py LAWBOUND CLOCK [SEED [KILLS]]

CLOCK is a library that is loaded before the server and moves its clock of the day (clock_jumps.cc).
"""
import collections
import contextlib
import http.client
import pathlib
import random
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import authority  # noqa: E402
import load as loads  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
KILLS_OF_ONE = 12  # then another authority: holidays are not known for ever, and neither is patience
LAST_DAY = "2025-06-01"  # the same, where days pass and kills are few


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        seals = tempfile.TemporaryDirectory(prefix="lawbound-seals-")
        cls.addClassCleanup(seals.cleanup)
        cls.sealed = authority.seal(PROGRAM, ROOT, pathlib.Path(seals.name), cls.PACKS)

    PACKS, OFFICIALS = [authority.PENALTY], authority.OFFICIALS

    def made(self):
        """The folder of a new authority."""
        place = tempfile.TemporaryDirectory(prefix="lawbound-faults-")
        self.addCleanup(place.cleanup)
        folder = pathlib.Path(place.name) / "city"
        authority.make(PROGRAM, folder, self.sealed, self.OFFICIALS)
        return folder

    def served(self, folder, **more):
        server = authority.Server(PROGRAM, folder, **more)
        self.addCleanup(lambda: server.process.poll() is None and server.end(kill=True))
        return server


class Kills(Faults):
    def test_killed_under_load_nothing_acknowledged_is_lost_or_doubled_and_nothing_unlawful_is_done(self):
        draw = random.Random(SEED)
        killed = acknowledged = judged = refused = cut = 0
        longest = 0.0
        while killed < KILLS:
            server = self.served(self.made())
            server.day("2025-01-06")
            load = loads.Load(server, workers=6)
            for _ in range(min(KILLS_OF_ONE, KILLS - killed)):
                with load.playing():
                    ends = time.monotonic() + draw.uniform(0.3, 1.5)
                    while time.monotonic() < ends:
                        time.sleep(draw.uniform(0, 0.3))
                        load.next_day()
                    server.end(kill=True)
                    killed += 1
                gone = time.monotonic()
                server.start()
                load.today = server.ask("GET", "/api/day")[1]["day"]
                longest = max(longest, time.monotonic() - gone)
                load.send_again(draw, 10, self)
            judged += loads.check(self, load, PROGRAM, server.folder)
            self.assertEqual(server.end(), 0, server.said)
            acknowledged += len(load.acknowledged)
            refused += sum(count for (status, act), count in load.refused.items() if status == 422)
            cut += load.lost
            self.assertLessEqual({status for status, _ in load.refused}, {422}, load.words)
            self.assertGreater(load.refused[422, "decide"], 0, "nothing unlawful was tried")
            said = (f"killed {killed} times; {acknowledged} acts acknowledged, {judged} there and lawful, {refused} unlawful ones "
                    f"refused, {cut} without an answer; back after at most {longest:.2f} s")
            if KILLS > 2 * KILLS_OF_ONE:
                print(said, file=sys.stderr, flush=True)
        print(said, file=sys.stderr)
        self.assertGreater(acknowledged, 10 * killed)


class Signals(Faults):
    """What one matter says of a decision of another, while the server is killed: between the two entries too."""
    PACKS, OFFICIALS = [authority.PENALTY, authority.REVIEW], authority.WITH_REVIEW

    def go_on(self, load, draw):
        """Days pass until the server is killed, while one turns or acts are on their way."""
        killer = threading.Timer(draw.uniform(0.2, 1.5), load.server.process.kill)
        killer.start()
        with contextlib.suppress(OSError, http.client.HTTPException):
            while load.server.process.poll() is None:
                time.sleep(draw.uniform(0, 0.2))
                load.next_day()
        killer.join()
        load.server.end()

    def test_killed_while_decisions_are_challenged_and_set_aside_each_signal_arrives_once(self):
        draw = random.Random(SEED)
        killed, over, said = 0, 0, collections.Counter()
        while killed < SIGNAL_KILLS:
            server = self.served(self.made())
            server.day("2025-01-06")
            load = loads.Challenges(server, workers=4)
            while killed < SIGNAL_KILLS and load.today < LAST_DAY:
                with load.playing():
                    self.go_on(load, draw)
                killed += 1
                server.start()
                load.today = server.ask("GET", "/api/day")[1]["day"]
                # Before anybody does anything: what was said was said again, where it had not arrived.
                loads.check_signals(self, load, server.folder)
                load.send_again(draw, 10, self)
            said.update(loads.check_signals(self, load, server.folder))
            loads.check(self, load, PROGRAM, server.folder)
            self.assertEqual(server.end(), 0, server.said)
            self.assertLessEqual({status for status, _ in load.refused}, {422}, load.words)
            over += load.over
        print(f"killed {killed} times; {over} histories to the end; signals: {dict(said)}", file=sys.stderr)
        self.assertGreater(said["set-aside"], 0)


class Disks(Faults):
    """The folder lies on a file system of its own, of some megabytes: the log of writes alone takes 32."""
    MEGABYTES = 64

    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="lawbound-disk-")
        self.addCleanup(place.cleanup)
        self.disk = pathlib.Path(place.name)
        done = authority.run("mount", "-t", "tmpfs", "-o", f"size={self.MEGABYTES}m", "tmpfs", self.disk)
        if done.returncode != 0:
            self.skipTest("a file system may not be mounted here: " + done.stderr.strip())
        self.addCleanup(lambda: authority.run("umount", "-l", self.disk))

    def wait_for(self, load, what, seconds=120):
        ends = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), ends, (load.refused, dict(load.words)))
            time.sleep(0.05)

    @staticmethod
    def fill(path):
        """To the last byte."""
        with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)

    def read(self, server, load, matter):
        """What is read while nothing can be written."""
        for path in ("/api/day", "/api/figures", "/api/checkpoint", "/zh/published"):
            self.assertEqual(server.ask("GET", path)[0], 200, path)
        status, view = server.ask("GET", f"/api/matters/{matter}", token=server.as_("1001"))
        self.assertEqual(status, 200, view)
        there = {event["entry"] for event in view["timeline"]}
        self.assertLessEqual({entry for _, _, _, of, entry in list(load.acknowledged.values()) if of == matter}, there)

    def test_a_full_disk_is_said_what_is_there_is_read_and_with_room_acts_go_on(self):
        folder = self.disk / "city"
        authority.make(PROGRAM, folder, self.sealed)
        server = self.served(folder)
        server.day("2025-01-06")
        load = loads.Load(server, workers=4, patient=False)
        filler = self.disk / "filler"
        for again in range(3):  # the disk fills at another place each time
            refused = load.count(503)
            with load.playing():
                before = len(load.acknowledged)
                self.wait_for(load, lambda: len(load.acknowledged) > before + 20)
                self.wait_for(load, lambda: server.ask("GET", "/api/checkpoint")[0] == 200)
                self.fill(filler)
                self.wait_for(load, lambda: load.count(503) > refused + 20)
                matter = next(reversed(load.acknowledged.values()))[3]
                self.read(server, load, matter)
                # A day that comes while nothing can be written brings along what it brings when there is room.
                self.assertIn(server.ask("PUT", "/api/day", {"day": f"2025-01-{7 + again:02}"})[0], (200, 503))
                if again == 1:  # killed and started on the full disk it can be read as well
                    server.end(kill=True)
                    load.stop()
                    server.start()
                    self.read(server, load, matter)
            self.assertIsNone(server.process.poll(), "the server is gone")
            filler.unlink()
            with load.playing():
                before = len(load.acknowledged)
                self.wait_for(load, lambda: len(load.acknowledged) > before + 20)
        self.assertEqual({status for status, _ in load.refused} - {422, 503}, set(), load.refused)
        for words in load.words[503]:
            self.assertRegex(words, "full|disk|not written")
        judged = loads.check(self, load, PROGRAM, folder)
        self.assertEqual(server.end(), 0, server.said)
        print(f"{load.count(503)} acts refused on a full disk, {len(load.acknowledged)} acknowledged, {judged} there and lawful; "
              f"the words: {sorted(load.words[503])}", file=sys.stderr)


class Clocks(Faults):
    """The clock of the machine, of an authority that is no demonstration."""
    DAY = 86400

    def setUp(self):
        self.folder = self.made()
        self.clock = self.folder.parent / "clock"
        self.set_clock(0)
        self.environment = {"LD_PRELOAD": CLOCK, "LAWBOUND_CLOCK": str(self.clock)}

    def set_clock(self, days, seconds=0):
        new = self.clock.with_suffix(".new")
        new.write_text(str(int(days * self.DAY + seconds)))
        new.replace(self.clock)
        self.off = days * self.DAY + seconds

    def today(self, server):
        return server.ask("GET", "/api/day")[1]["day"]

    def test_a_clock_that_jumps_stops_the_acts_and_not_the_reading(self):
        server = self.served(self.folder, options=(), environment=self.environment)
        real = self.today(server)
        load = loads.Load(server, workers=4, found=real, patient=False)
        with load.playing():
            for days in (-5, 90, -400, 0.5, 3650):
                before = len(load.acknowledged)
                self.wait(load, lambda: len(load.acknowledged) > before + 10)
                self.set_clock(days)
                refused = load.count(503)
                self.wait(load, lambda: load.count(503) > refused + 10)
                done = len(load.acknowledged)
                time.sleep(0.3)
                self.assertLessEqual(len(load.acknowledged), done + load.workers, "acts are recorded by a clock that jumped")
                # The day stays, what is there is read, and who signs in shows a code by the right time.
                self.assertEqual(self.today(server), real)
                self.assertEqual(server.ask("GET", "/api/figures")[0], 200)
                self.assertEqual(server.ask("GET", "/api/session", token=server.as_("1001"))[0], 200)
                self.set_clock(0)
            before = len(load.acknowledged)
            self.wait(load, lambda: len(load.acknowledged) > before + 10)
            self.set_clock(0, seconds=-90)  # a correction is no jump
            before = len(load.acknowledged)
            self.wait(load, lambda: len(load.acknowledged) > before + 10)
            self.set_clock(0)
        self.assertEqual({status for status, _ in load.refused} - {422, 503}, set(), load.refused)
        for words in load.words[503]:
            self.assertRegex(words, "the clock of this machine jumped (ahead|back) by [0-9]+ days")
        # Started with a clock that is behind the record: read, and nothing recorded.
        server.end(kill=True)
        self.set_clock(-3)
        server.start()
        self.assertEqual(self.today(server), real)
        request = sorted(load.acknowledged)[0]
        path, body, number, matter, _ = load.acknowledged[request]
        login = {"number": number, "password": authority.PASSWORD, "code": authority.one_time_code(number)}
        status, answer = server.ask("POST", "/api/session", login)
        self.assertEqual((status, "the clock of this machine says" in answer["detail"]), (503, True), answer)
        # Only who has the code of the wrong time gets further, and no act of theirs is recorded.
        login["code"] = authority.one_time_code(number, self.off // 30)
        status, answer = server.ask("POST", "/api/session", login)
        self.assertEqual(status, 201, answer)
        token = answer["token"]
        status, answer = server.ask("POST", path, {**body, "request": "another"}, token=token)
        self.assertEqual((status, "the clock of this machine says" in answer["detail"]), (503, True), answer)
        self.assertEqual(server.ask("GET", f"/api/matters/{matter}", token=token)[0], 200)
        server.end(kill=True)
        self.set_clock(0)
        server.start()
        with load.playing():
            before = len(load.acknowledged)
            self.wait(load, lambda: len(load.acknowledged) > before + 10)
        judged = loads.check(self, load, PROGRAM, self.folder)
        days = {facts[key] for _, _, facts, _ in authority.entries_of(self.folder) for key in ("day", "recorded") if key in facts}
        self.assertLessEqual(days, {real, self.today(server)}, "a day of the wrong clock is in the record")
        self.assertEqual(server.end(), 0, server.said)
        print(f"{load.count(503)} acts refused by a wrong clock, {len(load.acknowledged)} acknowledged, {judged} there and lawful",
              file=sys.stderr)

    wait = Disks.wait_for


if __name__ == "__main__":
    PROGRAM, CLOCK = sys.argv[1:3]
    SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    KILLS = int(sys.argv[4]) if len(sys.argv) > 4 else 6
    SIGNAL_KILLS = KILLS
    unittest.main(argv=sys.argv[:1] + sys.argv[5:])
