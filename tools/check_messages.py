#!/usr/bin/env python3
"""Every diagnostic code is shown to somebody: a golden file prints it and docs/diagnostics.md explains it.

Codes stand in src/*/messages.cc, messages.h or messages.def as string literals: "S002", "C014", "R001".  For each:
  - it stands in one place (a code has one meaning, and is never reused);
  - some file below tests/expect prints it (those that are wrong on purpose live in folders named bad/), or a unit test
    names it, where no such file can be written by hand;
  - docs/diagnostics.md has a line that begins with it, as a heading, a table row or a list item.
  - where a golden file prints a mistake of meaning or a refusal (C, R), help follows it.
And the other way round: docs/diagnostics.md explains no code that nothing can print.
"""
import pathlib
import re
import sys

CODE = re.compile(r'"([A-Z]\d{3})"')
EXPLAINED = re.compile(r"^(?:#+|\||[-*])?\s*[`*]*([A-Z]\d{3})\b", re.M)


def read(paths):
    return {path: path.read_text(encoding="utf-8", errors="replace") for path in sorted(paths) if path.is_file()}


def without_help(golden):
    """codes of messages of meaning that are printed somewhere with no help under them"""
    found = set()
    for message in re.split(r"^(?=\S+\.md:\d+:\d+: )|^```$", golden, flags=re.M):
        code = re.match(r"\S+\.md:\d+:\d+: ([CR]\d{3}): ", message or "")
        if code and "\n  help: " not in message:
            found.add(code.group(1))
    return found


def check(root):
    """(number of codes, complaints)"""
    places = {}
    for path, text in read((root / "src").glob("*/messages.*")).items():
        for code in CODE.findall(text):
            places.setdefault(code, []).append(path.parent.name)
    golden = "\n".join(read((root / "tests" / "expect").rglob("*.md")).values())
    tested = "\n".join(read((root / "src").rglob("*_test.cc")).values())
    shown = set(re.findall(r"\b[A-Z]\d{3}\b", golden)) | set(CODE.findall(tested))
    page = root / "docs" / "diagnostics.md"
    explained = set(EXPLAINED.findall(page.read_text(encoding="utf-8"))) if page.exists() else set()

    complaints = []
    for code, layers in sorted(places.items()):
        if len(layers) > 1:
            complaints.append(f"{code}: used {len(layers)} times, in {' and '.join(sorted(set(layers)))}; a code has one "
                              "meaning")
        if code not in shown:
            complaints.append(f"{code}: no file below tests/expect shows it; add one in bad/")
        if code not in explained:
            complaints.append(f"{code}: docs/diagnostics.md does not explain it")
    complaints += [f"{code}: printed without help" for code in sorted(without_help(golden))]
    complaints += [f"{code}: docs/diagnostics.md explains it, and nothing prints it"
                   for code in sorted(explained - set(places))]
    return len(places), complaints


def main():
    count, complaints = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(complaints) or f"{count} codes, each shown and explained")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
