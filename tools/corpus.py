#!/usr/bin/env python3
"""Finds the corpus of Chinese law that is given beside the project and unpacks it, once.

    corpus.py FOLDER [--root ROOT]      prints where it is unpacked to; exit code 77 and why, when it is not there

ROOT/../shared/law/corpus.tar.xz (or LAWBOUND_SHARED/law/corpus.tar.xz) goes to FOLDER/corpus-SIZE, so that another
archive is unpacked anew.  Nothing of it is kept in the project.
"""
import argparse
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = 77


def shared(root=ROOT):
    """The folder of given material, whether it is there or not.  A worktree may stand beside the checkout."""
    named = os.environ.get("LAWBOUND_SHARED")
    return pathlib.Path(named) if named else root.parent / "shared"


def unpacked(folder, root=ROOT):
    """The folder of the unpacked corpus, or None."""
    archive = shared(root) / "law" / "corpus.tar.xz"
    if not archive.is_file():
        return None
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"corpus-{archive.stat().st_size}"
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two tests may want it at one time
        if not target.is_dir():
            part = folder / f"part-{os.getpid()}"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            subprocess.run(["tar", "-xJf", archive, "-C", part], check=True)
            part.rename(target)
    return target / "corpus"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--root", type=pathlib.Path, default=ROOT)
    arguments = parser.parse_args()
    corpus = unpacked(arguments.folder, arguments.root)
    if corpus is None:
        print(f"skipped: no {shared(arguments.root)}/law/corpus.tar.xz", file=sys.stderr)
        return SKIPPED
    print(corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
