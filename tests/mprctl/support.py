"""Runs mprctl.exe as an administrator would, and compares what it says."""
import difflib
import json
import os
import subprocess
import sys
import tempfile

TOP = os.environ["MPR_TOP"]
WORK = os.environ["MPR_WORK"]
PROGRAM = os.path.join(os.environ["MPR_BUILD"], "x86_64", "bin", "mprctl.exe")
failures = []


class Run:
    """One run: exit code, what went to standard output and to standard error."""
    def __init__(self, *words, stdin="", prefix="first", program=None):
        environment = dict(os.environ, WINEPREFIX=os.path.join(WORK, prefix))
        command = program or [os.environ["MPR_WINE"], PROGRAM]
        # Files, since the services that Wine starts would hold pipes open.
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(stdin.encode())
            given.seek(0)
            done = subprocess.run([*command, *words], stdin=given, stdout=out, stderr=err, env=environment,
                                  timeout=120, check=False)
            out.seek(0)
            err.seek(0)
            self.words, self.code = words, done.returncode
            self.out, self.err = out.read().decode(), err.read().decode().replace("\r", "")

    def json(self):
        return json.loads(self.out)


def script(*lines, json_lines=False, prefix="first"):
    """Several commands in one process: what one has connected the next one sees."""
    words = ["exec", "-"] + (["--json"] if json_lines else [])
    return Run(*words, stdin="\n".join(lines) + "\n", prefix=prefix)


def check(what, holds, run=None):
    print(("ok    " if holds else "WRONG ") + what, flush=True)
    if holds:
        return
    failures.append(what)
    if run:
        print(f"      {run.words}: exit code {run.code}\n{run.out}{run.err}", flush=True)


def check_same(what, expected, run):
    """Compares what a run printed, and shows the lines that differ."""
    lines = list(difflib.unified_diff(expected.splitlines(), run.out.splitlines(), lineterm="", n=0))
    check(what, not lines)
    print("\n".join(lines))


def finish():
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)
