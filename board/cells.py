"""Tables inside a block: one row on each line, cells parted by `|`, the first line the names of the columns.

A `|` within a cell is written `\\|`. Both languages have the same number of rows and of cells in each row.
"""

import re
from typing import Any

PARTED = re.compile(r"(?<!\\)\|")


def read_cells(text: str) -> list[list[str]]:
    """The rows of a text, each a list of its cells; empty lines do not count, nor a line's outer bars."""
    rows = []
    for line in text.splitlines():
        bare = line.strip()
        if bare:
            bare = bare.removeprefix("|")
            if bare.endswith("|") and not bare.endswith("\\|"):
                bare = bare[:-1]
            rows.append([cell.strip().replace("\\|", "|") for cell in PARTED.split(bare)])
    return rows


def write_cells(rows: list[list[str]]) -> str:
    """The text of these rows; a row that begins or ends with an empty cell gets its outer bars."""
    return "\n".join(write_row([cell.replace("|", "\\|") for cell in row]) for row in rows)


def write_row(cells: list[str]) -> str:
    line = " | ".join(cells)
    return line if cells and cells[0] and cells[-1] else f"| {line} |"


def is_rectangular(rows: list[list[str]]) -> bool:
    """Whether there are columns, at least one row under them, and the same number of cells in each."""
    return len(rows) > 1 and len({len(row) for row in rows}) == 1


def same_shape(en: str, cy: str) -> bool:
    """Whether both languages have the same rows and columns."""
    return [len(row) for row in read_cells(en)] == [len(row) for row in read_cells(cy)]


def table_of(en: str, cy: str) -> dict[str, Any]:
    """Both languages in one table: columns and rows of `{en, cy}`; a cell that one language lacks is empty there."""
    left, right = read_cells(en), read_cells(cy)
    rows = []
    for number in range(max(len(left), len(right))):
        one, other = (side[number] if number < len(side) else [] for side in (left, right))
        width = max(len(one), len(other))
        rows.append(
            [
                {"en": one[index] if index < len(one) else "", "cy": other[index] if index < len(other) else ""}
                for index in range(width)
            ]
        )
    return {"columns": rows[0] if rows else [], "rows": rows[1:]}
