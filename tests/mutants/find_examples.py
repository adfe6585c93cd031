#!/usr/bin/env python3
"""Finds examples that notice changes of a pack which its own examples do not.

  find_examples.py LAWBOUND PACK PAGE SECONDS [USED]...   writes PAGE (a page of the pack) with what it found

With 0 SECONDS it only plays everything once, and writes every answer.  USED are packs that it uses, whose changes its examples may notice too.

It plays the pack's examples with one step left out, put in, done on another day or with another value, and everything that a pack declares once by
each who may do it; keeps of these what some mutant of mutants.py answers otherwise; and writes it with the answers of the pack as it is.  So the answers are the
engine's, and nobody's reading of the law: they hold what the rules say today, so that no change goes unseen.
"""
import datetime
import random
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mutants as m

PAGE = "zz-found.md"
TARGETED = 60
ROUNDS = 3
NEVER = "1900-01-01"


class Act:
    def __init__(self, text):
        bare = re.sub(r'"[^"]*"( @\w+)?', "", text.split(" under ")[0])
        self.name = bare.split()[1]
        by = re.search(r"\bby (?:at least (\d+) )?([\w-]+(?: or [\w-]+)*)", bare)
        self.at_least = int(by[1] or 1) if by else 1
        self.by = by[2].split(" or ") if by else []
        to, of = re.search(r"\bto ([\w-]+)", bare), re.search(r"\bof ([\w-]+)", bare)
        self.to, self.of = to and to[1], of and of[1]
        dated = re.search(r"\bdated ([\w-]+)", bare)
        self.dated = dated and dated[1]
        self.fields = []


def declared(folder, own=True):
    """Acts, found facts (name, of, finders), several roles and things, all of a pack and of those that it uses."""
    acts, found, several = [], [], set()
    for page in sorted(folder.glob("*.md")):
        for one in m.statements(page.read_text().split("\n")):
            head = one.parts[0][2]
            if one.kind == "use":
                other = declared(m.PACKS / head.split()[1], False)
                found += other[1]
                several |= other[2]
                acts += other[0]
            if one.kind == "thing" or one.kind == "role" and re.search(r": \w+ several\b", head):
                several.add(head.split()[1])
            if one.kind == "act":
                act = Act(head)
                for _, _, text in one.parts[1:]:
                    names, kind = text.strip().split(": ", 1)
                    for name in names.split(", "):
                        act.fields.append((name, kind))
                acts.append(act)
            if one.kind == "fact" and " found by " in head:
                bare = re.sub(r'"[^"]*"( @\w+)?', "", head.split(" under ")[0])
                names = re.match(r"fact ([\w-]+(?:, [\w-]+)*)", bare)[1].split(", ")
                of = re.search(r" of ([\w-]+) found", bare)
                by = re.search(r"found by ([\w-]+(?: or [\w-]+)*)", bare)[1].split(" or ")
                choices = re.search(r" as one of ([\w-]+)", bare)
                for name in names:
                    found.append((name, of and of[1], by, choices[1] if choices else "yes"))
    return acts, found, several


class Example:
    def __init__(self, given, steps):
        self.given, self.steps = given, steps  # steps: [date, text]

    def members(self):
        out = {}
        for line in self.given:
            words = line.split()
            if len(words) > 1 and not words[1].endswith(":"):
                out.setdefault(words[0], words[1])
        return out

    def key(self):
        return tuple(self.given), tuple(map(tuple, self.steps))


def examples_of(folder):
    found = []
    for page in sorted(folder.glob("*.md")):
        if page.name == PAGE:
            continue
        for one in m.statements(page.read_text().split("\n")):
            if one.kind != "example":
                continue
            given, steps, plain = [], [], True
            for _, _, text in one.parts[1:]:
                text = text.strip()
                dated = re.match(r"(\d{4}-\d\d-\d\d) (.*)", text)
                if not dated:
                    given.append(text)
                    continue
                what = re.sub(r"\s*->.*", "", dated[2]).strip()
                plain = plain and "recorded" not in what
                if what:
                    steps.append([datetime.date.fromisoformat(dated[1]), what])
            if steps and plain:
                found.append(Example(given, steps))
    return found


