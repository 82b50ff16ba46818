"""The example of each data set, as the description of the API shows it: what is given by hand, the rest by its kind."""

from typing import Any

from .columns import BOTH, LINKS, ROWS, Column
from .sets import DataSet

BY_KIND: dict[str, Any] = {
    "text": "text",
    "day": "2026-11-23",
    "moment": "2026-11-23T09:30:00+00:00",
    "number": 3,
    "pounds": 25000.0,
    "percent": 4.5,
    "truth": False,
    "list": ["2022-23"],
}
PAGES = {"en": "https://portal.example.org/en/page/", "cy": "https://portal.example.org/cy/tudalen/"}


def example_of(data: DataSet) -> dict[str, Any]:
    return {column.key: example(column, data.example.get(column.key, ...)) for column in data.columns}


def example(column: Column, given: Any = ...) -> Any:
    if given is None:
        return None
    if column.kind == LINKS:
        return dict(PAGES)
    if column.kind == BOTH:
        en, cy = given if given is not ... else ("Text in English", "Testun yn Gymraeg")
        return {"en": en, "cy": cy, "mark": "reviewed"}
    if column.kind == ROWS:
        return [{one.key: example(one) for one in column.columns}]
    if given is not ...:
        return given
    return next(iter(column.labels)) if column.kind == "choice" else BY_KIND[column.kind]
