"""Reader of docs/COMPATIBILITY.md: the tables of exported functions."""

import re

import export_tables


def read_rows(path):
    """{name: status} of every table row below a heading that begins '## Exported'.

    A row is '| `Name` | status | differences | test |'; the status is the text up to ': ' or the
    end, without marks of code.
    """
    rows, inside = {}, False
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("## "):
                inside = line.startswith("## Exported")
            cells = re.match(r"\| `(\w+)` \| ([^|]*) \|", line) if inside else None
            if not cells:
                continue
            if line.count("|") != 5:
                raise export_tables.ListError(f"{path}:{number}: a row has four cells")
            if cells[1] in rows:
                raise export_tables.ListError(f"{path}:{number}: {cells[1]} has two rows")
            rows[cells[1]] = cells[2].replace("`", "").split(":")[0].strip()
    return rows
