#!/usr/bin/env python3
"""Turns the pairs that the benchmark programs print into ratios.

usage: report.py BENCHMARKS_TSV PAIRS_FILE

Each pair was measured one right after the other in one run; the ratio of each pair is taken, and
of these the median, the least and the greatest. Nothing here fails because of a ratio.
"""
import statistics
import sys

UNITS = {"us": 1e3, "ms": 1e6, "s": 1e9, "octets": 1}


def read_table(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def read_pairs(path):
    pairs, notes = {}, {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if fields[0] == "pair":
                pairs.setdefault(fields[1], []).append((float(fields[2]), float(fields[3])))
            elif fields[0] == "note":
                notes[fields[1]] = fields[2]
    return pairs, notes


def verdict(wanted, ratio):
    if wanted == "-":
        return "shown only"
    operator, limit = wanted.split()
    met = ratio <= float(limit) if operator == "<=" else ratio >= float(limit)
    return f"wanted {wanted}: {'met' if met else 'NOT MET'}"


def report(row, pairs, note):
    name, title, direction, unit, wanted, other = row
    if not pairs:  # not asked for; run.sh says what was and did not run
        return
    print(f"{title}  [{name}]")
    ratios = [(o / p if direction == "ours" else p / o) for p, o in pairs]
    ratio = statistics.median(ratios)
    what = "times" if direction == "ours" else "times as fast as"
    print(f"    {ratio:.2f} {what} {other}")
    peer, ours = (statistics.median(p[i] for p in pairs) / UNITS[unit] for i in (0, 1))
    print(f"    spread {min(ratios):.2f} to {max(ratios):.2f} in {len(pairs)} pairs; "
          f"{verdict(wanted, ratio)}")
    print(f"    medians: {ours:.4g} {unit} against {peer:.4g} {unit}")
    if note:
        print(f"    {note}")
    print()


def main():
    pairs, notes = read_pairs(sys.argv[2])
    for row in read_table(sys.argv[1]):
        report(row, pairs.get(row[0], []), notes.get(row[0]))


main()
