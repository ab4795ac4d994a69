#!/usr/bin/env python3
"""Do the native tests notice a fault? Changes one operator, constant or call of the portable core
at a time, at random, and runs them.

usage: mutate.py [COUNT] [SEED] [--jobs N] [--only TEXT] [--at FILE:LINE] [--sanitize LIST]

COUNT (200) changes are made, chosen by SEED (1): the same seed makes the same changes of the same
source. --only chooses among files whose path contains TEXT; --at makes every change of one line.
--sanitize address,undefined builds with these, as the preset `asan` does: it notices more and takes longer.
A change that doesn't compile, or compiles to the same code, does not count. Left alone is what nobody
can see by what it is, not by where it is: what is only written to the log, with the condition of that;
assertions; which of two equal values is the greater or the smaller one; more room in an array.
The tree is never touched: a copy of what git knows of it is built below build/mutation, the core as
shared libraries, and for each change one of them is built a second time.

The last line is the score; build/mutation/report-SEED.txt has it all. The exit status is 0 when the
run went through, whatever the score.
"""
import argparse
import collections
import concurrent.futures
import filecmp
import json
import os
import random
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from changes import places

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = os.path.join(TOP, "build", "mutation")
COPY, BUILD = os.path.join(PLACE, "tree"), os.path.join(PLACE, "build")
FOLDERS = ["src/base", "src/infoblock", "src/phonebook", "src/rtm", "src/protocol/rip", "src/router",
           "src/rtmv2"]
KINDS = "^(unit|sim|concurrency|fuzz)$"
SAME, REFUSED, NOTICED, MISSED = "same code", "does not compile", "noticed", "NOT NOTICED"


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", **options)


def must(command, **options):
    result = run(command, **options)
    if result.returncode:
        sys.exit(result.stdout[-4000:] + "\nmutate: failed: " + " ".join(command))
    return result.stdout


def copy_tree():
    """Makes the copy the same as the tree; what is the same already keeps its time."""
    listed = set(must(["git", "-C", TOP, "ls-files"]).splitlines())
    listed = {path for path in listed if os.path.isfile(os.path.join(TOP, path))}
    for path in listed:
        source, target = os.path.join(TOP, path), os.path.join(COPY, path)
        if not os.path.isfile(target) or not filecmp.cmp(source, target, shallow=False):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(source, target)
    for folder, _, names in os.walk(COPY):
        for name in names:
            if os.path.relpath(os.path.join(folder, name), COPY) not in listed:
                os.remove(os.path.join(folder, name))


def build(sanitizers):
    for left in os.listdir(PLACE) if os.path.isdir(PLACE) else []:
        if left.startswith("change-"):
            shutil.rmtree(os.path.join(PLACE, left))
    copy_tree()
    print("mutate: building the core and its tests", flush=True)
    must(["cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
          "-DBUILD_SHARED_LIBS=ON", "-DCMAKE_LINK_DEPENDS_NO_SHARED=ON",
          f"-DMPR_SANITIZE={sanitizers}"])
    must(["ninja", "-C", BUILD])


class Test:
    def __init__(self, entry):
        properties = {p["name"]: p["value"] for p in entry.get("properties", [])}
        self.name, self.command = entry["name"], entry["command"]
        self.folder = properties["WORKING_DIRECTORY"]
        self.environment = dict(v.split("=", 1) for v in properties.get("ENVIRONMENT", []))
        self.skip = properties.get("SKIP_RETURN_CODE")
        self.libraries = set(re.findall(r"(libmpr_\w+\.so) =>", run(["ldd", self.command[0]]).stdout))
        self.seconds = 0.0

    def limits(self):
        seconds = int(5 + 3 * self.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (4 << 30, 4 << 30))

    def passes(self, libraries=""):
        """A test that hangs or asks for too much memory fails, too."""
        environment = {**os.environ, **self.environment, "LD_LIBRARY_PATH": libraries}
        try:
            result = run(self.command, cwd=self.folder, env=environment, preexec_fn=self.limits,
                         stdin=subprocess.DEVNULL, timeout=600)
        except subprocess.TimeoutExpired:
            return False
        return result.returncode in (0, self.skip)


def load_tests():
    listed = json.loads(must(["ctest", "--test-dir", BUILD, "--show-only=json-v1", "-L", KINDS]))
    tests = [Test(entry) for entry in listed["tests"]]
    for test in tests:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        test.seconds = 20.0  # until it is known
        if not test.passes():
            sys.exit(f"mutate: {test.name} fails as it is")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        test.seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return sorted(tests, key=lambda t: t.seconds)


