#!/usr/bin/env python3
"""Runs the code blocks of README.md, CONTRIBUTING.md and docs/, so that no page tells what is no longer so.

  ```sh        a script: run with `bash -eu`, must succeed
  ```console   `$ command` lines, each followed by exactly what it prints (standard output and errors as one).
               A line `...` stands for any number of lines.  A command may go on after a final backslash.
  ```lawbound  when it begins with `pack`, a whole pack: `lawbound check` must accept it, and `lawbound test` find its
               examples as wanted.  Others are excerpts.
  ```text      and every other kind: not run

A block may need a file beside the repository, which not everybody has: ```console if ../data/log.xes.gz.  It is left
out, and counted, where that file is missing.

Outside the blocks, a link to a file of the repository, and a name like `src/base/day.h`, must lead somewhere; a name
with a word in capitals, `packs/PATH/`, stands for any.

The blocks of one page share one scratch folder, in which every top-level entry of the repository is linked (and beside
which the folders that its conditions name), so that a page may write files and the checkout stays clean.  --path puts a folder, the one with the built program, first in PATH.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^( *)(`{3,})([\w-]*)(?: +if +(\S+))?[^\n]*\n(.*?)^\1\2 *$", re.M | re.S)
LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)(?:#[^)\s]*)?\)")
FILE_NAME = re.compile(r"`((?:src|tools|tests|docs|packs|fuzz|bench|cmake)/[\w./-]+)`")
SECONDS = 120


def blocks(text):
    """(line number of the first line, kind, the file it needs or None, contents) of each fenced block"""
    for found in FENCE.finditer(text):
        indent = found.group(1)
        body = "".join(line.removeprefix(indent) for line in found.group(5).splitlines(keepends=True))
        yield text.count("\n", 0, found.start()) + 2, found.group(3), found.group(4), body


def run(command, folder, environment):
    """(exit status, what it printed)"""
    try:
        done = subprocess.run(["bash", "-eu", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return -1, f"(still running after {SECONDS} seconds)\n"
    return done.returncode, done.stdout.decode("utf-8", "replace")


def matches(wanted, printed):
    """Line by line; a wanted line `...` stands for any number of lines, and a space for one that does not break."""
    printed = printed.replace("\u00a0", " ")
    pattern = "".join(r"(?:[^\n]*\n)*" if line.strip() == "..." else re.escape(line.rstrip()) + r"[ \t]*\n"
                      for line in wanted)
    return re.fullmatch(pattern, printed if not printed or printed.endswith("\n") else printed + "\n") is not None


def shortened(printed, most=60):
    """The first lines: enough to see what went wrong."""
    lines = printed.splitlines()
    return printed if len(lines) <= most else "\n".join(lines[:most] + [f"(and {len(lines) - most} more lines)"])


def console_steps(body):
    """(command, wanted lines) for each `$` line"""
    steps = []
    going_on = False
    for line in body.splitlines():
        if going_on:
            steps[-1][0] += "\n" + line
        elif line.startswith("$ "):
            steps.append([line[2:], []])
        elif steps:
            steps[-1][1].append(line)
            continue
        going_on = line.endswith("\\")
    return steps


def run_block(kind, body, folder, environment):
    """What went wrong, or None; "" when there was nothing to run."""
    if kind == "sh":
        status, printed = run(body, folder, environment)
        return None if status == 0 else f"exit status {status}\n{printed}"
    if kind == "console":
        for command, wanted in console_steps(body):
            _, printed = run(command, folder, environment)
            if not matches(wanted, printed):
                return f"$ {command}\n--- the page says\n" + "\n".join(wanted) + f"\n--- it prints\n{shortened(printed)}"
        return None
    if kind == "lawbound" and re.match(r"\s*pack\b", body):
        (folder / "block.md").write_text(f"# A pack on a page\n\n```lawbound\n{body}```\n", encoding="utf-8")
        status, printed = run("lawbound check block.md && lawbound test block.md", folder, environment)
        return None if status == 0 else f"exit status {status}\n{printed}"
    return ""


def dead_ends(root, page, text):
    """Complaints about links and file names outside the blocks that lead nowhere."""
    prose = FENCE.sub(lambda found: "\n" * found.group().count("\n"), text)
    for place, pattern in ((page.parent, LINK), (root, FILE_NAME)):
        for found in pattern.finditer(prose):
            stands_for_any = pattern is FILE_NAME and re.search(r"[A-Z]{2}", found.group(1))
            if not stands_for_any and not (place / found.group(1)).exists():
                yield f"{page.relative_to(root)}:{prose.count(chr(10), 0, found.start()) + 1}: no '{found.group(1)}'"


def is_at_hand(root, folder, needed):
    """Whether the file a block needs is there, and within reach of the scratch folder."""
    if needed is None:
        return True
    if not (root / needed).exists():
        return False
    parts = pathlib.PurePath(needed).parts
    if parts[0] == ".." and not (folder.parent / parts[1]).exists():
        (folder.parent / parts[1]).symlink_to(root.parent / parts[1])
    return True


def run_page(root, page, environment):
    """(blocks run, blocks left out, complaints)"""
    text = page.read_text(encoding="utf-8")
    count, left_out, complaints = 0, 0, list(dead_ends(root, page, text))
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "checkout"
        folder.mkdir()
        for entry in root.iterdir():
            if entry.name not in (".git", "build"):
                (folder / entry.name).symlink_to(entry)
        for line, kind, needed, body in blocks(text):
            if not is_at_hand(root, folder, needed):
                left_out += 1
                continue
            wrong = run_block(kind, body, folder, environment)
            count += wrong != ""
            if wrong:
                complaints.append(f"{page.relative_to(root)}:{line}: ```{kind}\n{wrong}")
    return count, left_out, complaints


def main():
    parser = argparse.ArgumentParser(description="Runs the code blocks of the documents.")
    parser.add_argument("--path", help="folder to put first in PATH")
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[1], type=pathlib.Path)
    parser.add_argument("pages", nargs="*", type=pathlib.Path, help="all of them when none is named")
    options = parser.parse_args()
    root = options.root.resolve()
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if options.path:
        environment["PATH"] = f"{pathlib.Path(options.path).resolve()}:{environment['PATH']}"
    pages = [page.resolve() for page in options.pages] or [
        page for page in [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]
        if page.exists()]

    total, left_out, complaints = 0, 0, []
    for page in pages:
        count, skipped, wrong = run_page(root, page, environment)
        total += count
        left_out += skipped
        complaints += wrong
    print("\n".join(complaints) or f"{total} blocks on {len(pages)} pages, all as the pages say; "
                                   f"{left_out} left out for want of a file")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
