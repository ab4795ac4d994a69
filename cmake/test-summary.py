#!/usr/bin/env python3
"""Adds up ctest's JUnit files, counting the cases inside cmocka programs one by one.

Prints every failed and every skipped test, the latter with its reason (a reason that many share is
told once), and closes with the plain line "N passed, N failed, N skipped". A preset of which nothing
ran is told of loudly, and what ran emulated is counted besides. Exit status 1 if anything failed, 77 if nothing ran at all.
"""
import os
import re
import sys
import xml.etree.ElementTree as ET

CASE = re.compile(r"^\[ +(OK|FAILED|SKIPPED) +\] (\w+)\s*$", re.M)
STARTED = re.compile(r"^\[ RUN +\] (\w+)\s*$", re.M)
TOTAL = re.compile(r"^\[ +PASSED +\] (\d+) test", re.M)
REASON = re.compile(r"^.*?\bSKIP(?:PED)?: *(.+)$", re.M)
EMULATED = re.compile(r"^run-wine: emulated$", re.M)
SHARED = 5  # more tests than that with one reason are told of in one line


def cases_of(test):
    """(name, outcome) of each case in a program; the program itself when it isn't a cmocka one."""
    name = test.get("name")
    output = test.findtext("system-out") or ""
    status = test.get("status")
    whole = "skipped" if test.find("skipped") is not None or status in ("notrun", "disabled") else \
            "failed" if test.find("failure") is not None or status == "fail" else "passed"
    # cmocka lists failed and skipped cases once more after its totals; take each name once.
    seen = {}
    for outcome, case in CASE.findall(output):
        outcome = {"OK": "passed", "FAILED": "failed", "SKIPPED": "skipped"}[outcome]
        if seen.get(case) != "failed":
            seen[case] = outcome
    started = set(STARTED.findall(output))
    # What began and has no verdict never came back, unless the program ended well and its own total
    # counts it: then only the line was lost among those of another process.
    total = sum(int(count) for count in TOTAL.findall(output))
    lost = "passed" if whole == "passed" and total >= len(started) else "failed"
    for case in started:
        seen.setdefault(case, lost)
    cases = [(f"{name}: {case}", outcome) for case, outcome in seen.items()]
    if not cases:
        return [(name, whole)], output
    if whole == "failed" and not any(outcome == "failed" for _, outcome in cases):
        cases.append((f"{name}: (the program itself)", "failed"))
    return cases, output


def skip_reasons(test, output, count):
    """The reasons of a program's skipped cases, in their order."""
    reasons = REASON.findall(output)
    if not reasons:
        message = test.find("skipped")
        reasons = [(message is not None and message.get("message")) or "no reason given"]
    return [reasons[min(number, len(reasons) - 1)] for number in range(count)]


def notes_of_skips(skipped):
    """(name, reason) of each becomes a line of its own, or of all that share the reason."""
    names = {}
    for name, reason in skipped:
        names.setdefault(reason, []).append(name)
    for reason, sharing in names.items():
        if len(sharing) > SHARED:
            yield f"  skipped {len(sharing)} tests, {sharing[0]} to {sharing[-1]}: {reason}"
        else:
            yield from (f"  skipped {name}: {reason}" for name in sharing)


class Preset:
    """The outcome of one file."""

    def __init__(self, path):
        self.name = os.path.splitext(os.path.basename(path))[0]
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.failed, self.skipped = [], []
        self.cases = {}
        self.emulated = 0
        for test in ET.parse(path).getroot().iter("testcase"):
            self.add(test)

    def add(self, test):
        cases, output = cases_of(test)
        self.cases[test.get("name")] = len(cases)
        for _, outcome in cases:
            self.counts[outcome] += 1
        if EMULATED.search(output):
            self.emulated += sum(outcome == "passed" for _, outcome in cases)
        self.failed += [name for name, outcome in cases if outcome == "failed"]
        left_out = [name for name, outcome in cases if outcome == "skipped"]
        self.skipped += zip(left_out, skip_reasons(test, output, len(left_out)))

    def nothing_ran(self):
        return self.counts["skipped"] and not self.counts["passed"] and not self.counts["failed"]

    def lines(self):
        counts = self.counts
        how = " (emulated)" if self.emulated else ""
        yield (f"{self.name}: {counts['passed']} ok{how}, {counts['failed']} not, "
               f"{counts['skipped']} left out")
        yield from (f"  FAILED  {name}" for name in self.failed)
        yield from notes_of_skips(self.skipped)


def warning(preset, presets):
    """What a reader must not miss: nothing of a preset ran."""
    reasons = [reason for _, reason in preset.skipped]
    reason = max(reasons, key=reasons.count)
    # A program that does not run has told nobody how many cases it has; another preset has them.
    known = max(sum(other.cases.get(name, 0) for name in preset.cases) for other in presets)
    programs = len(preset.cases)
    elsewhere = f", {known} cases elsewhere," if known > programs else ""
    return f"!!! {preset.name} WAS NOT RUN ({programs} test programs{elsewhere} skipped): {reason}"


def main(paths):
    presets = [Preset(path) for path in paths]
    for preset in presets:
        print("\n".join(preset.lines()))
    for preset in presets:
        if preset.nothing_ran():
            print(warning(preset, presets))
    emulated = sum(preset.emulated for preset in presets)
    if emulated:
        print(f"of those that passed, {emulated} ran emulated")
    totals = {key: sum(preset.counts[key] for preset in presets)
              for key in ("passed", "failed", "skipped")}
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    if totals["failed"] or not any(totals.values()):
        return 1
    return 0 if totals["passed"] else 77


sys.exit(main(sys.argv[1:]))
