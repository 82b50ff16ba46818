"""Fields that read what people type: pounds, numbers with commas, limits in words, the one-time code."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


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
        found = re.fullmatch(r"(-?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?", typed, re.ASCII)
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, whole, part = found.groups(default="")
        pence = int(whole.replace(",", "")) * 100 + int(part.ljust(2, "0"))
        return -pence if sign else pence

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


class CodeField(forms.CharField):
    """A code that came by e-mail: the browser may fill it in, and a paste with spaces works."""

    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "class": "portal-code-field", "spellcheck": "false"}
    )

    def to_python(self, value: Any) -> Any:
        return re.sub(r"\s", "", value) if isinstance(value, str) else super().to_python(value)
