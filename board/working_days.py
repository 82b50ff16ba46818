"""Working days in Wales: Monday to Friday without the bank holidays (the library `holidays`)."""

from datetime import date
from functools import cache

import holidays


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those of Wales, with the substitute days."""
    return frozenset(holidays.country_holidays("GB", subdiv="WLS", years=year))


def is_bank_holiday(day: date) -> bool:
    return day in bank_holidays(day.year)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and not is_bank_holiday(day)
