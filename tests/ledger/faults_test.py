#!/usr/bin/env python3
"""What a ledger does when it is killed, its disk fills or fails, its clock runs backwards, its server dies.

python3 tests/ledger/faults_test.py LAWBOUND sqlite|postgres CLOCK [--all] [TEST...]

The client keeps its own list of what was acknowledged.  After each fault: every entry on the list is there under its
number, nothing is there twice, and every checkpoint that was ever signed is of a beginning of what is there, by a tree
that is hashed here and not by the program.  With --all every position is tried, and kills go into the thousands.
"""
import base64
import collections
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from acts import act, lines  # noqa: E402
from postgres import PROGRAMS, Server, as_server  # noqa: E402

WRITES = ("write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat2",
          "unlink", "unlinkat", "mkdir", "sendto", "sendmsg")
ACTS = 130
SERIES = 100


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:left]) + root(leaves[left:])).digest()


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lawbound-faults-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "ledger"
        self.public = self.folder / "public"
        self.begin()

    def begin(self):
        """An empty ledger, in place of the one before."""
        for before in (self.ledger, self.public):
            shutil.rmtree(before, ignore_errors=True)
        self.acknowledged = {}  # request: entry
        self.sent = []
        self.signed = set()  # (size, root)
        self.database = SERVER.database() if SERVER else None
        self.ok("init", self.ledger, "--origin", "records.example/log",
                *(["--postgres", self.database] if SERVER else []))

    # -- running

    def run_ledger(self, *arguments, before=(), given="", environment=None):
        return subprocess.run([*before, PROGRAM, "ledger", *map(str, arguments)], input=given, capture_output=True,
                              text=True, timeout=300, check=False, env={**os.environ, **(environment or {})})

    def ok(self, *arguments, **options):
        done = self.run_ledger(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def append(self, acts, before=(), environment=None):
        """Sends the acts and notes what is acknowledged.  Gives how the program ended."""
        self.sent += [one["request"] for one in acts]
        done = self.run_ledger("append", self.ledger, "--json", given=lines(acts), before=before, environment=environment)
        self.note(acts, done.stdout)
        return done.returncode

    def note(self, acts, answers):
        for answer in answers.splitlines(keepends=True):
            if not answer.endswith("\n"):
                break  # cut off by the kill: nobody read it
            answer = json.loads(answer)
            if "entry" not in answer:
                self.assertIn(answer["error"], ("unavailable", "corrupt"), answer)
                continue
            request = acts[answer["line"] - 1]["request"]
            self.assertEqual(self.acknowledged.setdefault(request, answer["entry"]), answer["entry"],
                             f"{request} was acknowledged twice, as two entries")

    def note_signed(self):
        path = self.ledger / "signed"
        if path.exists():
            text = path.read_text().splitlines()
            self.signed.add((int(text[1]), text[2]))

    def entries(self):
        if SERVER:
            rows = SERVER.tell(self.database.split("dbname=")[1].split()[0],
                               "SELECT encode(bytes, 'hex') FROM lawbound.entry ORDER BY number")
            return [bytes.fromhex(row) for row in rows.split()]
        rows = sqlite3.connect(self.ledger / "rows")
        try:
            return [entry for (entry,) in rows.execute("SELECT bytes FROM entry ORDER BY number")]
        finally:
            rows.close()

    # -- checking

    def check(self, acts, others=0):
        """Nothing lost, nothing twice, one history.  `acts` are sent again; `others` entries are not acts."""
        self.note_signed()
        before = dict(self.acknowledged)
        self.assertEqual(self.append(acts), 0)
        for request, entry in before.items():
            self.assertEqual(self.acknowledged[request], entry, f"{request} got another number")
        self.ok("checkpoint", self.ledger)
        self.note_signed()
        entries = self.entries()
        numbers = [self.acknowledged[request] for request in set(self.sent)]
        self.assertEqual(len(set(numbers)), len(numbers), "two acts have one number")
        if others is not None:
            self.assertEqual(len(entries), len(numbers) + others, "an act was recorded twice, or one was lost")
        leaves = [leaf(entry) for entry in entries]
        for size, signed in self.signed:
            self.assertEqual(base64.b64encode(root(leaves[:size])).decode(), signed, f"a fork at {size} was signed")
        report = json.loads(self.ok("fsck", self.ledger, "--json"))
        self.assertEqual(report["problems"], [])
        self.ok("export", self.ledger, self.public)  # which refuses another history

    # -- strace

    @staticmethod
    def injecting(call, what):
        return ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}"]

    def positions(self, *arguments, given=""):
        """(call, n): the n-th such call of some thread writes."""
        log = self.folder / "strace"
        self.run_ledger(*arguments, given=given, before=["strace", "-f", "-o", log, "-e", "trace=" + ",".join(WRITES)])
        counts = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(), re.M))
        most = {}
        for (_, call), count in counts.items():
            most[call] = max(most.get(call, 0), count)
        return [(call, n) for call, count in sorted(most.items()) for n in range(1, count + 1)]

    def save(self):
        shutil.copytree(self.folder, self.folder.with_name(self.folder.name + "-saved"))
        self.addCleanup(shutil.rmtree, self.folder.with_name(self.folder.name + "-saved"))
        self.saved = dict(self.acknowledged), list(self.sent), set(self.signed)

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name(self.folder.name + "-saved"), self.folder)
        self.acknowledged, self.sent, self.signed = dict(self.saved[0]), list(self.saved[1]), set(self.saved[2])


