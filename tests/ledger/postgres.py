"""A PostgreSQL server for tests, with a new database for each who asks."""
import os
import pathlib
import signal
import subprocess
import tempfile

START = pathlib.Path(__file__).parents[1] / "support" / "postgres_server.sh"
PROGRAMS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Server:
    def __init__(self, folder=None):
        self.temporary = None if folder else tempfile.TemporaryDirectory(prefix="lawbound-pg-")
        self.folder = pathlib.Path(folder or self.temporary.name)
        self.made = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen([START, str(self.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.place = self.process.stdout.readline().strip()
        assert self.place, "the server did not start"

    def stop(self):
        """At once, waiting for nobody."""
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    def kill(self):
        """As if the machine went: no process of the server gets a word to say."""
        head = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = [int(pid) for pid in pathlib.Path(f"/proc/{head}/task/{head}/children").read_text().split()]
        for pid in [head, *children]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def database(self):
        self.made += 1
        name = f"ledger{self.made}"
        self.tell("postgres", f"CREATE DATABASE {name}")
        return f"host={self.folder} user=ledger dbname={name}"

    def tell(self, database, sql):
        done = subprocess.run([PROGRAMS[-1] / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "ledger",
                               "-d", database, "-c", sql], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def close(self):
        if self.process.poll() is None:
            self.stop()
        if self.temporary:
            self.temporary.cleanup()


def as_server(command):
    """Runs a command as the user whose programs serve; None stands for that user's name."""
    if os.getuid() == 0:
        users = [line.split(":")[0] for line in pathlib.Path("/etc/passwd").read_text().splitlines()]
        user = "postgres" if "postgres" in users else "nobody"
        command = [user if word is None else word for word in command]
        if command[0] != "chown":
            command = ["setpriv", f"--reuid={user}", "--clear-groups", "--", *command]
    elif command[0] == "chown":
        return
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
