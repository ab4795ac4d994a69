#!/usr/bin/env python3
"""Adds up ctest's JUnit files, counting the cases inside cmocka programs one by one.

Prints every failed and every skipped test, the latter with its reason, and closes with the plain
line "N passed, N failed, N skipped". Exit status 1 if anything failed or nothing passed.
"""
import os
import re
import sys
import xml.etree.ElementTree as ET

CASE = re.compile(r"^\[ +(OK|FAILED|SKIPPED) +\] (\w+)\s*$", re.M)
STARTED = re.compile(r"^\[ RUN +\] (\w+)\s*$", re.M)
TOTAL = re.compile(r"^\[ +PASSED +\] (\d+) test", re.M)
REASON = re.compile(r"^.*?\bSKIP(?:PED)?: *(.+)$", re.M)


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


def main(paths):
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for path in paths:
        preset = os.path.splitext(os.path.basename(path))[0]
        counts = dict.fromkeys(totals, 0)
        notes = []
        for test in ET.parse(path).getroot().iter("testcase"):
            cases, output = cases_of(test)
            reasons = REASON.findall(output)
            skips = 0
            for name, outcome in cases:
                counts[outcome] += 1
                if outcome == "failed":
                    notes.append(f"  FAILED  {name}")
                elif outcome == "skipped":
                    message = test.find("skipped")
                    reason = reasons[min(skips, len(reasons) - 1)] if reasons else \
                        (message is not None and message.get("message")) or "no reason given"
                    skips += 1
                    notes.append(f"  skipped {name}: {reason}")
        print(f"{preset}: {counts['passed']} ok, {counts['failed']} not, "
              f"{counts['skipped']} left out")
        for note in notes:
            print(note)
        for key, value in counts.items():
            totals[key] += value
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if totals["failed"] or not totals["passed"] else 0


sys.exit(main(sys.argv[1:]))