def tell(said):
    """At once, so that a run that is ended has said what it did."""
    print(time.strftime("%H:%M:%S"), said, file=sys.stderr, flush=True)


def some(positions, count, seed):
    if ALL or len(positions) <= count:
        return positions
    return sorted(random.Random(seed).sample(positions, count))


class Kills(Case):
    def start(self):
        self.first = [act(n, name=f"Person {n}", reasons="理由") for n in range(40)]
        self.assertEqual(self.append(self.first), 0)
        self.check(self.first)

    def test_killed_at_a_write_under_load(self):
        """The program is killed as it enters the n-th write, sync, truncation..., and started again."""
        self.start()
        round_ = 0

        def batch():
            return [act(1000 * round_ + n, name=f"Person {n}", phone=None) for n in range(1000, 1000 + ACTS)]
        positions = self.positions("append", self.ledger, given=lines(batch()))
        self.sent += [one["request"] for one in batch()]
        self.check(batch())
        self.assertGreater(len(positions), 3 if SERVER else 100)
        killed = 0
        for call, n in some(positions, 5 if SERVER else 15, 1):
            round_ += 1
            if round_ % 40 == 0:  # a check reads the whole ledger
                tell(f"append: {round_} of {len(positions)} positions tried, killed {killed} times")
                self.begin()
                self.start()
            with self.subTest(call=call, n=n):
                killed += self.append(batch(), before=self.injecting(call, f"signal=KILL:when={n}")) == -signal.SIGKILL
                self.check(batch())
        tell(f"append: killed at {killed} of {len(positions)} positions")
        self.assertGreater(killed, 2 if SERVER else 8)

    def test_killed_while_signing_erasing_publishing_and_changing_keys(self):
        if SERVER:
            self.skipTest("a server's rows are not put back by copying a folder; the rows' part is in the test above")
        self.start()
        self.assertEqual(self.append([act(n, name="Ann") for n in range(100, 110)]), 0)
        self.save()
        erase = ["erase", self.ledger, 3, "--field", "name", "--ground", "Act, s. 9", "--official", "registrar"]
        commands = [["checkpoint", self.ledger], erase, ["export", self.ledger, self.public],
                    ["rotate", self.ledger, "--ground", "yearly", "--official", "registrar"],
                    ["rotate", self.ledger, "--matters"]]
        killed = tried = 0
        for command in commands:
            self.restore()
            positions = self.positions(*command)
            for call, n in some(positions, 3, 2):
                with self.subTest(command=command[0], call=call, n=n):
                    self.restore()
                    before = len(self.entries())
                    done = self.run_ledger(*command, before=self.injecting(call, f"signal=KILL:when={n}"))
                    killed += done.returncode == -signal.SIGKILL
                    tried += 1
                    if command is erase:
                        again = self.run_ledger(*command)
                        self.assertTrue(again.returncode == 0 or "was erased by" in again.stderr, again.stderr)
                        proof = self.folder / "proof"
                        self.ok("checkpoint", self.ledger)
                        self.ok("prove", self.ledger, 3, "--show-all", "--out", proof)
                        shown = self.ok("verify", proof, "--keys", self.ledger / "log.keys")
                        self.assertIn("erased, by entry", shown)
                    self.check(self.first, others=None)
                    self.assertLessEqual(len(self.entries()) - before, 1)  # at most what the command records
                    if command[0] == "rotate":
                        self.ok(*command)
                        self.check(self.first, others=None)
        tell(f"commands: killed at {killed} of {tried} positions")
        self.assertGreater(killed, 7)

    def test_killed_at_any_moment(self):
        """Many times over one ledger, under load, at moments drawn by chance; a new ledger after every hundred."""
        draw = random.Random(3)
        killed = acknowledged = 0
        rounds = int(os.environ.get("LAWBOUND_KILLS", 3000 if ALL else 12))
        for first in range(0, rounds, SERIES):
            self.begin()
            killed += self.kill_by_chance(draw, min(SERIES, rounds - first))
            acknowledged += len(self.acknowledged)
            tell(f"killed {killed} of {min(first + SERIES, rounds)} times, {acknowledged} acts acknowledged")
        self.assertGreater(killed, rounds // 3)

    def kill_by_chance(self, draw, rounds):
        killed = 0
        for round_ in range(rounds):
            acts = [act(1000 * round_ + n, name=f"Person {n}") for n in range(300)]
            self.sent += [one["request"] for one in acts]
            with subprocess.Popen([PROGRAM, "ledger", "append", str(self.ledger), "--json"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
                given = self.folder / "acts"
                given.write_text(lines(acts))
                feeder = subprocess.Popen(["cat", given], stdout=program.stdin, stderr=subprocess.DEVNULL)
                program.stdin.close()
                # So many answers, and a moment more: however fast the machine is, most of the acts are not written yet.
                answers = [program.stdout.readline() for _ in range(draw.randrange(200))]
                time.sleep(draw.random() * 0.01)
                program.kill()
                answers += program.stdout.readlines()
                self.note(acts, b"".join(answers).decode())
                killed += program.wait() == -signal.SIGKILL
                feeder.wait()
            self.note_signed()
            self.assertEqual(self.append(acts[:10]), 0)
            if round_ % 4 == 3 or ALL:
                self.ok("checkpoint", self.ledger)
            if round_ % 40 == 39:
                self.ok("export", self.ledger, self.public)
            self.sent = [request for request in self.sent if request in self.acknowledged]
        # Everything that was acknowledged is there once; what was recorded and not acknowledged is there as well.
        requests = set(self.acknowledged)
        self.sent = list(requests)
        again = [act(int(request.split()[1]), name=f"Person {int(request.split()[1]) % 1000}") for request in requests]
        self.check(again, others=None)
        self.assertEqual(len(self.acknowledged), len(requests))
        return killed


class Projections(Case):
    def dump(self):
        """Every row of every projection, by sqlite3 and not by the program."""
        out = {}
        for path in sorted((self.ledger / "projections").glob("[a-z]*")):
            if path.suffix or "-" in path.name:
                continue
            rows = sqlite3.connect(path)
            out[path.name] = {name: sorted(rows.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in
                              rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
            rows.close()
        return out

    def test_killed_while_it_is_made(self):
        """At a write, and at moments drawn by chance: made in the end, it is what it is when nothing happens."""
        acts = [act(n, name="Ann") for n in range(3000)]
        self.assertEqual(self.append(acts), 0)
        self.ok("project", self.ledger)
        whole = self.dump()
        self.assertEqual(len(whole["matters"]["matters"]), 3000)
        self.ok("project", self.ledger, "--rebuild")
        self.assertEqual(self.dump(), whole)
        shutil.rmtree(self.ledger / "projections")
        positions = self.positions("project", self.ledger)
        killed = 0
        for call, n in some(positions, 6, 7):
            with self.subTest(call=call, n=n):
                shutil.rmtree(self.ledger / "projections")
                done = self.run_ledger("project", self.ledger, before=self.injecting(call, f"signal=KILL:when={n}"))
                killed += done.returncode == -signal.SIGKILL
                self.ok("project", self.ledger)
                self.assertEqual(self.dump(), whole)
        draw = random.Random(8)
        begun = time.monotonic()
        shutil.rmtree(self.ledger / "projections")
        self.ok("project", self.ledger)
        takes = time.monotonic() - begun
        for _ in range(300 if ALL else 6):
            shutil.rmtree(self.ledger / "projections")
            for _ in range(3):  # three times in a row, before it is let be
                program = subprocess.Popen([PROGRAM, "ledger", "project", self.ledger], stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL)
                time.sleep(draw.random() * takes)
                program.kill()
                killed += program.wait() == -signal.SIGKILL
            self.ok("project", self.ledger)
            self.assertEqual(self.dump(), whole)
        tell(f"projections: killed {killed} times")
        self.assertGreater(killed, 6)


class Disks(Case):
    def faulty(self, call, what):
        number = getattr(self, "number", 0) + 1000
        self.number = number
        acts = [act(number + n, name=f"Person {n}") for n in range(ACTS)]
        code = self.append(acts, before=self.injecting(call, what))
        self.check(acts)
        return code

    def setUp(self):
        if SERVER:
            self.skipTest("the disk is the server's")
        super().setUp()

    def test_a_full_disk_and_a_disk_that_cannot_be_written(self):
        refused = 0
        for error in ("ENOSPC", "EROFS", "EIO"):
            for n in some(list(range(1, 400, 4)), 3, 4):
                with self.subTest(error=error, n=n):
                    refused += self.faulty("pwrite64", f"error={error}:when={n}+") != 0
        self.assertGreater(refused, 4)

    def test_a_disk_that_is_full_for_a_while(self):
        """The same program goes on when there is room again."""
        for n in some(list(range(60, 300, 8)), 3, 5):
            with self.subTest(n=n):
                before = len(self.acknowledged)
                self.faulty("pwrite64", f"error=ENOSPC:when={n}..{n + 2}")
                self.assertEqual(len(self.acknowledged) - before, ACTS)

    def test_a_sync_that_fails(self):
        for call in ("fdatasync", "fsync"):
            for n in some(list(range(1, 16)), 3, 6):
                with self.subTest(call=call, n=n):
                    self.faulty(call, f"error=EIO:when={n}")

    def test_a_checkpoint_that_cannot_be_kept_is_not_shown(self):
        acts = [act(n) for n in range(5)]
        self.assertEqual(self.append(acts), 0)
        for call in ("write", "rename", "fsync"):
            done = self.run_ledger("checkpoint", self.ledger, before=self.injecting(call, "error=ENOSPC:when=1"))
            if done.returncode != 0 or call != "write":
                self.assertFalse(re.search("^\u2014", done.stdout, re.M) and not (self.ledger / "signed").exists())
        self.check(acts)

    def test_a_folder_that_may_only_be_read(self):
        acts = [act(n, name="Ann") for n in range(5)]
        self.assertEqual(self.append(acts), 0)
        self.check(acts)
        done = self.run_ledger("append", self.ledger, given=lines([act(9)]),
                               before=["strace", "-f", "-o", "/dev/null", "-e", "trace=openat",
                                       "-e", f"inject=openat:error=EROFS:when=1+", "-P", self.ledger / "lock"])
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("Read-only", done.stderr)
        self.check(acts)


class Clocks(Case):
    def test_a_clock_that_runs_backwards(self):
        """A day back at every look: order and signatures do not rest on the clock."""
        backwards = {"LD_PRELOAD": CLOCK}
        acts = [act(n, name="Ann") for n in range(200)]
        for first in range(0, 200, 50):
            self.assertEqual(self.append(acts[first:first + 50], environment=backwards), 0)
            self.ok("checkpoint", self.ledger, environment=backwards)
            self.note_signed()
        self.ok("erase", self.ledger, 7, "--field", "name", "--ground", "Act, s. 9", "--official", "registrar",
                environment=backwards)
        self.assertEqual(list(self.acknowledged.values()), list(range(200)))
        self.check(acts, others=1)


class Servers(unittest.TestCase):
    """The server of the rows dies, or another takes over, while acts come in."""

    def setUp(self):
        if not SERVER:
            self.skipTest("there is no server")
        folder = tempfile.TemporaryDirectory(prefix="lawbound-faults-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.ledger = self.folder / "ledger"

    def begin(self, place):
        done = subprocess.run([PROGRAM, "ledger", "init", self.ledger, "--origin", "records.example/log", "--postgres",
                               place], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        program = subprocess.Popen([PROGRAM, "ledger", "append", str(self.ledger), "--json"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(program.stdout.close)
        self.addCleanup(program.kill)
        return program

    def send(self, program, numbers):
        """Until each is acknowledged: as a client would, who sends again what was answered `unavailable`."""
        waiting = collections.deque(numbers)
        out, tries = {}, 0
        while waiting:
            batch = [waiting.popleft() for _ in range(min(20, len(waiting)))]
            program.stdin.write(lines([act(n, name="Ann") for n in batch]))
            program.stdin.flush()
            for n in batch:
                answer = json.loads(program.stdout.readline())
                if "entry" in answer:
                    out[n] = answer["entry"]
                else:
                    self.assertEqual(answer["error"], "unavailable", answer)
                    waiting.append(n)
            tries += 1
            self.assertLess(tries, 3000)
            time.sleep(0.01)
        return out

    def during(self, program, fault, numbers):
        """Sends while the fault happens in another thread."""
        import threading
        thread = threading.Timer(0.2, fault)
        thread.start()
        out = self.send(program, numbers)
        thread.join()
        return out

    def all_there(self, program, acknowledged):
        again = self.send(program, sorted(acknowledged))
        self.assertEqual(again, acknowledged)
        self.assertEqual(sorted(acknowledged.values()), list(range(len(acknowledged))))
        program.stdin.close()
        self.assertIn(program.wait(timeout=60), (0, 3))  # 3: something was unavailable for a while
        for command in ("checkpoint", "fsck"):
            done = subprocess.run([PROGRAM, "ledger", command, str(self.ledger)], capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_server_is_killed_under_load(self):
        server = Server()
        self.addCleanup(server.close)
        program = self.begin(server.database())
        acknowledged = self.send(program, range(100))
        for round_ in range(1, 40 if ALL else 4):
            def kill_and_start():
                server.kill()
                server.start()
            first = 1000 * round_
            acknowledged |= self.during(program, kill_and_start, range(first, first + 400))
        self.all_there(program, acknowledged)

    def test_the_primary_is_killed_and_the_standby_takes_over(self):
        primary = Server()
        self.addCleanup(primary.close)
        place = primary.database()
        name = place.split("dbname=")[1]
        standby_folder = self.folder / "standby"
        standby_folder.mkdir()
        os.chmod(self.folder, 0o755)  # the server's user walks through it
        as_server(["chown", None, standby_folder])
        as_server([PROGRAMS[-1] / "pg_basebackup", "-h", primary.folder, "-U", "ledger", "-D", standby_folder / "data", "-R",
                   "-c", "fast"])
        with open(standby_folder / "data" / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"unix_socket_directories = '{standby_folder}'\n")
        standby = Server(standby_folder)
        self.addCleanup(standby.close)
        primary.tell("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.tell("postgres", "SELECT pg_reload_conf()")
        for _ in range(300):
            if primary.tell("postgres", "SELECT sync_state FROM pg_stat_replication").strip() == "sync":
                break
            time.sleep(0.1)
        program = self.begin(f"host={primary.folder},{standby_folder} user=ledger dbname={name} "
                             "target_session_attrs=read-write")
        acknowledged = self.send(program, range(200))

        def take_over():
            primary.kill()
            standby.tell("postgres", "SELECT pg_promote()")
        acknowledged |= self.during(program, take_over, range(1000, 1600))
        self.assertEqual(standby.tell("postgres", "SELECT pg_is_in_recovery()").strip(), "f")
        self.all_there(program, acknowledged)

    def test_a_server_that_took_over_without_the_last_commits_is_refused(self):
        """A standby that was not synchronous, or last night's copy: fewer rows than were acknowledged."""
        server = Server()
        self.addCleanup(server.close)
        program = self.begin(server.database())
        self.send(program, range(50))
        program.stdin.close()
        program.wait(timeout=60)
        self.assertEqual(subprocess.run([PROGRAM, "ledger", "checkpoint", str(self.ledger)], capture_output=True,
                                        check=False).returncode, 0)
        server.tell("ledger1", "DELETE FROM lawbound.entry WHERE number >= 40; "
                               "UPDATE lawbound.head SET size = 40")
        for command in (["checkpoint", self.ledger], ["append", self.ledger]):
            done = subprocess.run([PROGRAM, "ledger", *map(str, command)], capture_output=True, text=True, check=False,
                                  input=lines([act(99)]))
            self.assertEqual(done.returncode, 3)
            self.assertTrue("50 entries were signed" in done.stderr or "do not hash to the root" in done.stderr, done.stderr)


def in_memory():
    """Where a killed program's files outlive it as well as on a disk, and nobody waits for one."""
    memory = pathlib.Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30:
        tempfile.tempdir = str(memory)


if __name__ == "__main__":
    in_memory()
    PROGRAM, STORE, CLOCK = sys.argv[1:4]
    ALL = "--all" in sys.argv
    SERVER = Server() if STORE == "postgres" else None
    try:
        unittest.main(argv=[sys.argv[0], *(word for word in sys.argv[4:] if word != "--all")])
    finally:
        if SERVER:
            SERVER.close()