class Core:
    """How each file of the core is compiled, and its library linked."""

    def __init__(self):
        with open(os.path.join(BUILD, "compile_commands.json")) as file:
            entries = json.load(file)
        self.compile = {}
        for entry in entries:
            path = os.path.relpath(entry["file"], COPY)
            if "/CMakeFiles/mpr_" in entry["command"]:
                self.compile[path] = entry
        self.link = {}

    def sources(self, only):
        listed = must(["git", "-C", TOP, "ls-files", *FOLDERS]).split()
        return [p for p in listed if p.endswith(".c") and only in p and p in self.compile]

    def object_of(self, path):
        return re.search(r" -o (\S+)", self.compile[path]["command"]).group(1)

    def compile_to(self, path, source, folder, name):
        """The text compiled as if it were the file; None when it does not compile."""
        copy = os.path.join(folder, os.path.basename(path))
        with open(copy, "w") as file:
            file.write(source)
        entry = self.compile[path]
        command = [word for word in shlex.split(entry["command"]) if word != "ccache"]
        command[command.index("-o") + 1] = os.path.join(folder, name)
        command[command.index("-c") + 1] = copy
        # Quoted headers beside the file; no debug information, which would tell any change.
        command += ["-iquote", os.path.dirname(os.path.join(COPY, path)), "-g0", "-w"]
        if run(command, cwd=entry["directory"]).returncode:
            return None
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()

    def link_command(self, path):
        library = re.search(r"(\S+)/CMakeFiles/(mpr_\w+)\.dir", self.object_of(path))
        target = f"{library.group(1)}/lib{library.group(2)}.so"
        if target not in self.link:
            listed = must(["ninja", "-C", BUILD, "-t", "commands", "-s", target])
            self.link[target] = next(l for l in listed.splitlines() if "-shared" in l)
        return target, self.link[target]

    def link_to(self, path, folder, name):
        target, command = self.link_command(path)
        command = command.replace(self.object_of(path), os.path.join(folder, name))
        output = os.path.join(folder, "lib", os.path.basename(target))
        must(["sh", "-c", command.replace(f"-o {target}", f"-o {output}")], cwd=BUILD)


class Runner:
    def __init__(self, core, tests):
        self.core, self.tests = core, tests
        self.lock = threading.Lock()
        self.original = {}
        self.noticed_by = collections.Counter()

    def order(self, path):
        """The tests that the file is linked to: those first that have noticed changes of it, then
        of its folder; then the fast."""
        folder = os.path.dirname(path)
        library = os.path.basename(self.core.link_command(path)[0])
        tests = [t for t in self.tests if library in t.libraries]
        with self.lock:
            return sorted(tests, key=lambda t: (-self.noticed_by[path, t.name],
                                                     -self.noticed_by[folder, t.name], t.seconds))

    def judge(self, change, source):
        """(verdict, name of the test that noticed)"""
        path = change.path
        with tempfile.TemporaryDirectory(dir=PLACE, prefix="change-") as folder:
            os.mkdir(os.path.join(folder, "lib"))
            if path not in self.original:
                self.original[path] = self.core.compile_to(path, source, folder, "original.o")
            code = self.core.compile_to(path, change.apply(source), folder, "changed.o")
            if code is None:
                return REFUSED, None
            if code == self.original[path]:
                return SAME, None
            self.core.link_to(path, folder, "changed.o")
            for test in self.order(path):
                if not test.passes(os.path.join(folder, "lib")):
                    with self.lock:
                        self.noticed_by[path, test.name] += 1
                        self.noticed_by[os.path.dirname(path), test.name] += 1
                    return NOTICED, test.name
        return MISSED, None


def choose(core, arguments):
    """The changes in the order in which they are tried, and the text of each file."""
    text, found = {}, []
    for path in core.sources(arguments.only):
        with open(os.path.join(COPY, path)) as file:
            text[path] = file.read()
        found += places(path, text[path])
    if arguments.at:
        path, line = arguments.at.rsplit(":", 1)
        return [c for place in found for c in place
                if c.path.endswith(path) and c.line == int(line)], text
    generator = random.Random(arguments.seed)
    generator.shuffle(found)
    return [generator.choice(place) for place in found], text


class Report:
    def __init__(self, seed):
        self.file = open(os.path.join(PLACE, f"report-{seed}.txt"), "w")
        self.counts = collections.Counter()

    def say(self, line):
        print(line, flush=True)
        print(line, file=self.file, flush=True)

    def add(self, change, verdict, test):
        self.counts[verdict] += 1
        if verdict in (NOTICED, MISSED):
            self.say(f"{verdict:12} {change}" + (f" by {test}" if test else ""))

    def counted(self):
        return self.counts[NOTICED] + self.counts[MISSED]

    def close(self, seed, seconds):
        total = self.counted()
        self.say(f"mutate: seed {seed}: {self.counts[NOTICED]} of {total} noticed "
                 f"({100 * self.counts[NOTICED] / max(total, 1):.1f} %), "
                 f"{self.counts[REFUSED]} did not compile, {self.counts[SAME]} gave the same code, "
                 f"{seconds:.0f} s")


def run_changes(runner, changes, text, arguments, report):
    """Keeps the jobs busy, in order, until enough changes count."""
    wanted = len(changes) if arguments.at else arguments.count
    waiting = collections.deque(changes)
    running = collections.deque()
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        while (waiting or running) and report.counted() < wanted:
            while waiting and len(running) < arguments.jobs:
                change = waiting.popleft()
                running.append((change, pool.submit(runner.judge, change, text[change.path])))
            change, future = running.popleft()
            report.add(change, *future.result())


def main():
    parser = argparse.ArgumentParser(prog="./dev mutate")
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="")
    parser.add_argument("--at", metavar="FILE:LINE")
    parser.add_argument("--sanitize", default="", metavar="LIST")
    arguments = parser.parse_args()
    build(arguments.sanitize)
    core, tests = Core(), load_tests()
    changes, text = choose(core, arguments)
    print(f"mutate: {len(changes)} places, {len(tests)} tests, "
          f"{sum(t.seconds for t in tests):.1f} s when all are run", flush=True)
    report, started = Report(arguments.seed), time.monotonic()
    run_changes(Runner(core, tests), changes, text, arguments, report)
    report.close(arguments.seed, time.monotonic() - started)


if __name__ == "__main__":
    main()
