#!/usr/bin/env python3
"""Writes the table "What works today" of README.md, made from docs/COMPATIBILITY.md.

Run without arguments after a row of COMPATIBILITY.md has become 'built'; check_exports.py fails the
build until then.
"""

import os

import compatibility
import export_tables

BEGIN = "<!-- begin: made by cmake/exports/readme_table.py -->\n"
END = "<!-- end -->\n"


def table(rows):
    """The lines between the markers: one for each section, and the sum."""
    count = {}
    for row in rows.values():
        built, every = count.get(row.section, (0, 0))
        count[row.section] = built + (row.status == "built"), every + 1
    lines = ["| functions | work |\n", "|---|---|\n"]
    for section, (built, every) in count.items():
        lines.append(f"| {section} | {'all ' if built == every else f'{built} of '}{every} |\n")
    built = sum(row.status == "built" for row in rows.values())
    return "".join(lines) + f"| together | {built} of {len(rows)} |\n"


def updated(readme, rows):
    """The text of README.md as it is, and as it should be."""
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise export_tables.ListError(f"{readme}: the marks of the table are missing")
    return text, before + BEGIN + table(rows) + END + after


def main():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    readme = os.path.join(top, "README.md")
    rows = compatibility.read_table(os.path.join(top, "docs", "COMPATIBILITY.md"))
    old, new = updated(readme, rows)
    if old != new:
        with open(readme, "w", encoding="utf-8") as file:
            file.write(new)
    return 0


if __name__ == "__main__":
    export_tables.run(main)
