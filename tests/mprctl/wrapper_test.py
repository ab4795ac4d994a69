"""The shell wrapper of the archive: it finds Wine, the prefix and the program, and passes all on."""
import os
import shutil

from support import PROGRAM, TOP, WORK, Run, check, finish

folder = os.path.join(WORK, "archive")
os.makedirs(os.path.join(folder, "x86_64", "bin"))
wrapper = os.path.join(folder, "mprctl")
shutil.copy(os.path.join(TOP, "cmake", "dist", "mprctl"), wrapper)
os.environ["WINE"] = os.environ["MPR_WINE"]


def run(*words, **options):
    return Run(*words, program=["sh", wrapper], **options)


missing = run("--version")
check("without the program", missing.code == 3 and "no mprctl.exe" in missing.err, missing)
for name in ("mprctl.exe", "mprapi.dll"):
    shutil.copy(os.path.join(os.path.dirname(PROGRAM), name), os.path.join(folder, "x86_64", "bin"))
found = run("--version")
check("the one of the archive", found.code == 0 and found.out.startswith("mprctl "), found)
passed = run("interfaces", "show", "name=a \"b\" c")
check("arguments and exit code come through", passed.code == 1 and 'a "b" c' in passed.err, passed)
piped = run("exec", "-", stdin="server show\n")
check("standard input, too", piped.code == 0 and "Running" in piped.out, piped)
nowhere = run("--version", prefix="nowhere")
check("without a prefix", nowhere.code == 3 and "no Wine prefix" in nowhere.err, nowhere)
finish()
