#!/usr/bin/env python3
"""The docs runner accepts a page that tells the truth and complains about each kind of page that does not."""
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import run_docs  # noqa: E402


class RunDocs(unittest.TestCase):
    def page(self, text, lawbound="exit 0"):
        """(blocks run, left out, complaints) for a page in a repository whose program does what `lawbound` says"""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "root"
            root.mkdir()
            (root.parent / "beside").mkdir()
            (root.parent / "beside" / "log.txt").write_text("a log\n")
            (root / "bin").mkdir()
            program = root / "bin" / "lawbound"
            program.write_text(f"#!/bin/sh\n{lawbound}\n")
            program.chmod(0o755)
            (root / "words.txt").write_text("one\ntwo\nthree\n")
            (root / "page.md").write_text(text)
            environment = {**os.environ, "PATH": f"{root / 'bin'}:{os.environ['PATH']}"}
            result = run_docs.run_page(root, root / "page.md", environment)
            self.assertEqual(sorted(p.name for p in root.iterdir()), ["bin", "page.md", "words.txt"])
            return result

    def good(self, text, count, left_out=0, **more):
        self.assertEqual(self.page(text, **more), (count, left_out, []))

    def bad(self, text, wanted, **more):
        complaints = self.page(text, **more)[2]
        self.assertEqual(len(complaints), 1)
        self.assertIn(wanted, complaints[0])

    def test_console(self):
        self.good("```console\n$ cat words.txt\none\n...\nthree\n$ echo \\\n  x\nx\n$ true\n```\n", 1)

    def test_console_space_that_does_not_break(self):
        self.good("```console\n$ printf '2\\u00a0%%\\n'\n2 %\n```\n", 1)

    def test_console_other_output(self):
        self.bad("text\n```console\n$ cat words.txt\none\ntwo\n```\n", "page.md:3: ```console")

    def test_console_output_missing(self):
        self.bad("```console\n$ true\nsomething\n```\n", "--- it prints\n")

    def test_console_errors_are_output(self):
        self.good("```console\n$ echo no >&2; false\nno\n```\n", 1)

    def test_sh(self):
        self.good("```sh\necho a >made.txt\n```\nand\n```sh\ngrep a made.txt\n```\n", 2)

    def test_sh_fails(self):
        self.bad("```sh\nfalse\ntrue\n```\n", "exit status 1")

    def test_block_in_a_list(self):
        self.bad("1. so\n   ```sh\n   false\n   ```\n", "page.md:3")

    def test_block_that_needs_a_file(self):
        self.good("```console if ../beside/log.txt\n$ cat ../beside/log.txt\na log\n```\n", 1)
        self.bad("```console if ../beside/log.txt\n$ cat ../beside/log.txt\nanother\n```\n", "another")
        self.good("```console if ../beside/gone.txt\n$ false\nsomething\n```\n", 0, left_out=1)

    def test_text_is_not_run(self):
        self.good("```text\nfalse\n```\n\n```\nfalse\n```\n", 0)

    def test_whole_pack(self):
        self.good("```lawbound\npack a \"A\"\n```\n", 1, lawbound="grep -q '^pack a' \"$2\"")
        self.bad("```lawbound\npack a \"A\"\n```\n", "no such role", lawbound="echo no such role; exit 1")
        self.bad("```lawbound\npack a \"A\"\n```\n", "1 came out otherwise",
                 lawbound='[ "$1" = check ] || { echo 1 came out otherwise; exit 1; }')

    def test_dead_link(self):
        self.good("[words](words.txt) [there](https://example.org/x) [up](#a) [part](words.txt#b)\n", 0)
        self.bad("one\n[words](word.txt)\n", "page.md:2: no 'word.txt'")

    def test_dead_file_name(self):
        self.good("`words.txt` `docs` `src/*.cc` `src/NAME.cc`\n```text\n`src/gone.h`\n```\n", 0)
        self.bad("`src/gone.h`\n", "no 'src/gone.h'")

    def test_excerpt_of_a_pack(self):
        self.good("```lawbound\nrule a \"A\"\n```\n", 0, lawbound="exit 1")


if __name__ == "__main__":
    unittest.main()