def value(kind, date):
    kind = kind.replace(" optional", "")
    plain = {"yes-no": "yes", "whole": "1", "money": "100 CNY", "text": "words", "day": str(date), "length": "5 days",
             "official": "Li", "document": "yes", "provision": "article"}
    if kind.startswith("one of "):
        return kind[len("one of "):].split(", ")[0]
    if kind.startswith("list of "):
        return "x"
    return plain.get(kind, "x")


def lines_for(act, several, members, date, currency):
    """A line for each role that may do it."""
    for role in act.by:
        if role == "law":
            who = ""
        elif role in several:
            who = " by " + members.get(role, role.title())
        elif act.at_least == 1:
            who = f" by {role}"
        else:
            who = " by " + ", ".join([role] + ["Zhao", "Qian", "Sun"][: act.at_least - 1])
        to = ""
        if act.to:
            to = f" to {members.get(act.to, act.to.title()) if act.to in several else act.to}"
        of = f" of {members.get(act.of, act.of.title())}" if act.of in several else ""
        fields = [f"{name}: {value(kind, date)}".replace("CNY", currency) for name, kind in act.fields
                  if name != act.dated and "optional" not in kind]
        yield f"{act.name}{who}{to}{of} {', '.join(fields)}".strip()


class Finder:
    def __init__(self, lawbound, pack):
        self.lawbound, self.pack, self.folder = lawbound, pack, m.PACKS / pack
        self.packs = [pack]
        self.runner = m.Runner(lawbound, sorted(str(p.relative_to(m.PACKS)) for p in m.PACKS.glob("*/*")
                                                if p.is_dir() and list(p.glob("*.md"))))
        self.acts, self.found, self.several = declared(self.folder)
        text = "".join(page.read_text() for page in self.folder.glob("*.md"))
        self.currency = (re.findall(r"\d ([A-Z]{3})\b", text) or ["CNY"])[0]
        self.random = random.Random(pack)
        self.terms = re.findall(r"^(?:replaces )?term ([\w-]+)", text, re.M)
        self.timed = sorted(set(re.findall(r"(?:may|must) ([\w-]+) within", text)) - set(self.terms))
        self.deemable = sorted(set(re.findall(r"([\w-]+) is deemed", text)))
        self.days = sorted({datetime.date.fromisoformat(day) for day in re.findall(r"(?:from|until) (\d{4}-\d\d-\d\d)", text)})
        self.choices = {name: choices.replace(" optional", "").split(", ") for name, choices in
                        re.findall(r"^  ([\w-]+): one of (.*)$", text, re.M)}
        self.known = {}  # example -> its wants
        # Of which acts an example may say when they are due.
        one = max(examples_of(self.folder), key=lambda one: len(one.steps))
        for kind in ("timed", "deemable"):
            word = "due {} " + NEVER if kind == "timed" else "deemed {}"
            asks = {"last": [word.format(name) for name in getattr(self, kind)]}
            with tempfile.TemporaryDirectory() as folder:
                text, _ = self.page([one], [asks])
                errors = self.play(self.tree(folder), text)[2]
            rows = text.split("\n")
            wrong = {rows[line - 1] for line in errors}
            known = [name for name in getattr(self, kind) if not any(word.format(name) in row for row in wrong)]
            setattr(self, kind, known)

    def tree(self, folder, mutant=None):
        root = Path(folder)
        top, name = self.pack.split("/")
        for part in m.PACKS.iterdir():
            if part.name != top:
                (root / part.name).symlink_to(part)
        (root / top).mkdir()
        for part in (m.PACKS / top).iterdir():
            if part.name != name:
                (root / top / part.name).symlink_to(part)
        mine = root / self.pack
        mine.mkdir()
        for part in self.folder.iterdir():
            if part.name == PAGE:
                continue
            text = part.read_text()
            if part.suffix == ".md":  # only what is asked for is played
                rows = text.split("\n")
                if mutant and part.name == mutant.page:
                    blank = [mutant.text] if mutant.text else []
                    rows[mutant.start:mutant.end] = blank
                text = "\n".join(rows)
                text = self.without_examples(text)
            (mine / part.name).write_text(text)
        return mine

    @staticmethod
    def without_examples(text):
        rows = text.split("\n")
        gone = set()
        for one in m.statements(rows):
            if one.kind == "example":
                for start, end, _ in one.parts:
                    gone.update(range(start, end))
        return "\n".join(row for i, row in enumerate(rows) if i not in gone)

    def page(self, examples, wants):
        """The text, and of each line the row of the example."""
        rows, of = ["```lawbound", f"pack {self.pack}", ""], [None] * 3
        for i, example in enumerate(examples):
            text = self.text(example, f"c{i}", wants[i])
            rows += text
            of += [i] * len(text)
        rows.append("```")
        return "\n".join(rows) + "\n", of + [None]

    def text(self, example, title, wants):
        rows = [f'example "{title}"'] + ["  " + line for line in example.given]
        for at, (date, what) in enumerate(example.steps):
            said = wants.get(at, [])
            rows.append(f"  {date} {what}" + (" -> " + "; ".join(said) if said else ""))
            for due in wants.get((at, "due"), []):
                rows.append(f"  {date} -> {due}")
        for last in wants.get("last", []):
            rows.append(f"  {self.end(example)} -> {last}")
        return rows

    def end(self, example):
        return example.steps[-1][0] + datetime.timedelta(days=1500)

    def play(self, mine, text):
        (mine / PAGE).write_text(text)
        code, said = self.runner.run("test", str(mine))
        misses = {}
        for match in re.finditer(rf"{PAGE}:(\d+):(\d+): example .*\n.*\n  wanted: (.*)\n  came:   (.*)", said):
            misses.setdefault(int(match[1]), []).append((match[3], match[4]))
        errors = [int(line) for line in re.findall(rf"{PAGE}:(\d+):\d+: [A-Z]\d+", said)]
        return code, misses, errors, said

    def learn(self, examples):
        """What the pack as it is answers to each; those that do not compile are left out."""
        fresh = [one for one in examples if one.key() not in self.known]
        while fresh:
            asks = []
            for one in fresh:
                ask = {"last": ["no breach"] + [f"deemed {act}" for act in self.deemable]}
                for at in range(len(one.steps)):
                    act = one.steps[at][1].split()[0]
                    if act != "find":
                        ask[at] = ["lawful", "irregular"]
                    ask[(at, "due")] = [f"due {term} {NEVER}" for term in self.terms + self.timed]
                asks.append(ask)
            with tempfile.TemporaryDirectory() as folder:
                mine = self.tree(folder)
                text, of = self.page(fresh, asks)
                code, misses, errors, said = self.play(mine, text)
            bad = {of[line - 1] for line in errors}
            if bad:
                for i in bad:
                    self.known[fresh[i].key()] = None
                fresh = [one for i, one in enumerate(fresh) if i not in bad]
                continue
            if code not in (0, 1) or not misses and "wanted" not in said:
                raise SystemExit(said[:1000])
            row = 3
            for one, ask in zip(fresh, asks):
                self.known[one.key()] = self.wants_of(one, ask, row, misses)
                row += len(self.text(one, "", ask))
            break
        return [one for one in examples if self.known.get(one.key())]

    def wants_of(self, one, ask, row, misses):
        wants = {}
        line = row + 1 + len(one.given)
        for at in range(len(one.steps)):
            line += 1
            if at in ask:
                came = dict(misses.get(line, []))
                answer = came.get("lawful", "lawful")
                said = []
                if answer == "lawful" or answer.startswith("unlawful") or answer.startswith("cannot tell"):
                    word = "unlawful" if answer.startswith("unlawful") else "cannot tell" if answer.startswith("cannot") else "lawful"
                    names = [name for name in answer[len(word):].strip().split(", ") if name and "(" not in name]
                    said.append(f"{word} {', '.join(names)}".strip())
                quality = came.get("irregular", "irregular")
                if quality in ("irregular", "inadmissible"):
                    said.append(quality)
                wants[at] = said
            dues = []
            for due in ask[(at, "due")]:
                line += 1
                for wanted, came in misses.get(line, []):
                    if re.fullmatch(r"due [\w-]+ \d{4}-\d\d-\d\d", came):
                        dues.append(came)
            wants[(at, "due")] = dues
        last = []
        line += 1
        breaches = [came for wanted, came in misses.get(line, [])]
        if not breaches:
            last.append("no breach")
        else:
            last += [one for one in breaches[0].split("; ") if "(" not in one]
        for deemed in ask["last"][1:]:
            line += 1
            if line not in misses:
                last.append(deemed)
        wants["last"] = last
        return wants

    def killers(self, mutant, examples):
        """Those of the examples that the mutant answers otherwise, with the wants that it does not meet."""
        if not examples:
            return []
        with tempfile.TemporaryDirectory() as folder:
            mine = self.tree(folder, mutant)
            text, of = self.page(examples, [self.known[one.key()] for one in examples])
            code, misses, errors, said = self.play(mine, text)
        out = {}
        rows = text.split("\n")
        for line in errors:
            if of[line - 1] is not None:
                out.setdefault(of[line - 1], set()).add(("line", rows[line - 1]))
        for line, came in misses.items():
            for wanted, _ in came:
                out.setdefault(of[line - 1], set()).add((line_key(rows[line - 1]), wanted))
        return sorted(out.items(), key=lambda item: len(examples[item[0]].steps))

    # ---------------------------------------------------------------------------------- where examples come from

    def roll_call(self, base):
        """Everything once, by each who may do it."""
        members = base.members()
        for each in self.several:
            members.setdefault(each, each.title())
        date = base.steps[-1][0]
        steps = []
        for act in self.acts:
            for line in lines_for(act, self.several, members, date, self.currency):
                steps.append([date, line])
        for name, of, by, what in self.found:
            for role in by:
                whose = f" of {members.get(of, of.title())}" if of else ""
                steps.append([date, f"find by {role}{whose} {name}: {what}"])
        return [(base, steps[i]) for i in range(len(steps))]

    def variations(self, base, roll):
        for at in range(len(base.steps)):
            if len(base.steps) > 1:
                yield Example(base.given, base.steps[:at] + base.steps[at + 1:])
        for at in range(len(base.steps)):
            for field in re.finditer(r"([\w-]+): (yes|no|\d+)\b", base.steps[at][1]):
                old = field[2]
                news = {"yes": ["no"], "no": ["yes"]}.get(old) or [str(int(old) * 10), str(int(old) + 1), "0"]
                for new in news:
                    text = base.steps[at][1]
                    text = text[: field.start(2)] + new + text[field.end(2):]
                    yield Example(base.given, base.steps[:at] + [[base.steps[at][0], text]] + base.steps[at + 1:])
            for name, kind in {pair for act in self.acts for pair in act.fields if pair[1].startswith("one of ")}:
                found = re.search(rf"\b{name}: ([\w-]+)", base.steps[at][1])
                for choice in kind[len("one of "):].replace(" optional", "").split(", "):
                    if found and choice != found[1]:
                        text = base.steps[at][1]
                        text = text[: found.start(1)] + choice + text[found.end(1):]
                        yield Example(base.given, base.steps[:at] + [[base.steps[at][0], text]] + base.steps[at + 1:])
        for at in range(len(base.steps)):
            for _, (_, line) in roll:
                yield Example(base.given, base.steps[: at + 1] + [[base.steps[at][0], line]] + base.steps[at + 1:])

    def otherwise(self, base):
        """What is known before the first day is otherwise, or all of it lies in another year."""
        for at, line in enumerate(base.given):
            for field in re.finditer(r"([\w-]+): (yes|no|\d+|[a-z][\w-]*)\b", line):
                old = field[2]
                news = {"yes": ["no"], "no": ["yes"]}.get(old) or ([str(int(old) + 10), "0"] if old.isdigit() else self.choices.get(field[1], []))
                for new in news:
                    if new != old:
                        text = line[: field.start(2)] + new + line[field.end(2):]
                        yield Example(base.given[:at] + [text] + base.given[at + 1:], base.steps)
        for day in self.days:
            for back in (-400, -200, -100, -40, -10, 0, 10):
                by = day + datetime.timedelta(days=back) - base.steps[0][0]
                yield Example(base.given, [[date + by, text] for date, text in base.steps])

    def any_of(self, base, roll, names, lengths):
        """One change, chosen at random."""
        kind = self.random.randrange(8)
        if kind == 0:
            made = self.some(list(self.otherwise(base)))
        elif kind <= 3:
            made = self.some(list(self.shifted(base, names, lengths)))
        elif kind == 4:
            at = self.random.randrange(len(base.steps))
            by = datetime.timedelta(days=self.random.choice([1, 5, 10, 30, 60, 100, 400] + lengths))
            made = Example(base.given, base.steps[:at] + [[d + by, text] for d, text in base.steps[at:]])
        elif kind == 5 and roll:
            at = self.random.randrange(len(base.steps))
            step = [base.steps[at][0], self.random.choice(roll)[1][1]]
            made = Example(base.given, base.steps[: at + 1] + [step] + base.steps[at + 1:])
        else:
            made = self.some(list(self.variations(base, roll[:3])))
        return made or base

    def some(self, made):
        return self.random.choice(made) if made else None

    def shifted(self, base, names, lengths):
        for j in range(1, len(base.steps)):
            for i in range(j):
                about = {base.steps[i][1].split()[0], base.steps[j][1].split()[0]}
                if not about & names:
                    continue
                for days in lengths:
                    date = base.steps[i][0] + datetime.timedelta(days=days)
                    if date < base.steps[j - 1][0]:
                        continue
                    by = date - base.steps[j][0]
                    steps = base.steps[:j] + [[d + by, text] for d, text in base.steps[j:]]
                    yield Example(base.given, steps)


