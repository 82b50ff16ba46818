"""Dates in three fields and times in a fourth, read as people in Wales write them in either language."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)


class Parts(NamedTuple):
    """A day (and a time) as typed."""

    day: str
    month: str
    year: str
    time: str = ""


class DayInput(forms.Widget):
    """Day, month and year in fields `<name>_day`, `<name>_month`, `<name>_year`. One value, 2026-11-23, is read too."""

    template_name = "components/day.html"
    use_fieldset = True
    part_names: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if any(f"{name}_{part}" in data for part in self.part_names):
            return Parts(*(str(data.get(f"{name}_{part}", "")).strip() for part in self.part_names))
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{part}" not in data for part in self.part_names)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["parts"] = value if isinstance(value, Parts) else Parts(str(value or ""), "", "")
        context["widget"]["names"] = self.part_names
        return context


class MomentInput(DayInput):
    """A day in three fields and a time in a fourth, `<name>_time`."""

    part_names = ("day", "month", "year", "time")


class DayField(forms.Field):
    """A date in three fields. The month is read as a number or as a name in either language.

    Raises ValidationError whose code is the part at fault (`day`, `month`, `year`), or `invalid`.
    """

    widget = DayInput
    default_error_messages = {
        "day": _("The date must include a day."),
        "month": _("The date must include a month."),
        "year": _("The year must have four digits."),
        "invalid": _("Enter a real date, like 27 3 2026."),
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        if isinstance(value, datetime.date) or value in self.empty_values:
            return value or None
        if isinstance(value, str):
            return self.from_text(value)
        return self.day_of(value) if any(value) else None

    def from_text(self, text: str) -> Any:
        try:
            return datetime.date.fromisoformat(text.strip())
        except ValueError:
            raise self.fault("invalid") from None

    def fault(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    def day_of(self, parts: Parts) -> datetime.date:
        for part in ("day", "month"):
            if not getattr(parts, part):
                raise self.fault(part)
        if not re.fullmatch(r"\d{4}", parts.year, re.ASCII):
            raise self.fault("year")
        try:
            return datetime.date(int(parts.year), month_number(parts.month), int(parts.day))
        except ValueError:
            raise self.fault("invalid") from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = self.to_python(value)
            except ValidationError:
                return value
        if isinstance(value, datetime.date):
            day = self.to_python(value)
            return Parts(str(day.day), str(day.month), str(day.year))
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(DayField):
    """A date and a time of the clock in Wales. Raises ValidationError `time` too."""

    widget = MomentInput
    default_error_messages = {
        "time": _("Enter a time, like 09:30 or 2:30pm."),
        "twice": _("The clocks change at that time. Choose another."),
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime) or value in self.empty_values:
            return value or None
        if isinstance(value, str):
            return self.from_text(value)
        if not any(value):
            return None
        return self.aware(datetime.datetime.combine(self.day_of(value), self.time_of(value.time)))

    def from_text(self, text: str) -> Any:
        try:
            moment = datetime.datetime.fromisoformat(text.strip())
        except ValueError:
            raise self.fault("invalid") from None
        return moment if timezone.is_aware(moment) else self.aware(moment)

    def aware(self, moment: datetime.datetime) -> datetime.datetime:
        made = moment.replace(tzinfo=timezone.get_current_timezone())
        # 01:30 comes twice in October and never in March
        if made.utcoffset() != made.replace(fold=1).utcoffset():
            raise self.fault("twice")
        return made

    def time_of(self, typed: str) -> datetime.time:
        found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|yb|yp|yh)?", typed.strip().lower(), re.ASCII)
        if not found or not (found[2] or found[3]):
            raise self.fault("time")
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            if not 1 <= hour <= 12:
                raise self.fault("time")
            hour = hour % 12 + (12 if found[3] in {"pm", "yp", "yh"} else 0)
        if hour > 23 or minute > 59:
            raise self.fault("time")
        return datetime.time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = self.to_python(value)
            except ValidationError:
                return value
        if isinstance(value, datetime.datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return Parts(str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")
        return value


def month_number(typed: str) -> int:
    """1 to 12, from a number or a name (or its first three letters) in either language. Raises ValueError."""
    if typed.isascii() and typed.isdigit():
        return int(typed)
    word = typed.strip().lower()
    for number, names in enumerate(MONTHS, start=1):
        if len(word) >= 3 and any(name.startswith(word) for name in names):
            return number
    raise ValueError(typed)
