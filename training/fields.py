"""What a file of attendance may say of one row, and how each text is read.

Required: name, council, course and day. Where no column says whether somebody came, everybody in the file did.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import pgettext_lazy

from .models import Mode, SessionLanguage, Standing
from .states import BookingStatus

FIELDS = {
    "name": pgettext_lazy("column of a file", "Name"),
    "email": pgettext_lazy("column of a file", "E-mail address"),
    "council": pgettext_lazy("column of a file", "Council"),
    "course": pgettext_lazy("column of a file", "Course"),
    "day": pgettext_lazy("column of a file", "Day of the session"),
    "time": pgettext_lazy("column of a file", "Time at which it began"),
    "standing": pgettext_lazy("column of a file", "Staff, councillor or partner"),
    "attended": pgettext_lazy("column of a file", "Whether the person came"),
    "percent": pgettext_lazy("column of a file", "Part attended, in percent"),
    "mode": pgettext_lazy("column of a file", "In person or online"),
    "place": pgettext_lazy("column of a file", "Place"),
    "language": pgettext_lazy("column of a file", "Language of the session"),
}
REQUIRED = ("name", "council", "course", "day")
GUESSES = {
    "name": {"name", "full name", "learner", "enw", "enw llawn", "dysgwr"},
    "email": {"email", "e-mail", "email address", "e-mail address", "e-bost", "ebost", "cyfeiriad e-bost"},
    "council": {"council", "organisation", "authority", "local authority", "cyngor", "sefydliad", "awdurdod"},
    "course": {"course", "course title", "cwrs", "teitl y cwrs"},
    "day": {"date", "day", "session date", "dyddiad", "diwrnod", "dyddiad y sesiwn"},
    "time": {"time", "start", "start time", "amser", "dechrau"},
    "standing": {"role", "standing", "type", "rôl", "statws"},
    "attended": {"attended", "attendance", "present", "came", "presennol", "presenoldeb", "yn bresennol"},
    "percent": {"percent", "part attended", "canran"},
    "mode": {"mode", "in person or online", "wyneb yn wyneb neu ar-lein"},
    "place": {"place", "venue", "lle", "lleoliad"},
    "language": {"language", "iaith"},
}
YES = {"yes", "y", "true", "1", "x", "attended", "present", "came", "ie", "do", "oedd", "presennol", "mynychodd", "✓"}
NO = {"no", "n", "false", "0", "absent", "did not attend", "dna", "na", "naddo", "nac oedd", "absennol"}
STANDINGS = {
    Standing.STAFF: {"", "staff", "officer", "council staff", "council officer", "swyddog", "staff y cyngor"},
    Standing.MEMBER: {"member", "councillor", "elected member", "cllr", "cynghorydd", "aelod", "aelod etholedig"},
    Standing.PARTNER: {"partner", "partner staff", "partner body", "corff partner", "staff partner"},
}
MODES = {
    Mode.ONLINE: {"online", "remote", "virtual", "teams", "zoom", "ar-lein", "arlein"},
    Mode.IN_PERSON: {"in person", "in-person", "face to face", "classroom", "wyneb yn wyneb"},
}
LANGUAGES = {
    SessionLanguage.ENGLISH: {"english", "en", "saesneg"},
    SessionLanguage.WELSH: {"welsh", "cy", "cymraeg"},
    SessionLanguage.BOTH: {"both", "bilingual", "welsh and english", "dwyieithog", "cymraeg a saesneg"},
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
TIMES = ("%H:%M:%S", "%H:%M", "%H.%M")
NO_TIME = time(9)  # where a file does not say when a session began


class Wrong(Exception):
    """A text that cannot be read: the code of what is wrong, and the text."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(code)
        self.code, self.text = code, text


def guess(headings: list[str]) -> dict[str, str]:
    """The heading that each field probably has."""
    return {
        field: heading
        for field, names in GUESSES.items()
        for heading in headings
        if " ".join(heading.lower().split()) in names
    }


def one_of(choices: dict[Any, set[str]], code: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        plain = " ".join(text.lower().split())
        for value, words in choices.items():
            if plain == str(value) or plain in words:
                return value
        raise Wrong(code, text)

    return read


def read_day(text: str) -> date:
    day = text.split("T")[0].split(" ")[0] if re.match(r"\d{4}-\d\d-\d\d", text) else text
    for form in DAYS:
        try:
            return datetime.strptime(day, form).date()
        except ValueError:
            continue
    raise Wrong("bad_day", text)


def read_time(text: str) -> time:
    for form in TIMES:
        try:
            return datetime.strptime(text, form).time()
        except ValueError:
            continue
    raise Wrong("bad_time", text)


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Wrong("bad_email", text) from None
    return text.lower()


def read_percent(text: str) -> int:
    number = text.removesuffix("%").strip()
    if not number.isascii() or not number.isdigit() or not 0 <= int(number) <= 100:
        raise Wrong("bad_percent", text)
    return int(number)


READERS: dict[str, Callable[[str], Any]] = {
    "email": read_email,
    "day": read_day,
    "time": read_time,
    "standing": one_of(STANDINGS, "unknown_standing"),
    "attended": one_of({BookingStatus.ATTENDED: YES, BookingStatus.ABSENT: NO}, "unknown_attended"),
    "percent": read_percent,
    "mode": one_of(MODES, "unknown_mode"),
    "language": one_of(LANGUAGES, "unknown_language"),
}
