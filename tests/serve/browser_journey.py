#!/usr/bin/env python3
"""The noodle shop in a browser: the real server, begun by the API, then used by its pages in Chromium.

python3 tests/serve/browser_journey.py LAWBOUND VERIFY PLACE [PICTURES]: PLACE holds playwright-core (tests/e2e/run.sh makes it).
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import authority  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    program, verify, place = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    pictures = sys.argv[4] if len(sys.argv) > 4 else str(place)
    with tempfile.TemporaryDirectory(prefix="lawbound-browser-") as name:
        folder = pathlib.Path(name) / "city"
        authority.make(program, folder, authority.seal(program, ROOT, pathlib.Path(name), [authority.PENALTY]))
        server = authority.Server(program, folder)
        try:
            server.day("2025-01-06")
            matter, code = authority.begin(server)
            server.day("2025-01-22")
            status, notice = server.act(matter, "notify", authority.NOTICE, "1001", label="老王面馆")
            assert status == 201, notice
            server.day("2025-01-27")
            for journey in ("browser_journey.mjs", "verify_journey.mjs"):
                shutil.copy(ROOT / "tests" / "serve" / journey, place)
            foreign = authority.run(program, "key", "records.example/log", "--out", pathlib.Path(name) / "foreign.key")
            told = {"root": f"http://127.0.0.1:{server.port}", "matter": matter, "code": code, "entry": notice["entry"],
                    "password": authority.PASSWORD, "oneTimeCode": authority.one_time_code("1004", 1),  # each is good once
                    "pictures": pictures, "foreignKey": foreign.stdout.strip()}
            done = subprocess.run(["node", "--test", "verify_journey.mjs", "browser_journey.mjs"], cwd=place, check=False,
                                  env={**os.environ, "TOLD": json.dumps(told)})
            # The program on the command line says the same of the same files, and the record is sound with them.
            keys = folder / "ledger" / "log.keys"
            for document, code in (("file", 0), ("file-zh", 1)):
                said = authority.run(verify, "receipt", f"{pictures}/receipt.tlog-proof", "--keys", keys, "--document",
                                     f"{pictures}/{document}.html")
                assert said.returncode == code, (document, said)
            fsck = authority.run(program, "ledger", "fsck", folder / "ledger")
            assert fsck.returncode == 0, fsck
            return done.returncode
        finally:
            server.end()


if __name__ == "__main__":
    sys.exit(main())
