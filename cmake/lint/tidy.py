#!/usr/bin/env python3
"""clang-tidy over the compile databases, as many at a time as there are processors.

usage: tidy.py [FILE...]

A file that was clean is looked at again only when something has changed of what was looked at: its
preprocessed text with the comments, the command, the checks, or clang-tidy. One file a run, since
clang-tidy 14 carries what it knows of va_lists from one file into the next.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys

import source

CLEAN = os.path.join(source.TOP, "build", "lint")
# What gcc knows and clang doesn't must not count as a finding.
OPTIONS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option",
           "--extra-arg=-Wno-unused-command-line-argument"]
# Preset, its files, and options. What only Windows compiles gets clang in the role of the cross
# compiler, and is looked at file by file, though a build compiles several at once.
DATABASES = [
    ("native", r"^(src|bench|tests)/.*\.c$", []),
    ("alone", r"^(src/(win32|api|mprctl|rtmdll|rtutils)|examples)/.*\.c$",
     ["--extra-arg=--target=x86_64-w64-mingw32"]),
]


def run(command, directory=source.TOP):
    return subprocess.run(command, cwd=directory, capture_output=True, check=False)


def entries(preset, pattern):
    """name -> entry of the database, for what lies in the tree and fits."""
    with open(os.path.join(source.TOP, "build", preset, "compile_commands.json"),
              encoding="utf-8") as file:
        names = {os.path.relpath(e["file"], source.TOP): e for e in json.load(file)}
    return {n: names[n] for n in sorted(names) if re.search(pattern, n)}


def key(name, entry, tool, command):
    """Names all that an answer depends on; None when it doesn't compile, which clang shall tell."""
    words = shlex.split(entry["command"])
    at = words.index("-o")
    seen = run(words[:at] + words[at + 2:] + ["-E", "-CC"], entry["directory"])
    if seen.returncode:
        return None
    checks = run(["clang-tidy", "--dump-config", name]).stdout
    parts = [seen.stdout, checks, tool, entry["command"].encode(), " ".join(command).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def look(job):
    """What clang-tidy says of one file; empty when it is content."""
    name, entry, tool, command = job
    known = key(name, entry, tool, command)
    stamp = known and os.path.join(CLEAN, known)
    if stamp and os.path.exists(stamp):
        os.utime(stamp)
        return ""
    result = run(command)
    if result.returncode == 0:
        if stamp:
            open(stamp, "w", encoding="utf-8").close()
        return ""
    errors = [line for line in result.stderr.decode().splitlines() if "error:" in line]
    return result.stdout.decode() + "\n".join(errors[:10])


def forget(keep):
    """The stamps of what no longer is."""
    stamps = sorted((os.path.join(CLEAN, n) for n in os.listdir(CLEAN)), key=os.path.getmtime)
    for stamp in stamps[:-keep]:
        os.remove(stamp)


def jobs(wanted):
    tool = run(["clang-tidy", "--version"]).stdout
    for preset, pattern, options in DATABASES:
        command = ["clang-tidy", *OPTIONS, *options, "-p", os.path.join("build", preset)]
        for name, entry in entries(preset, pattern).items():
            if not wanted or name in wanted:
                yield name, entry, tool, [*command, name]


os.makedirs(CLEAN, exist_ok=True)
work = list(jobs({os.path.relpath(n, source.TOP) for n in sys.argv[1:]}))
bad = 0
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for said in pool.map(look, work):
        if said:
            print(said, flush=True)
            bad += 1
forget(4 * len(work) + 1000)
print(f"    clang-tidy: {len(work)} files, {bad} with findings")
sys.exit(1 if bad else 0)
