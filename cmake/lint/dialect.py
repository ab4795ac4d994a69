#!/usr/bin/env python3
"""One dialect of C in src and tests, as far as clang-format can't see it.

- Declarations stand first in their block, and a blank line follows those of a function.
- sizeof has parentheses.
- A status is compared: `if (status != ST_OK)`, not `if (status)`.
- Comments cite what a stranger can find: a public page, a section of MS-RRASM or an RFC, or a heading
  of docs/COMPATIBILITY.md that is there.
"""
import re

import source

STATUS = re.compile(r"\bif \(!?(status|rc)\)")
SIZEOF = re.compile(r"\bsizeof\s+[A-Za-z_*&]|\bsizeof\s+\(")
TYPES = r"(?:(?:static|const|volatile|unsigned|signed|struct|union|enum)\s+)*"
DECLARATION = re.compile(
    r"^\s+(?!return\b|else\b|goto\b|case\b|break\b|continue\b|do\b)"
    + TYPES + r"[A-Za-z_]\w*(?:\s+const)?(?:\s+\**|\s*\*+\s*)(?:const\s+)?[A-Za-z_]\w*"
    r"(?:\[[^\]]*\])*\s*(?:=(?!=)|;|,)"
    r"|^\s+(?:static\s+|const\s+)*(?:enum|struct|union)(?:\s+\w+)?\s*\{|^\s+typedef\b"
    r"|^\s+[A-Z]\w*\s*\((?:\w+\s*)?\*\s*\w+\)\(")
CITATION = re.compile(r"\bunknowns[ ,]\s*(?:\*\s*)?(?:\d|[A-Z])|§|\b(?:functions|concepts|structs|routprot|rtmv2|server-model|autostatic"
                      r"|peers)\.md|server[- ]model|\bfaults?/|\b[RPBSEM]\d+ of the list")
HEADING = re.compile(r'docs/COMPATIBILITY\.md, "([^"]+)"')
PAGE = re.compile(r"docs/COMPATIBILITY\.md, ((?:Mpr|RasAdmin)\w+)")


def declares(line):
    return bool(DECLARATION.match(line))


def blocks(code):
    """(line number, problem) of declarations behind statements, and of a missing blank line."""
    stack, pending = [], ""
    lines = code.split("\n")
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith("#") or not text and not pending:
            if stack and not text:
                stack[-1]["blank"] = True
            continue
        starts = not pending
        if starts and stack and stack[-1]["kind"] == "code" and text not in ("{", "}"):
            block = stack[-1]
            if declares(line):
                if block["statements"]:
                    yield number, "a declaration behind a statement"
                block["declared"] = True
            elif not text.startswith(("}", "case ", "default:")) and not text.endswith(":"):
                if block["declared"] and not block["statements"] and not block["blank"] \
                        and block["function"]:
                    yield number, "no blank line between declarations and statements"
                block["statements"] = True
            block["blank"] = False
        # What a line opens: code, or the braces of an initialiser or a type.
        for at, char in enumerate(line):
            if char == "{":
                before = (pending + line[:at]).rstrip()
                kind = "code"
                if re.search(r"(=|,|\{|\(|\))\s*$", before) and not re.search(
                        r"\b(if|for|while|switch|DL_FOREACH\w*|LL_FOREACH\w*|HASH_ITER)\b.*\)\s*$", before, re.S):
                    kind = "code" if re.search(r"\)\s*$", before) and not stack else "data"
                elif re.search(r"\b(struct|enum|union)(\s+\w+)?\s*$", before):
                    kind = "data"
                if stack and stack[-1]["kind"] == "data":
                    kind = "data"
                stack.append({"kind": kind, "statements": False, "declared": False, "blank": True,
                              "function": not stack})
                pending = ""
            elif char == "}" and stack:
                stack.pop()
        pending = "" if re.search(r"[;{}:]\s*$", text) or not text else pending + line + "\n"


def headings():
    text = source.read("docs/COMPATIBILITY.md")
    names = set(re.findall(r"^#+ (.+)$", text, re.M))
    functions = set(re.findall(r"`((?:Mpr|RasAdmin)\w+)`", text))
    return names, functions


findings = []
known, functions = headings()
for name in source.tracked("src/*.c", "src/*.h", "tests/*.c", "tests/*.h", "include/*.h",
                           "examples/*.c", "examples/*.h", "bench/*.c", "bench/*.h"):
    text = source.read(name)
    code = source.code_only(text)
    for pattern, what in ((STATUS, "compare the status: != ST_OK"), (SIZEOF, "sizeof with parentheses")):
        if name.startswith(("examples/", "include/")) and pattern is STATUS:
            continue
        for match in pattern.finditer(code):
            findings.append(f"{name}:{code.count(chr(10), 0, match.start()) + 1}: {what}")
    if name.endswith(".c") and name.startswith(("src/", "tests/")):
        findings += [f"{name}:{number}: {problem}" for number, problem in blocks(code)]
    flat = re.sub(r"\n\s*\*?\s*", " ", text)
    for match in CITATION.finditer(text):
        findings.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}: "
                        f"\"{match.group(0)}\" is nothing that a stranger can find")
    for match in HEADING.finditer(flat):
        if match.group(1) not in known:
            findings.append(f"{name}: docs/COMPATIBILITY.md has no heading \"{match.group(1)}\"")
    for match in PAGE.finditer(flat):
        if match.group(1) not in functions:
            findings.append(f"{name}: docs/COMPATIBILITY.md has no row of {match.group(1)}")
source.finish("dialect", findings)
