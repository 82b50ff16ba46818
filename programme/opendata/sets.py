"""The data sets: each with its rows, as anybody may see them, and its columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from projects.fields import Field, Label

from .columns import Column

NOBODY = AnonymousUser()
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True, slots=True)
class DataSet:
    """`rows(demonstration)` gives the rows in a fixed order: the real ones, or those of the demonstration alone.

    `key` is the attribute by which the API finds one row; `only` are the filters of its list, each with its lookup.
    `prepare` makes of the rows of one page what the columns read, in a constant number of queries. `areas`: under which
    heading it stands. `schema` is its name in the description of the API.
    """

    name: str
    schema: str
    area: Label
    title: Label
    about: Label
    columns: tuple[Column, ...]
    rows: Callable[[bool], Any]
    key: str = "slug_en"
    only: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Any], Iterable[Any]] = list
    example: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number_key(self) -> bool:
        return self.key == "pk"

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a CSV has of it."""
        return tuple(one for column in self.columns for one in column.fields)

    def read(self, demonstration: bool = False) -> Any:
        """Its rows; the demonstration's only where there is one."""
        if not demonstration:
            return self.rows(False)
        return self.rows(True) if settings.DEMO else self.rows(False)[:0]

    def json(self, row: Any, language: str = "") -> dict[str, Any]:
        return {column.key: column.json(row, language) for column in self.columns}

    def csv_rows(self) -> Iterator[list[Any]]:
        """One line for each row, under the keys of the fields."""
        yield [one.key for one in self.fields]
        for row in self.prepare(self.read()):
            yield [one.flat(row) for one in self.fields]
