"""The count of words or characters under a long text: the script's sentences, in the page's language."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .fields import WordLimit

# the numbers that stand for the script's plural forms in each language
PLURALS = {"en": {"one": 1, "other": 5}, "cy": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 10}}
COUNTED_FROM = 120  # shorter texts are not worth a count


def limit_of(bound: forms.BoundField) -> tuple[str, int] | None:
    """("words", 200) or ("characters", 500) for a text of several lines with a limit, else None."""
    if not isinstance(bound.field.widget, forms.Textarea):
        return None
    for validator in bound.field.validators:
        if isinstance(validator, WordLimit):
            return "words", validator.limit
    length = getattr(bound.field, "max_length", None)
    return ("characters", length) if length and length >= COUNTED_FROM else None


def count_attributes(bound: forms.BoundField) -> dict[str, Any]:
    """The data attributes of a counted field's group; {} where nothing is counted."""
    limit = limit_of(bound)
    if limit is None:
        return {}
    unit, number = limit
    given = {"data-module": "govuk-character-count", "data-maxlength": str(number)}
    if unit == "words":
        given["data-count-type"] = "words"
    if (get_language() or "en").startswith("cy"):
        given |= texts(unit, number, "cy")
    return given


def texts(unit: str, limit: int, language: str) -> dict[str, str]:
    """The script's sentences: below the limit, at it, over it."""
    left: Callable[[int], str]
    over: Callable[[int], str]
    if unit == "words":
        left, over = words_left, words_over
        at_limit = _("You have 0 words remaining")
    else:
        left, over = characters_left, characters_over
        at_limit = _("You have 0 characters remaining")
    sentences = {f"data-i18n.{unit}-at-limit": at_limit}
    for form, number in PLURALS[language].items():
        sentences[f"data-i18n.{unit}-under-limit.{form}"] = left(number)
        sentences[f"data-i18n.{unit}-over-limit.{form}"] = over(number)
    return sentences


def words_left(number: int) -> str:
    return ngettext("You have %%{count} word remaining", "You have %%{count} words remaining", number) % {}


def words_over(number: int) -> str:
    return ngettext("You have %%{count} word too many", "You have %%{count} words too many", number) % {}


def characters_left(number: int) -> str:
    return ngettext("You have %%{count} character remaining", "You have %%{count} characters remaining", number) % {}


def characters_over(number: int) -> str:
    return ngettext("You have %%{count} character too many", "You have %%{count} characters too many", number) % {}


def count_message(name: str, attributes: dict[str, Any]) -> SafeString | str:
    """The limit in words, for those without script; the script puts its count in its place."""
    if not attributes:
        return ""
    number = int(attributes["data-maxlength"])
    text = (
        ngettext("You can enter up to %(count)d word", "You can enter up to %(count)d words", number)
        if "data-count-type" in attributes
        else ngettext("You can enter up to %(count)d character", "You can enter up to %(count)d characters", number)
    )
    return format_html(
        '<div id="{}-info" class="govuk-hint govuk-character-count__message">{}</div>', name, text % {"count": number}
    )
