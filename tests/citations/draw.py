#!/usr/bin/env python3
"""Draws the passages in which citations are labelled by hand: lines of the corpus, each as likely as any other.

    draw.py CORPUS [--seed 7] [--count 230] [--english]

Prints one line for each passage: its number, the file, the line (from 1), the provision it stands in, its text.
A passage is a line after the header of its file that may hold a citation: the frame is wide (FRAME below), and wider
than any extractor's idea of a citation, so that what the extractor cannot see is still in the draw.  A heading is no
passage; the number that opens an article is left off the frame, not off the line.
"""
import argparse
import pathlib
import random
import re

NUMBER = "[零〇一二三四五六七八九十百千两0-9０-９（）()]+"
FRAME = re.compile(
    f"《|第{NUMBER}(条|款|项|目|章|节|编)|前[一二两三四五六七八九十几]*(条|款|项|章|节)|本(条(?!例)|款|项(?!目)|章(?!程)|节|编)"
    "|宪法|刑法|民法典|诉讼法|处罚法|许可法|强制法|复议法|赔偿法|管理法|保护法|Article|Section|section"
)
# In English notes on law every line with a word for a provision or for an instrument.
ENGLISH = re.compile(
    r"\b(Arts?|Articles?|Sections?|section|paragraphs?|para)\b\.?"
    r"|\b(Law|Laws|Reg|Regulation|Penalty|ARL|APrL|CPL|SAMR|Licensing|Coercion|Decisions|OGI|Act|Measures|Rules|Procedure)\b"
)
ARTICLE = re.compile(f"第({NUMBER}条(之[一二三四五六七八九十]+)?)[\\s　]")


def passages(corpus):
    for path in sorted(corpus.rglob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        start = next((i for i, line in enumerate(lines) if "INFO END" in line), 0)
        article = ""
        for number, line in enumerate(lines[start + 1:], start + 2):
            if line.startswith("#"):
                continue
            opens = ARTICLE.match(line)
            if opens:
                article = opens.group(1)
            if FRAME.search(line[opens.end():] if opens else line):
                yield str(path.relative_to(corpus)), number, article, line


def english(folder):
    for path in sorted(folder.glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if ENGLISH.search(line) and not line.startswith("#"):
                yield path.name, number, "", line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=260)
    parser.add_argument("--english", action="store_true", help="lines of English notes on law")
    arguments = parser.parse_args()
    frame = list((english if arguments.english else passages)(arguments.corpus))
    drawn = sorted(random.Random(arguments.seed).sample(range(len(frame)), arguments.count))
    for index, at in enumerate(drawn, 1):
        path, number, article, line = frame[at]
        print(index, path, number, article, line, sep="\t")


if __name__ == "__main__":
    main()
