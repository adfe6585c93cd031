"""The grammar of docs/language.md stays as small as the draft's, and says how large it is."""
import re
import unittest
from pathlib import Path

DRAFT = 768  # words of the ebnf block that the language began with, its fences among them


class GrammarSize(unittest.TestCase):
    def test_no_larger_than_the_draft(self):
        page = Path("docs/language.md").read_text(encoding="utf-8")
        block = re.search(r"^```ebnf\n.*?^```$", page, re.S | re.M).group(0)
        words = len(block.split())
        self.assertLessEqual(words, DRAFT, "something goes out for what comes in")
        said = re.search(r"The block has (\d+) words .* the draft's had (\d+)", page)
        self.assertEqual([int(number) for number in said.groups()], [words, DRAFT])


if __name__ == "__main__":
    unittest.main()
