"""What the check of a file says of a row, or of the whole file, in the page's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[str, Any] = {
    # of the whole file
    "not_a_table": _("The file is neither CSV nor XLSX."),
    "too_large": _("The file is too large: 10 MB at most."),
    "no_rows": _("The file has no rows."),
    "too_many_rows": _("The file has too many rows: 50,000 at most."),
    "no_file": _("The file is no longer kept."),
    "used_since": _(
        "Something that this file brought is used by now, for a certificate perhaps. The rest of it stays."
    ),
    # of one row
    "no_name": _("The name is missing."),
    "no_council": _("The council is missing."),
    "no_course": _("The course is missing."),
    "no_day": _("The day is missing."),
    "unknown_council": _("No council or body is called “%(text)s”."),
    "unknown_course": _("No course is called “%(text)s”."),
    "bad_day": _("“%(text)s” is not a day. Write it like 31/03/2026."),
    "future_day": _("The day %(text)s is still to come."),
    "bad_time": _("“%(text)s” is not a time. Write it like 09:30."),
    "bad_email": _("“%(text)s” is not an e-mail address."),
    "bad_percent": _("“%(text)s” is not a part from 0 to 100."),
    "unknown_standing": _("“%(text)s” is neither staff, councillor nor partner."),
    "unknown_attended": _("“%(text)s” does not say whether the person came. Write yes or no."),
    "unknown_mode": _("“%(text)s” is neither online nor in person."),
    "unknown_language": _("“%(text)s” is not a language of a session."),
    "no_mode": _("Neither the file nor its source says whether the session was online or in person."),
    "no_place": _("The session was in person: the place is missing."),
    "no_language": _("Neither the file nor its source says in which language the session was."),
    "several_sessions": _("The course has several sessions on %(text)s."),
    "register_not_started": _("The register of the session on %(text)s is not started."),
    "register_closed": _("The register of this session is closed, and this person is not in it."),
    "closed_differs": _("The register of this session is closed and says something else. Correct it there."),
    "still_waiting": _("This person has no place in the session yet."),
    "other_world": _("The address %(text)s belongs to the demonstration, or the file does and the address does not."),
    "same_name": _("Somebody of this name is known in this council. The pair waits for a review."),
    "other_name": _("The address is known with another name than “%(text)s”."),
    "twice": _("The same person stands in the file twice for this session."),
    "marks": _("This person stands in the register: the row marks them."),
}


def problem(code: str, text: str = "") -> str:
    """One sentence."""
    return str(PROBLEMS[code]) % {"text": text}


def problems(pairs: Sequence[Sequence[str]]) -> list[str]:
    """Each problem of a row as a sentence."""
    return [problem(code, text) for code, text in pairs]
