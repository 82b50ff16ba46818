"""Fields that read what people type: pounds, dates in three parts, times, numbers with commas, limits in words."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


def words_in(text: str) -> int:
    """The number of words, counted as the page counts them while somebody types: runs without white space."""
    return len(text.split())


@deconstructible
class WordLimit:
    """At most so many words. Raises ValidationError `words` with how many there are."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: object) -> None:
        count = words_in(str(value))
        if count > self.limit:
            message = ngettext(
                "Use %(limit)d word or fewer. There are %(count)d.",
                "Use %(limit)d words or fewer. There are %(count)d.",
                self.limit,
            )
            raise ValidationError(message, code="words", params={"limit": self.limit, "count": count})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordLimit) and other.limit == self.limit

    def __hash__(self) -> int:
        return hash(self.limit)


class TextArea(forms.Textarea):
    """A text of several lines; a line ends in one character, so that lengths agree with the page's count."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": "5", "cols": None, **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class WordsField(forms.CharField):
    """A text of several lines with a limit in words, counted while somebody types."""

    widget = TextArea

    def __init__(self, *, words: int, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(WordLimit(words))


class NumberInput(forms.TextInput):
    """A whole number, typed on a number pad where there is one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "class": "govuk-input--width-5", **(attrs or {})})


class NumberField(forms.IntegerField):
    """A whole number; commas and spaces between thousands are read."""

    widget = NumberInput

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = re.sub(r"(?<=\d)[,\s\u00a0](?=\d{3}(\D|$))", "", value.strip())
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class MoneyInput(forms.TextInput):
    """Pounds, after a £ sign."""

    prefix = "£"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "govuk-input--width-10", **(attrs or {})})


class MoneyField(forms.Field):
    """An amount typed in pounds ("1,000", "£12.50"), held in pence. `min_value` and `max_value` are in pence."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Enter an amount in pounds, like 1,000 or 12.50."),
        "min_value": _("The amount must be %(limit)s or more."),
        "max_value": _("The amount must be %(limit)s or less."),
    }

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = 10**13, **options: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        """Pence. Raises ValidationError `invalid` for what is not an amount of pounds and whole pence."""
        if value in self.empty_values:
            return None
        typed = re.sub(r"[\s\u00a0]", "", str(value)).removeprefix("£")
        if not re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?", typed, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return int(Decimal(typed.replace(",", "")) * 100)
        except InvalidOperation:  # more digits than any amount
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        for code, limit, wrong in (
            ("min_value", self.min_value, self.min_value is not None and value < self.min_value),
            ("max_value", self.max_value, self.max_value is not None and value > self.max_value),
        ):
            if wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": pounds(limit or 0)})

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: pounds for an amount in pence, or what was typed."""
        return pounds(value).removeprefix("£") if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


def pounds(pence: int) -> str:
    """£1,000 or £12.50: pence are written only where there are some."""
    whole, part = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{whole:,}.{part:02}" if part else f"{sign}£{whole:,}"


class Parts(NamedTuple):
    """A day (and a time) as typed."""

    day: str
    month: str
    year: str
    time: str = ""


class DayInput(forms.Widget):
    """Day, month and year in three fields: `<name>_day`, `<name>_month`, `<name>_year`. One value, 2026-11-23, is read too."""

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
        return self.aware(datetime.datetime.combine(self.day_of(value), self.time_of(value.time))) if any(value) else None

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


class CodeField(forms.CharField):
    """A code that came by e-mail: the browser may fill it in, and a paste with spaces works."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "portal-code-field", "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        return re.sub(r"\s", "", value) if isinstance(value, str) else super().to_python(value)
