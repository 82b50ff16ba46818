"""Booking a list: each person by themself, so that the good ones go in while the others are told why not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..models import Booking, Learner, Session
from .bookings import book_colleague
from .people import learner_for_colleague

ADDRESS = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")
MOST = 100  # lines at once


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one person of a list: a booking, or `why` not; `text` is the line as it was written."""

    who: str
    booking: Booking | None = None
    why: str = ""
    text: str = ""


def read(line: str) -> tuple[str, str]:
    """Name and address of `Mair Pugh <mair@…>`, `Mair Pugh, mair@…`, `mair@…`; '' for what is not there."""
    found = ADDRESS.search(line)
    if found is None:
        return line.strip(), ""
    around = f"{line[: found.start()]} {line[found.end() :]}"
    return " ".join(re.sub(r"[<>,;:\"()\t]", " ", around).split()), found.group().strip(".")


def book_list(
    *, session: Session, council: Organisation, learners: Iterable[Learner], text: str, language: str, by: Any
) -> list[Line]:
    """Book those who are chosen and those who are written, a line each. Raises NotAllowed for who may book none."""
    said = [booked(session, learner, council, by=by) for learner in learners]
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines[:MOST]:
        said.append(booked_by_line(session, council, line, language, by=by))
    said += [
        Line(line, why=_("A list holds %(most)d lines at most.") % {"most": MOST}, text=line) for line in lines[MOST:]
    ]
    return said


def booked(session: Session, learner: Learner, council: Organisation, *, text: str = "", by: Any) -> Line:
    try:
        booking = book_colleague(session=session, learner=learner, council=council, by=by)
    except Refused as refused:
        return Line(str(learner), why=str(refused), text=text)
    return Line(str(learner), booking)


def booked_by_line(session: Session, council: Organisation, line: str, language: str, *, by: Any) -> Line:
    """One written line; a person who could not be booked is not left behind as a learner."""
    name, email = read(line)
    why = wrong_with(session, council, name, email)
    if why:
        return Line(name or email, why=why, text=line)
    with transaction.atomic():
        learner = learner_for_colleague(name=name, email=email, language=language)
        said = booked(session, learner, council, text=line, by=by)
        transaction.set_rollback(said.booking is None)
    return said


def wrong_with(session: Session, council: Organisation, name: str, email: str) -> str:
    """Why a line cannot be booked, in a sentence; '' for a good one."""
    if not email:
        return _("There is no e-mail address in this line.")
    try:
        validate_email(email)
    except ValidationError:
        return _("This is not an e-mail address.")
    if not rules.address_of(council, email, session.course):
        return _("This is not an address of your council.")
    if not name and not rules.is_known(email):
        return _("This address is new here: write the name before it.")
    return ""
