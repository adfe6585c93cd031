#!/usr/bin/env python3
"""A code that no golden file shows, no page explains, or two layers share is reported; a complete set is not."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_messages  # noqa: E402

WHOLE = {
    "src/check/messages.cc": 'return {"C014", span, "unknown"};',
    "tests/expect/check/bad/unknown.md": "```expect\na.md:1: C014: unknown\n```\n",
    "docs/diagnostics.md": "| code | meaning |\n|---|---|\n| `C014` | a name nobody declared |\n",
}


class CheckMessages(unittest.TestCase):
    def complaints(self, changed):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**WHOLE, **changed}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check_messages.check(root)[1]

    def test_whole(self):
        self.assertEqual(self.complaints({}), [])

    def test_not_shown(self):
        self.assertEqual(len(self.complaints({"tests/expect/check/bad/unknown.md": "C0145 C01"})), 1)

    def test_shown_by_a_unit_test(self):
        changed = {"tests/expect/check/bad/unknown.md": "", "src/check/limit_test.cc": 'ElementsAre("C014")'}
        self.assertEqual(self.complaints(changed), [])

    def test_not_explained(self):
        self.assertEqual(len(self.complaints({"docs/diagnostics.md": "See C014 for more.\n"})), 1)

    def test_shared(self):
        self.assertIn("check and syntax", self.complaints({"src/syntax/messages.cc": '"C014"'})[0])

    def test_reused_in_its_layer(self):
        self.assertIn("used 2 times", self.complaints({"src/check/messages.cc": '"C014" "C014"'})[0])

    def test_shown_by_a_unit_test(self):
        self.assertEqual(self.complaints({"tests/expect/check/bad/unknown.md": "",
                                          "src/check/check_test.cc": 'ElementsAre("C014")'}), [])

    def test_golden_file_of_strange_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in WHOLE.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            (root / "tests/expect/not-utf8.md").write_bytes(b"\xe0\x28")
            self.assertEqual(check_messages.check(root)[1], [])

    def test_explained_for_nothing(self):
        found = self.complaints({"docs/diagnostics.md": "### C014\n### C015\n"})
        self.assertEqual(found, ["C015: docs/diagnostics.md explains it, and nothing prints it"])


if __name__ == "__main__":
    unittest.main()
