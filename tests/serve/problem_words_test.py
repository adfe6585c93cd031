#!/usr/bin/env python3
"""Every message that a request can be answered with has its sentence in Chinese (src/service/problem_words.def), with the
same places in it.  Of src/service, src/api and src/http; what only who starts the server sees is left out."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
LITERAL = r'((?:"(?:\\.|[^"\\])*"\s*)+)'
# Errors, problems of requests, and the two helpers that make sentences.
MESSAGE = re.compile(r'(?:Errc::\w+,\s*(?:fmt::format\(\s*)?|\bproblem\(\d+,\s*|Problem\{\d+,\s*|return \{\d{3},\s*(?:fmt::format\(\s*)?|kNotText = )' + LITERAL)
FORMS = re.compile(r'Wrong\([^,;]+,\s*"([^"]+)"\)')
# What starting, setting up and reading the record say: never an answer to a request.
NOT_ANSWERED = {"authority.cc", "directory.cc", "served_pack.cc", "matters.cc"}
# Of a record that is damaged: answered by what their kind means.
OF_THE_RECORD = {"entry {} is no act of '{}'"}
TABLE = re.compile(r'PROBLEM\(\s*"((?:\\.|[^"\\])*)",\s*"((?:\\.|[^"\\])*)"\)')


def messages():
    for layer in ("service", "api", "http"):
        for path in sorted((ROOT / "src" / layer).glob("*.cc")):
            if path.name in NOT_ANSWERED or path.name.endswith("_test.cc"):
                continue
            text = path.read_text()
            for found in MESSAGE.finditer(text):
                yield path, "".join(re.findall(r'"((?:\\.|[^"\\])*)"', found.group(1)))
            if path.name == "json.cc":
                for form in FORMS.findall(text):
                    yield path, f"'{{}}' is {form}"


def main():
    table = dict(TABLE.findall((ROOT / "src" / "service" / "problem_words.def").read_text()))
    wrong = []
    seen = set()
    for path, message in messages():
        seen.add(message)
        # A name that is always the same fits the pattern too.
        message = re.sub(r"^'[a-zA-Z-]+'(?= is a date)", "'{}'", message)
        known = message in OF_THE_RECORD or message == "'{}' is {}" or path.name == "server.cc" and re.search("cannot listen|no address", message)
        if message not in table and not known:
            wrong.append(f"{path.relative_to(ROOT)}: no Chinese for: {message}")
    for english, chinese in table.items():
        places = sorted(set(re.findall(r"\{(\d)\}", chinese)))
        if places != [str(i) for i in range(english.count("{}"))]:
            wrong.append(f"problem_words.def: other places in Chinese: {english}")
        if not re.search("[\u4e00-\u9fff]", chinese):
            wrong.append(f"problem_words.def: not Chinese: {english}")
    print("\n".join(wrong) or f"{len(seen)} messages, {len(table)} sentences in Chinese")
    return bool(wrong) or len(seen) < 60


if __name__ == "__main__":
    sys.exit(main())