def line_key(text):
    return re.sub(r"\s*->.*", "", text)


def days_of(text):
    out = set()
    for number, unit in re.findall(r"(\d+) (working days|days|months|years)", text):
        number = int(number)
        if unit == "days":
            out.update(range(number - 1, number + 4))
        elif unit == "working days":
            out.update(range(number * 7 // 5 - 1, number * 7 // 5 + 5))
        elif unit == "months":
            out.update(range(number * 30 - 1, number * 31 + 3) if number < 3 else [number * 61 // 2 + k for k in range(-3, 6)])
        else:
            out.update(number * 365 + k for k in (-1, 0, 1, 2))
    return sorted(one for one in out if one >= 0)


def main():
    lawbound, pack, page = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    finder = Finder(lawbound, pack)
    targets = m.mutants_of(pack, "1")
    until = time.time() + float(sys.argv[4])
    for other in sys.argv[5:]:
        targets += m.mutants_of(other, "1")
    if page.exists():
        page.unlink()
    quick = float(sys.argv[4]) == 0
    packs = sorted(finder.runner.users)
    runner = m.Runner(lawbound, packs)
    runner.before(pack)
    for pack_ in runner.users[pack]:
        runner.before(pack_)
    with ThreadPoolExecutor(2) as pool:
        caught = [] if quick else list(pool.map(lambda mutant: runner.catches(mutant, False), targets))
    open_ = [mutant for mutant, by in zip(targets, caught) if by is None]
    print(f"{pack}: {len(targets)} mutants, {len(open_)} unseen", flush=True)
    bases = examples_of(m.PACKS / pack)
    bases.sort(key=lambda one: -len(one.steps))
    longest = bases[0]
    roll = finder.roll_call(longest)
    everything = [step for _, step in roll]
    chosen, used = [], {}

    def take(example, misses):
        if example.key() not in used:
            chosen.append(example)
            used[example.key()] = set()
        used[example.key()] |= misses

    # Everything once, in the order of the pages, from nothing and after the longest example.
    start = longest.steps[0][0]
    calls = [Example(longest.given, [[start + datetime.timedelta(days=i), line] for i, (_, line) in enumerate(everything)])]
    calls += [Example(longest.given, longest.steps + [[longest.steps[-1][0], line] for _, line in everything])]
    calls = finder.learn(calls)
    if not calls:
        single = finder.learn([Example(longest.given, [step]) for step in everything])
        ok = {tuple(one.steps[0]) for one in single}
        everything = [step for step in everything if tuple(step) in ok]
        roll = [(longest, step) for step in everything]
        calls = finder.learn([Example(longest.given, [[start + datetime.timedelta(days=i), line] for i, (_, line) in enumerate(everything)]),
                              Example(longest.given, longest.steps + [[longest.steps[-1][0], line] for _, line in everything])])
        print(f"  {len(everything)} steps, {len(calls)} roll calls", flush=True)
    if quick:
        for one in calls:
            answers = finder.known[one.key()]
            for at, (date, what) in enumerate(one.steps):
                take(one, {(f"  {date} {what}", want) for want in answers.get(at, [])})
            take(one, {("last", want) for want in answers["last"]})
    pool_of = finder.learn(bases)
    later = []
    for mutant in open_:
        found = finder.killers(mutant, chosen + [one for one in calls if one not in chosen])
        if not found:
            found_in = pool_of
            found = finder.killers(mutant, pool_of)
        else:
            found_in = chosen + [one for one in calls if one not in chosen]
        if found:
            take(found_in[found[0][0]], found[0][1])
        else:
            later.append(mutant)
    print(f"  {len(later)} left after the roll call", flush=True)
    finder.random.shuffle(bases)
    left = []
    for mutant in later:
        found = finder.killers(mutant, chosen)
        if found:
            take(chosen[found[0][0]], found[0][1])
            continue
        names = set(re.findall(r"[\w-]+", mutant.old)) & ({act.name for act in finder.acts} | {one[0] for one in finder.found})
        near = [one for one in bases if any(set(re.findall(r"[\w-]+", text)) & names for _, text in one.steps)] or bases
        near_roll = [(a, step) for a, step in roll if set(re.findall(r"[\w-]+", step[1])) & names]
        lengths = days_of(mutant.old + " " + mutant.new)
        for rounds in range(ROUNDS if time.time() < until else 0):
            tries = []
            for _ in range(TARGETED):
                made = finder.random.choice(near)
                for _ in range(1 + rounds % 3):
                    made = finder.any_of(made, near_roll or roll, names, lengths)
                tries.append(made)
            tries = finder.learn(list({one.key(): one for one in tries}.values()))
            found = finder.killers(mutant, tries)
            if found:
                take(tries[found[0][0]], found[0][1])
                break
        else:
            left.append(mutant)
    print(f"  {len(left)} left, {len(chosen)} examples", flush=True)
    for mutant in left:
        print(f"    {mutant.name()}")
    rows = ["# Examples that were found", "",
            "`tests/mutants/find_examples.py` found these, and the answers are the engine's: they hold what the rules say at places where no other example looks,",
            "so that no change of a sentence, a number, a unit or a role goes unseen. Nobody read them against the law.", "",
            "```lawbound", f"pack {pack}", ""]
    for number, example in enumerate(chosen):
        wants = {}
        mine = finder.known[example.key()]
        needed = {want for _, want in used[example.key()]}
        lines = {line for line, want in used[example.key()]}
        last = 0
        for at in range(len(example.steps)):
            key = f"  {example.steps[at][0]} {example.steps[at][1]}"
            said = [want for want in mine.get(at, []) if want in needed and key in lines]
            if ("line", key) in used[example.key()] or said:
                last = at
            if said:
                wants[at] = said
            dues = [want for want in mine[(at, "due")] if want in needed and f"  {example.steps[at][0]}" in lines]
            if dues:
                wants[(at, "due")] = ["; ".join(dues)]
                last = at
        ends = [want for want in mine["last"] if want in needed]
        if ends:
            wants["last"] = ["; ".join(ends)]
        elif not any(kind == "line" for kind, _ in used[example.key()]):
            example.steps = example.steps[: last + 1]
        rows += finder.text(example, f"found {number + 1}", wants)
    rows.append("```")
    page.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
