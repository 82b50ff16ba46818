"""Plan years: from 1 April to 31 March, by the clock in Wales."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

FIRST_MONTH = 4


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """The plan year that begins on 1 April of `first`."""

    first: int

    @classmethod
    def of(cls, day: date) -> "Year":
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def current(cls) -> "Year":
        return cls.of(timezone.localdate())

    @classmethod
    def read(cls, text: str) -> "Year | None":
        """From `2021-22`; None where it is not a year of two following numbers."""
        found = re.fullmatch(r"(20\d\d)-(\d\d)", text, re.ASCII)
        return cls(int(found[1])) if found and (int(found[1]) + 1) % 100 == int(found[2]) else None

    @property
    def starts(self) -> datetime:
        return datetime(self.first, FIRST_MONTH, 1, tzinfo=timezone.get_default_timezone())

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return Year(self.first + 1).starts

    def __str__(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02}"
