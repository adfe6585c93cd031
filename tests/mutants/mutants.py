#!/usr/bin/env python3
"""Changes one thing in a shipped pack, and looks who notices.

  mutants.py LAWBOUND [--pack P]... [--sample N --seed S] [--jobs N] [--table FILE]

Each mutant is a pack with one change of the list below (docs/mutants.md).  It is given to `lawbound check`, then to `lawbound test`, which plays the
examples of the pack and of the packs that use it, then to `lawbound prove`, which asks the guarantees and what is asked of every pack.  The first that
says something other than of the pack itself has caught it.  A mutant that nobody catches stands in survivors.tsv with the reason;
one that does not is a mistake, and of all mutants so is a reason without a survivor.  Exit code 1 for either, and where fewer than 95 % of all were caught.  A sample
only says so, and fails where fewer than four in five were caught.

The list is made from the text alone, by rules that know nothing of what a pack means:

  sentence   a sentence of a rule is left out, or the rule's `if`, `overrides`, `governed by`, or one effect of its `breach`; a
             change of a term (`restarts`, `stops`, `extended`, `at most`); of a rule with one sentence, the whole rule
  limit      a length is one longer, or one shorter; `at least N` people one more or less; another number one more, an
             amount ten times itself (of nothing: 1000)
  unit       working days become days, days working days, months years, years months, hours days
  role       who does an act, whom it is to, who may or must, or who finds a fact, is another role, chosen by the seed
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "packs"
BAR = 0.95
BAR_OF_SAMPLE = 0.8
KINDS = ("sentence", "limit", "unit", "role")
UNITS = {"working days": "days", "days": "working days", "months": "years", "years": "months", "hours": "days"}
WORD = r"[^\W\d_][\w-]*"


class Statement:
    """A statement of a page: its lines, joined where they continue one another."""

    def __init__(self, at, line):
        self.kind = line.split()[0]
        self.parts = [(at, at + 1, line)]  # from row, to row, text; the first is the head


def statements(lines):
    inside, all_of = False, []
    for at, line in enumerate(lines):
        if line.startswith("```"):
            inside = line.strip() == "```lawbound"
            continue
        text = re.sub(r"\s*#.*", "", line) if '"' not in line else line
        if not inside or not text.strip():
            continue
        if not text.startswith(" "):
            all_of.append(Statement(at, text))
        elif text.startswith("    "):
            start, _, before = all_of[-1].parts[-1]
            all_of[-1].parts[-1] = (start, at + 1, before + " " + text.strip())
        else:
            all_of[-1].parts.append((at, at + 1, text))
    return all_of


def roles_of(folder):
    """Names of the roles that a pack knows, its own and those of packs that it uses: name -> kind."""
    roles = {}
    for page in sorted(folder.glob("*.md")):
        for one in statements(page.read_text().split("\n")):
            if one.kind == "use":
                roles.update(roles_of(PACKS / one.parts[0][2].split()[1]))
            if one.kind == "role":
                head = re.sub(r'"[^"]*"', "", one.parts[0][2])
                name, kind = re.match(rf"role ({WORD}).*?: (\w+)", head).groups()
                roles[name] = "party" if kind in ("person", "anyone") else "authority"
    return roles


class Mutant:
    def __init__(self, pack, page, kind, start, end, old, new):
        self.pack, self.page, self.kind, self.start, self.end = pack, page, kind, start, end
        self.old, self.new = old.strip(), new.strip()
        self.text = new

    def name(self):
        """Says which one, whatever lines stand before it."""
        change = f"without `{self.old}`" if not self.new else self.difference()
        return f"{self.page}: {change}"

    def difference(self):
        old, new = self.old.split(" "), self.new.split(" ")
        first = next(i for i in range(len(old) + 1) if i >= len(old) or i >= len(new) or old[i] != new[i])
        last = 0
        while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
            last += 1
        about = " ".join(old[:2]) if self.old.split(" ")[0] in ("act", "term", "fact", "table", "rule") else self.old
        return f"{self.kind} `{' '.join(old[first:len(old) - last])}` -> `{' '.join(new[first:len(new) - last])}` in `{about}`"


def outside_titles(text):
    """Where a change may stand: not within a title."""
    taken = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    # Nor in what is cited.
    cited = re.search(r"\bunder [A-Z].*$", text)
    if cited:
        taken.append((cited.start(), len(text)))
    return lambda match: not any(a <= match.start() < b for a, b in taken)


def limits(text):
    free = outside_titles(text)
    for match in re.finditer(r"(?<![\w.:-])(\d+)((?: working)? (?:days?|months?|years?|hours?)|%| [A-Z]{3}\b)?", text):
        if not free(match):
            continue
        number, unit = int(match[1]), match[2] or ""
        if unit.startswith(" ") and unit.strip().isupper():
            values = [number * 10 if number else 1000]
        elif unit and unit != "%" or text[: match.start()].endswith("at least "):
            values = [number + 1] + ([number - 1] if number > 1 else [])
        else:
            values = [number + 1]
        for value in values:
            yield text[: match.start(1)] + str(value) + text[match.end(1):]


def units(text):
    free = outside_titles(text)
    for match in re.finditer(r"(?<=\d )(working days|days|months|years|hours)\b", text):
        if free(match):
            yield text[: match.start()] + UNITS[match[1]] + text[match.end():]


def choose(key, names, seed):
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed} {key} {name}".encode()).hexdigest())[0]


def swaps(text, roles, pattern, seed):
    free = outside_titles(text)
    for match in re.finditer(pattern, text):
        old = match["role"]
        if not free(match) or old not in roles:
            continue
        like = [name for name in roles if name != old and roles[name] == roles[old]]
        others = like or [name for name in roles if name != old]
        if others:
            yield text[: match.start("role")] + choose(text + old, others, seed) + text[match.end("role"):]


def changes(statement, roles, seed):
    """(kind, from row, to row, old, new): new text empty where it is left out."""
    head, body = statement.parts[0], statement.parts[1:]
    kind = statement.kind
    if kind == "replaces":
        kind = head[2].split()[1]
    if kind == "rule":
        said = [part for part in body if not re.match(r"\s*(for each|breach|if|governed by|overrides)\b", part[2])]
        if len(said) == 1:
            yield "sentence", head[0], body[-1][1], " ".join([head[2].split(" under ")[0], said[0][2].strip()]), ""
        for start, end, text in body:
            word = text.split()[0]
            if word == "for":
                continue
            if word == "breach:":
                effects = text.strip()[len("breach:"):].split(";")
                for i, effect in enumerate(effects):
                    rest = ";".join(effects[:i] + effects[i + 1:]).strip()
                    yield "sentence", start, end, f"breach: {effect.strip()}", f"  breach: {rest}" if rest else ""
                continue
            if len(said) > 1 or (start, end, text) not in said:
                yield "sentence", start, end, text, ""
            for new in limits(text):
                yield "limit", start, end, text, new
            for new in units(text):
                yield "unit", start, end, text, new
            for new in swaps(text, roles, rf"(?:^  |or )(?P<role>{WORD})(?= (?:or {WORD} )*(?:may|must) )", seed):
                yield "role", start, end, text, new
        return
    if kind == "term":
        for start, end, text in body:
            yield "sentence", start, end, text, ""
    if kind in ("term", "act", "fact", "table"):
        for start, end, text in [head] + (body if kind in ("term", "table") else []):
            for new in limits(text):
                yield "limit", start, end, text, new
            for new in units(text):
                yield "unit", start, end, text, new
            if kind == "act":
                for new in swaps(text, roles, rf"\bby (?:at least \d+ )?(?P<role>{WORD})", seed):
                    yield "role", start, end, text, new
                for new in swaps(text, roles, rf"\bto (?P<role>{WORD})", seed):
                    yield "role", start, end, text, new
            if kind == "fact":
                for new in swaps(text, roles, rf"(?:\bfound by |\bor )(?P<role>{WORD})", seed):
                    yield "role", start, end, text, new


def mutants_of(pack, seed):
    folder = PACKS / pack
    roles = roles_of(folder)
    found = []
    for page in sorted(folder.glob("*.md")):
        lines = page.read_text().split("\n")
        for statement in statements(lines):
            if statement.kind in ("example", "mapping", "guarantee", "counting", "instrument"):
                continue
            for kind, start, end, old, new in changes(statement, roles, seed):
                found.append(Mutant(pack, page.name, kind, start, end, old, new))
    return found


def users(packs):
    """pack -> packs that use it, directly or not, itself first."""
    uses = {}
    for pack in packs:
        uses[pack] = {one.parts[0][2].split()[1] for page in (PACKS / pack).glob("*.md")
                      for one in statements(page.read_text().split("\n")) if one.kind == "use"}
    def reaches(a, b, seen):
        return b in uses.get(a, ()) or any(c not in seen and reaches(c, b, seen | {c}) for c in uses.get(a, ()))
    return {pack: [pack] + [other for other in packs if other != pack and reaches(other, pack, set())] for pack in packs}


class Runner:
    def __init__(self, lawbound, packs):
        self.lawbound, self.users = lawbound, users(packs)
        self.said = {}

    def run(self, *arguments):
        try:
            done = subprocess.run([self.lawbound, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  stdin=subprocess.DEVNULL, timeout=300)
        except subprocess.TimeoutExpired:
            return None, "time"
        if done.returncode not in (0, 1):
            sys.exit(f"lawbound {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout.decode()[-2000:]}")
        return done.returncode, done.stdout.decode()

    @staticmethod
    def warnings(text):
        return sorted(re.findall(r": ([CRSL]\d{3}):", text))

    def check(self, root, pack):
        code, text = self.run("check", str(root / pack))
        return code, self.warnings(text)

    def test(self, root, pack):
        return self.run("test", str(root / pack))[0]

    def prove(self, root, pack):
        """What is said of each guarantee and of every pack, without the histories."""
        text = self.run("prove", str(root / pack), "--seconds", "3")[1]
        lines = [line for line in text.split("\n") if re.match(r"(refuted|vacuous|dead|standing)\b|             vacuous", line)]
        return [re.sub(r"\d[\d,]* states?", "", line) for line in lines]

    def before(self, pack):
        if pack not in self.said:
            self.said[pack] = (self.check(PACKS, pack), self.test(PACKS, pack), None)
        return self.said[pack]

    def proved_before(self, pack):
        if ("prove", pack) not in self.said:
            self.said["prove", pack] = self.prove(PACKS, pack)
        return self.said["prove", pack]

    def catches(self, mutant, with_proofs):
        with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
            root = Path(folder)
            for part in PACKS.iterdir():
                if part.name != mutant.pack.split("/")[0]:
                    (root / part.name).symlink_to(part)
            top = root / mutant.pack.split("/")[0]
            top.mkdir()
            for part in (PACKS / top.name).iterdir():
                if part.name != mutant.pack.split("/")[1]:
                    (top / part.name).symlink_to(part)
            shutil.copytree(PACKS / mutant.pack, root / mutant.pack)
            page = root / mutant.pack / mutant.page
            lines = page.read_text().split("\n")
            lines[mutant.start:mutant.end] = [mutant.text] if mutant.text else []
            page.write_text("\n".join(lines))
            for pack in self.users[mutant.pack]:
                code, warnings = self.check(root, pack)
                (was, warned), tested, _ = self.before(pack)
                if code != was or warnings != warned:
                    return "check"
                if self.test(root, pack) != tested:
                    return "examples"
            if with_proofs:
                if self.prove(root, mutant.pack) != self.proved_before(mutant.pack):
                    return "prove"
        return None


def explained(path):
    """pack, mutant -> why it is right that nobody notices."""
    rows = [line.split("\t") for line in path.read_text().split("\n") if line and not line.startswith("#")]
    return {(row[0], row[1]): row[2] for row in rows}


def table(path, packs, all_of, caught):
    """Writes the counts into the page, between its marks."""
    rows = ["| pack | mutants | check | examples | prove | survive | caught |", "|---|---:|---:|---:|---:|---:|---:|"]
    total = [0] * 5
    for pack in packs + [None]:
        mine = [i for i, mutant in enumerate(all_of) if mutant.pack == pack]
        counts = [len(mine)] + [sum(caught[i] == by for i in mine) for by in ("check", "examples", "prove", None)]
        if pack:
            total = [a + b for a, b in zip(total, counts)]
        else:
            counts = total
        if counts[0]:
            share = 100 * (counts[0] - counts[4]) / counts[0]
            rows.append(f"| {pack or 'all'} | " + " | ".join(str(one) for one in counts) + f" | {share:.1f} % |")
    text = path.read_text()
    begin, end = "<!-- counts -->\n", "<!-- end of counts -->"
    a, b = text.index(begin) + len(begin), text.index(end)
    path.write_text(text[:a] + "\n".join(rows) + "\n" + text[b:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lawbound")
    parser.add_argument("--pack", action="append")
    parser.add_argument("--sample", type=int, help="this many of them, chosen by the seed")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--no-proofs", action="store_true")
    parser.add_argument("--table", type=Path, help="write the counts into this page")
    arguments = parser.parse_args()
    packs = sorted(str(path.parent.relative_to(PACKS)) for path in PACKS.glob("*/*/*.md"))
    packs = list(dict.fromkeys(packs))
    why = explained(ROOT / "tests/mutants/survivors.tsv")
    # A sample is of the packs of which it is known who survives.
    known = [pack for pack in packs if any(pack == of for of, _ in why)]
    chosen = arguments.pack or (known if arguments.sample else packs)
    all_of = [mutant for pack in chosen for mutant in mutants_of(pack, "1")]
    if arguments.sample:
        key = lambda mutant: hashlib.sha256(f"{arguments.seed} {mutant.pack} {mutant.name()}".encode()).hexdigest()
        all_of = sorted(all_of, key=key)[: arguments.sample]
    runner = Runner(arguments.lawbound, packs)
    for pack in {user for mutant in all_of for user in runner.users[mutant.pack]}:
        runner.before(pack)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        caught = list(pool.map(lambda mutant: runner.catches(mutant, not arguments.no_proofs), all_of))
    wrong, spoken_of = 0, set()
    unseen = {(mutant.pack, mutant.name()) for mutant, by in zip(all_of, caught) if by is None}
    for mutant, by in zip(all_of, caught):
        # Two changes of one page may have one name.
        reason = why.get((mutant.pack, mutant.name()))
        spoken_of.add((mutant.pack, mutant.name()))
        if by is None and reason is None:
            print(f"unseen\t{mutant.pack}\t{mutant.name()}")
            wrong += 1
        elif by is not None and reason is not None and (mutant.pack, mutant.name()) not in unseen and not arguments.sample:
            print(f"noticed by {by}, although survivors.tsv says why nobody would\t{mutant.pack}\t{mutant.name()}")
            wrong += 1
    if not arguments.sample and not arguments.pack:
        for pack, name in why.keys() - spoken_of:
            print(f"no such mutant, although survivors.tsv speaks of it\t{pack}\t{name}")
            wrong += 1
    survive = sum(by is None for by in caught)
    share = (len(caught) - survive) / max(len(caught), 1)
    by_whom = ", ".join(f"{sum(one == by for one in caught)} by {by}" for by in ("check", "examples", "prove"))
    print(f"{len(caught)} mutants, {share:.1%} caught ({by_whom}), {survive} survive")
    if arguments.table:
        table(arguments.table, packs, all_of, caught)
    # Packs change: who is in a sample does too, and it is the whole that is held to the list.
    if arguments.sample:
        return 1 if share < BAR_OF_SAMPLE else 0
    return 1 if wrong or share < BAR else 0


if __name__ == "__main__":
    sys.exit(main())
