"""The API of a served authority, as a program of somebody else uses it: nothing here knows a procedure."""
import base64
import hashlib
import hmac
import http.client
import json
import struct
import subprocess
import time

STEP = 30  # seconds that a one-time code stands for


def code_at(secret, step):
    mac = hmac.new(base64.b32decode(secret), struct.pack(">q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


def code_now(secret):
    return code_at(secret, int(time.time()) // STEP)


class Wallet:
    """One-time codes of officials: each is good once, in its own half minute and in the ones before and after."""

    def __init__(self, secrets):
        self.secrets, self.used, self.waited = secrets, {}, 0.0

    def is_ready(self, number):
        return self.used.get(number, 0) <= int(time.time()) // STEP

    def take(self, number):
        begun = time.time()
        while not self.is_ready(number):  # a code that the server's clock already takes is at most a minute away
            time.sleep(0.2)
        self.waited += time.time() - begun
        step = max(self.used.get(number, 0) + 1, int(time.time()) // STEP - 1)
        self.used[number] = step
        return code_at(self.secrets[number], step)


class Client:
    """One connection, kept open.  An answer is a status and a body; JSON is read."""

    def __init__(self, port, passwords, secrets):
        self.port, self.passwords, self.wallet = port, passwords, Wallet(secrets)
        self.tokens, self.requests, self.seconds = {}, 0, 0.0
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method, path, body=None, number=None, code=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if number:
            headers["Authorization"] = "Bearer " + self.token(number)
        if code:
            headers["Lawbound-Code"] = code
        raw = None if body is None else json.dumps(body)
        begun = time.time()
        for again in (True, False):  # the server may have closed a connection that was idle
            try:
                self.connection.request(method, path, raw, headers)
                answer = self.connection.getresponse()
                text = answer.read().decode()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
                if not again:
                    raise
        self.requests += 1
        self.seconds += time.time() - begun
        kind = answer.headers.get("Content-Type", "")
        return answer.status, json.loads(text) if "json" in kind and text else text

    def get(self, path, **who):
        status, answer = self.ask("GET", path, **who)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {answer}")
        return answer

    def token(self, number):
        if number not in self.tokens:
            status, answer = self.ask("POST", "/api/session", {"number": number, "password": self.passwords[number],
                                                               "code": self.wallet.take(number)})
            if status != 201:
                raise RuntimeError(f"{number} cannot sign in: {status} {answer}")
            self.tokens[number] = answer["token"]
        return self.tokens[number]


class Server:
    """`lawbound serve`, of ours, on a port that is free."""

    def __init__(self, program, folder):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([program, "serve", str(folder), "--port", "0", "--demonstration"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the city is not served: " + self.process.stderr.read())
        self.port = int(line.split(":")[2].split("/")[0])

    def end(self):
        self.process.terminate()
        code = self.process.wait(120)
        said = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        if code != 0:
            raise RuntimeError(f"the server ended with {code}: {said}")
