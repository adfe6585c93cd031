#!/usr/bin/env python3
"""The noodle shop in a browser: the real server, begun by the API, then used by its pages in Chromium.

python3 tests/serve/browser_journey.py LAWBOUND PLACE [PICTURES]: PLACE holds playwright-core (tests/e2e/run.sh makes it).
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
    program, place = sys.argv[1], pathlib.Path(sys.argv[2])
    pictures = sys.argv[3] if len(sys.argv) > 3 else str(place)
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
            shutil.copy(ROOT / "tests" / "serve" / "browser_journey.mjs", place)
            told = {"root": f"http://127.0.0.1:{server.port}", "matter": matter, "code": code, "entry": notice["entry"],
                    "password": authority.PASSWORD, "oneTimeCode": authority.one_time_code("1004", 1),  # each is good once
                    "pictures": pictures}
            done = subprocess.run(["node", "--test", "browser_journey.mjs"], cwd=place, check=False,
                                  env={**os.environ, "TOLD": json.dumps(told)})
            return done.returncode
        finally:
            server.end()


if __name__ == "__main__":
    sys.exit(main())
