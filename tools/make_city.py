#!/usr/bin/env python3
"""The demonstration city: two hundred matters of an invented authority, made through its API (docs/operations/city.md).

    make_city.py make FOLDER --program LAWBOUND [--matters 200] [--seed 1]   makes it
    make_city.py serve FOLDER --program LAWBOUND --port N   serves it, and says who one may be there, until Ctrl-C
    make_city.py code FOLDER NUMBER            the one-time code of an official now: for the demonstration alone

Beside FOLDER lies FOLDER-accounts.json, with the secrets of the one-time codes and the code of one party.  An authority
has no such file.  The same seed makes the same acts on the same days; keys, numbers of matters and codes are always new.
"""
import argparse
import collections
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

from city import city as made
from city import client, places


def make(given):
    begun = time.time()

    def tell(city):
        print(f"  {city.today:%Y-%m}: {len(city.acknowledged)} acts", file=sys.stderr, flush=True)

    folder = pathlib.Path(given.folder)
    if made.accounts_of(folder).exists():
        print(f"there is a city in {folder} already", file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)  # one whose making was broken off
    print("Making the demonstration city (a minute or two)", file=sys.stderr, flush=True)
    city = made.make(given.program, given.folder, given.matters, given.seed, tell=tell)
    print(f"{city.figures['matters']} matters, {len(city.acknowledged)} acts, {sum(city.refused.values())} attempts refused, "
          f"{time.time() - begun:.0f} s ({city.client.wallet.waited:.0f} s of them waiting for one-time codes)", file=sys.stderr)
    if given.say:
        for key, count in collections.Counter((row["act"], *row["rules"]) for row in city.unplanned).items():
            print(f"  not planned: {count} x {', '.join(key)}", file=sys.stderr)
    return 0


def read_accounts(folder):
    return json.loads(made.accounts_of(folder).read_text(encoding="utf-8"))


def serve(given):
    """Prints addresses and accounts once the server answers; ends as it ends."""
    # pylint: disable-next=consider-using-with
    server = subprocess.Popen([given.program, "serve", given.folder, "--port", str(given.port), "--demonstration"],
                              stdout=subprocess.PIPE, text=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.send_signal(signal.SIGTERM))
    if server.stdout.readline():
        day = json.load(urllib.request.urlopen(f"http://127.0.0.1:{given.port}/api/day"))["day"]
        tell_accounts(given, day)
    else:
        print("The city cannot be served (above says why). ./run new makes another in its place.", file=sys.stderr)
    return server.wait()


def tell_accounts(given, day):
    shop = read_accounts(given.folder)["shop"]
    root = f"http://127.0.0.1:{given.port}"
    officials = places.officials()
    print(f"{places.TITLE_EN}. Its clock stands at {day}; {root}/en/clock sets it forward.\n")
    print(f"  中文     {root}/zh/\n  English  {root}/en/\n  API      {root}/api/openapi.json\n")
    print(f"Sign in at {root}/en/sign-in, password: {places.PASSWORD}")
    for number, _, english in places.ACCOUNTS:
        print(f"  {number}  {officials[number][0]}, {english}")
    print("One-time code of an official, in another terminal: ./run code NUMBER")
    print(f"\nThe owner of {shop['party']} (a noodle shop) follows the matter at {root}/en/follow with the code\n  {shop['code']}")
    print(f"Officials find it at {root}/en/matter/{shop['matter']}")
    print("\nOnly a demonstration prints passwords and codes. Ctrl-C ends it.", flush=True)


def code(given):
    secrets = read_accounts(given.folder)["secrets"]
    if given.number not in secrets:
        print(f"no official has the number {given.number}", file=sys.stderr)
        return 1
    left = client.STEP - int(time.time()) % client.STEP
    print(f"{client.code_now(secrets[given.number])}   (good once, for {left + client.STEP} seconds)")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("make")
    one.add_argument("folder")
    one.add_argument("--program", required=True)
    one.add_argument("--matters", type=int, default=200)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--say", action="store_true", help="which acts were refused that the stories did not expect to be")
    one.set_defaults(do=make)
    one = commands.add_parser("serve")
    one.add_argument("folder")
    one.add_argument("--program", required=True)
    one.add_argument("--port", type=int, required=True)
    one.set_defaults(do=serve)
    one = commands.add_parser("code")
    one.add_argument("folder")
    one.add_argument("number")
    one.set_defaults(do=code)
    given = parser.parse_args()
    return given.do(given) or 0


if __name__ == "__main__":
    sys.exit(main())
