"""The data dictionary: every field of every data set, in the language in force."""

from collections.abc import Iterator

from projects.opendata import Entry

from .catalogue import SETS
from .columns import ROWS, Column
from .sets import DataSet


def of_column(table: str, column: Column) -> Iterator[Entry]:
    """The fields of a column as a CSV has them; of a list of rows, itself and the fields of its rows."""
    if column.kind == ROWS:
        yield Entry(table, column.key, str(column.label), column.kind_label, str(column.help), ())
        for inner in column.columns:
            yield from of_column(f"{table}.{column.key}", inner)
    for one in column.fields:
        values = tuple((str(code), str(label)) for code, label in one.labels.items())
        yield Entry(table, one.key, str(one.label), one.kind_label, str(one.help), values)


def entries_of(data: DataSet) -> Iterator[Entry]:
    for column in data.columns:
        yield from of_column(data.name, column)


def dictionary() -> Iterator[Entry]:
    for data in SETS.values():
        yield from entries_of(data)
