"""Reader of docs/COMPATIBILITY.md: the tables of exported functions, and the tests they name."""

import os
import re
from collections import namedtuple

import export_tables

HEADING = "## Exported"

# status is 'built' or 'answers X'; tests is the last cell as written.
Row = namedtuple("Row", "section status tests")


def read_table(path):
    """{name: Row} of every table row below a heading that begins '## Exported', in file order.

    A row is '| `Name` | status | differences | test |'; the status is the text up to ': ' or the
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
            if line.count("|") != 5:
                raise export_tables.ListError(f"{path}:{number}: a row has four cells")
            if cells[1] in rows:
                raise export_tables.ListError(f"{path}:{number}: {cells[1]} has two rows")
            status = cells[2].replace("`", "").split(":")[0].strip()
            rows[cells[1]] = Row(section, status, line.split("|")[4].strip())
    return rows


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
