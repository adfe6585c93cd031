#!/usr/bin/env python3
"""Each sentence of the hearing rule of packs/prc/penalty is left out in turn: somebody notices.

  unheard_test.py LAWBOUND

Without the sentence that lets the decision wait for the time to ask, or for the hearing once asked, `prove` tells with dates how somebody is fined
unheard; what it writes as an example plays in the pack as it stands, pasted into a page, and there the decision is unlawful.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKS = Path(__file__).resolve().parents[2] / "packs"
RULE = "2-hearing.md"
WAITS = {
    "waits": "  decide only if ask-hearing or time to ask-hearing is over\n",
    "asked": "  decide only if not ask-hearing or hold-hearing or miss-hearing\n",
}


def run(*arguments):
    return subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)


def fail(what, said):
    sys.exit(f"{what}\n{said.stdout}")


def main():
    lawbound = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "packs"
        shutil.copytree(PACKS, root)
        page = root / "prc/penalty" / RULE
        whole = page.read_text()
        rule = whole[whole.index("rule hearing "):]
        sentences = re.findall(r"^  (?!for each|if |breach)\S.*\n", rule[: rule.index("```")], re.M)
        assert len(sentences) >= 9, sentences
        for sentence in sentences:
            page.write_text(whole.replace(sentence, "", 1))
            name = next((name for name, text in WAITS.items() if text == sentence), None)
            if name is None:
                if run(lawbound, "test", str(root / "prc/penalty")).returncode != 1:
                    sys.exit(f"nobody notices that this is gone: {sentence}")
                continue
            said = run(lawbound, "prove", str(root / "prc/penalty"), "--guarantee", name)
            story = re.search(r"^    \w{3} \d{4}-\d\d-\d\d  lawful        Penalty decision", said.stdout, re.M)
            if said.returncode != 1 or not said.stdout.startswith("refuted") or not story:
                fail(f"without '{sentence.strip()}' nobody is told of", said)
            example = re.search(r"^      (example .*\n(?:        .*\n)+)", said.stdout, re.M)[1]
            lines = [line[6:] if line.startswith("      ") else line for line in example.split("\n") if line]
            page.write_text(whole)
            pasted = root / "prc/penalty/pasted.md"
            lines[-1] += " -> unlawful hearing"
            pasted.write_text("```lawbound\npack prc/penalty\n\n" + "\n".join(lines) + "\n```\n")
            played = run(lawbound, "test", str(root / "prc/penalty"))
            if played.returncode != 0:
                fail("what prove wrote as an example does not play:", played)
            pasted.unlink()
    print(f"{len(sentences)} sentences, each noticed")


if __name__ == "__main__":
    main()
