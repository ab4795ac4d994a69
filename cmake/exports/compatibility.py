"""Reader of docs/COMPATIBILITY.md: the tables of exported functions, and the tests they name."""

import os
import re
from collections import namedtuple

import export_tables

HEADING = "## Exported"

# status is 'built' or 'answers X'; router is one of ROUTERS, '-' for what is not built; tests is the
# last cell as written.
Row = namedtuple("Row", "section status router tests")
ROUTERS = ("any", "any, without event", "this machine", "none")
# They ask a router without a handle to it.
ASK_BY_NAME = {"MprAdminServerConnect", "MprAdminMIBServerConnect", "MprAdminIsServiceRunning",
               "MprAdminIsServiceInitialized"}


def read_table(path):
    """{name: Row} of every table row below a heading that begins '## Exported', in file order.

    A row is '| `Name` | status | router | differences | test |'; the status is the text up to ': ' or the
    end, without marks of code. The section is the heading behind '## Exported: '.
    """
    rows, section = {}, None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("## "):
                section = line[len(HEADING):].strip(": \n") if line.startswith(HEADING) else None
            cells = re.match(r"\| `(\w+)` \| ([^|]*) \|", line) if section is not None else None
            if not cells:
                continue
            if line.count("|") != 6:
                raise export_tables.ListError(f"{path}:{number}: a row has five cells")
            if cells[1] in rows:
                raise export_tables.ListError(f"{path}:{number}: {cells[1]} has two rows")
            status = cells[2].replace("`", "").split(":")[0].strip()
            router, _, tests = (cell.strip() for cell in line.split("|")[3:6])
            rows[cells[1]] = Row(section, status, router, tests)
    return rows


def wrong_routers(rows, random_table):
    """What is wrong with the column 'router': by the arguments that the random calls' table has of
    each function, those with a server handle (S, or M of the MIB) ask a router, and no others."""
    with open(random_table, encoding="utf-8") as source:
        letters = dict(re.findall(r'\b(?:ROW|KEEP|RARE|NO_STATUS)\(\s*(\w+), "([^"]*)"',
                                  source.read()))
    for name, row in rows.items():
        if row.status != "built":
            allowed = ("-",)
        elif name in ASK_BY_NAME or letters.get(name, "")[:1] in ("S", "M"):
            allowed = ROUTERS[:3]
        else:
            allowed = ("none",)
        if row.router not in allowed:
            yield f"COMPATIBILITY.md: {name}: router is '{row.router}', not {' or '.join(allowed)}"


def named_cases(path):
    """{test case: line} of what the last cells of all tables name as '`ctest name`: case, case'."""
    cases = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cell = line.rstrip().rstrip("|").rsplit("|", 1)[-1] if line.startswith("|") else ""
            for group in re.findall(r"`[a-z0-9_]+`: ([a-z0-9_]+(?:, [a-z0-9_]+)*)", cell):
                cases.update({case: number for case in group.split(", ")})
    return cases


def existing_cases(folder):
    """Names of all cmocka cases in the sources below folder."""
    cases = set()
    for parent, _, files in os.walk(folder):
        for name in files:
            if name.endswith(".c"):
                with open(os.path.join(parent, name), encoding="utf-8") as source:
                    text = source.read()
                    cases |= set(re.findall(r"\bvoid (\w+)\(void \*\*", text))
                    # Those that are a process of their own are named in a table.
                    cases |= set(re.findall(r"\{\"(\w+)\", \1\}", text))
    return cases
