#!/usr/bin/env python3
"""Checks that what the documents link to is there: files and headings.

usage: links.py [DIR]    DIR: the tree (default), or the folder of a release
"""
import pathlib
import re
import sys

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
SKIPPED = {"build", ".git"}


def anchors(path):
    """As forges make them of headings."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    found = set()
    for title in re.findall(r"^#+ +(.*?) *$", text, re.M):
        title = re.sub(r"[^\w\- ]", "", title.lower())
        found.add(title.replace(" ", "-"))
    return found


def check(top, document):
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    for match in LINK.finditer(text):
        link = match.group(1) or match.group(2)
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if top not in target.parents and target != top:
            yield f"{link}: leads out of the folder"
        elif not target.exists():
            yield f"{link}: there is no such file"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{link}: there is no such heading"


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count = bad = 0
    for document in sorted(top.rglob("*.md")):
        if SKIPPED & set(document.relative_to(top).parts):
            continue
        count += 1
        for problem in check(top, document):
            print(f"{document.relative_to(top)}: {problem}")
            bad += 1
    if not count:
        print(f"{top}: no document")
        bad += 1
    print(f"links of {count} documents: {bad} dangle" if bad else f"links of {count} documents lead somewhere")
    return 1 if bad else 0


sys.exit(main())
