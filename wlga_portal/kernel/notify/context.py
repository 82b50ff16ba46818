"""The values of a message: kept as JSON in both languages, given back in the reader's."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.translation import override

from ..bilingual import LANGUAGES

DAY, MOMENT = "day", "moment"


def freeze(value: Any) -> Any:
    """Plain JSON; a text in two languages or a lazy translation becomes {"en", "cy"}. TypeError for what is neither."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Promise():
            return {language: in_language(language, lambda: str(value)) for language in LANGUAGES}
        case datetime.datetime():
            return {MOMENT: value.isoformat()}
        case datetime.date():
            return {DAY: value.isoformat()}
        case dict():
            return {str(key): freeze(part) for key, part in value.items()}
        case list() | tuple():
            return [freeze(part) for part in value]
    if hasattr(value, "en") and hasattr(value, "cy"):
        return {"en": str(value.en), "cy": str(value.cy)}
    raise TypeError(f"A message holds texts, numbers and days, not {type(value).__name__}: give what it says of it.")


def thaw(value: Any, language: str) -> Any:
    """The value as the reader of `language` gets it; a text missing in that language comes in the other."""
    if isinstance(value, list):
        return [thaw(part, language) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == set(LANGUAGES):
        return value[language] or value["en"] or value["cy"]
    if set(value) == {DAY}:
        return datetime.date.fromisoformat(value[DAY])
    if set(value) == {MOMENT}:
        return datetime.datetime.fromisoformat(value[MOMENT])
    return {key: thaw(part, language) for key, part in value.items()}


def in_language(language: str, make: Callable[[], str]) -> str:
    with override(language):
        return make()


def addresses(url: Any) -> dict[str, str]:
    """The path of a page in each language, from an object, a function that makes a path, or a path in one language."""
    if hasattr(url, "get_absolute_url"):
        return {language: in_language(language, url.get_absolute_url) for language in LANGUAGES}
    if callable(url):
        return {language: in_language(language, url) for language in LANGUAGES}
    path = str(url)
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/"):
        raise ValueError(f"A message leads to a page of the portal: {path!r} is not a path.")
    written_in = path[1:3] if path[1:3] in LANGUAGES else LANGUAGES[0]
    return {
        language: path if language == written_in else in_language(written_in, lambda: translate_url(path, language))  # noqa: B023  called at once
        for language in LANGUAGES
    }
