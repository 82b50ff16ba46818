"""What the API sends, as types: from the columns of the data sets, so that the description and the answers agree."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, Optional

from pydantic import BaseModel, ConfigDict, Field, create_model

from wlga_portal.kernel.bilingual import Mark

from .columns import BOTH, LINKS, ROWS, Column
from .examples import example, example_of
from .sets import DataSet

PLAIN: dict[str, Any] = {
    "text": str,
    "day": date,
    "moment": datetime,
    "number": int | float,
    "pounds": float,
    "percent": float,
    "truth": bool,
    "list": list[str],
}


class Texts(BaseModel):
    """A text in both languages. `mark` says how far they agree: reviewed, not reviewed, or which side is behind."""

    en: str
    cy: str
    mark: Literal[tuple(Mark.values)]  # type: ignore[valid-type]  # the marks as the columns hold them

    model_config = ConfigDict(json_schema_extra={"example": {"en": "Cardiff", "cy": "Caerdydd", "mark": "reviewed"}})


class OneText(BaseModel):
    """A text in the language that was asked for with `lang`; in the other where it has no text there."""

    text: str
    lang: Literal["en", "cy"]

    model_config = ConfigDict(json_schema_extra={"example": {"text": "Caerdydd", "lang": "cy"}})


class Addresses(BaseModel):
    """The page in each language."""

    en: str
    cy: str

    model_config = ConfigDict(
        json_schema_extra={"example": {"en": "https://example.org/en/", "cy": "https://example.org/cy/"}}
    )


class Links(BaseModel):
    """The addresses of this page of a list, and of those around it; null where there is none."""

    self: str
    first: str
    previous: str | None
    next: str | None
    last: str

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "self": "https://example.org/api/v1/councils?page=1",
                "first": "https://example.org/api/v1/councils?page=1",
                "previous": None,
                "next": None,
                "last": "https://example.org/api/v1/councils?page=1",
            }
        }
    )


class Page(BaseModel):
    """One page of a list."""

    count: int = Field(description="How many rows there are in all.")
    page: int
    pages: int
    licence: str
    demonstration: bool = Field(description="Whether the rows are invented.")
    links: Links


class Sentence(BaseModel):
    """What is wrong, in a sentence of each language."""

    en: str
    cy: str

    model_config = ConfigDict(
        json_schema_extra={"example": {"en": "There is no such row.", "cy": "Nid oes rhes o’r fath."}}
    )


class Problem(BaseModel):
    """An answer that is not the data. `field` is the part of the address that is wrong, where one is."""

    status: int
    error: Sentence
    field: str | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "status": 404,
                "error": {"en": "There is no such row.", "cy": "Nid oes rhes o’r fath."},
                "field": None,
            }
        }
    )


class Entry(BaseModel):
    """A data set: its name, what it holds, and where it is."""

    name: str
    title: Sentence
    about: Sentence
    url: str
    csv: Addresses
    json_file: Addresses

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "councils",
                "title": {"en": "Councils", "cy": "Cynghorau"},
                "about": {"en": "The councils of Wales.", "cy": "Cynghorau Cymru."},
                "url": "https://example.org/api/v1/councils",
                "csv": {
                    "en": "https://example.org/en/data/councils.csv",
                    "cy": "https://example.org/cy/data/councils.csv",
                },
                "json_file": {
                    "en": "https://example.org/en/data/councils.json",
                    "cy": "https://example.org/cy/data/councils.json",
                },
            }
        }
    )


class Root(BaseModel):
    """What the API holds."""

    version: str
    licence: str
    sets: list[Entry]


def type_of(column: Column, prefix: str) -> Any:
    if column.kind == ROWS:
        name = prefix + "".join(word.title() for word in column.key.split("_"))
        return list[row_schema(name, column.columns, {one.key: example(one) for one in column.columns})]  # type: ignore[misc]  # a type made here
    if column.kind == BOTH:
        return Optional[Texts | OneText]  # noqa: UP045  of types made elsewhere
    if column.kind == LINKS:
        return Addresses | str
    if column.kind == "choice":
        return Optional[Literal[tuple(str(one) for one in column.labels)]]  # noqa: UP045  likewise
    return Optional[PLAIN[column.kind]]  # noqa: UP045  likewise


def row_schema(name: str, columns: Iterable[Column], shown: dict[str, Any]) -> type[BaseModel]:
    """The type of one row: every column is there, null where it is not published."""
    fields: dict[str, Any] = {
        column.key: (type_of(column, name), Field(description=str(column.help or column.label))) for column in columns
    }
    return create_model(name, __config__=ConfigDict(json_schema_extra={"example": shown}), **fields)


def schemas_of(data: DataSet) -> tuple[type[BaseModel], type[BaseModel]]:
    """The type of a row of a data set, and of a page of its list."""
    shown = example_of(data)
    row = row_schema(data.schema, data.columns, shown)
    rows: Any = list[row]  # type: ignore[valid-type]  # a type made above
    return row, create_model(f"{data.schema}Page", __base__=Page, results=(rows, ...))
