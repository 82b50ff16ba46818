"""Demonstration rows about people: a pair who may be one, targets, a file that was checked, and a request."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from wlga_portal.kernel.audit import audited

from .importing import check
from .models import (
    Ask,
    Double,
    Import,
    ImportSource,
    Kind,
    Learner,
    LearnerAddress,
    LearnerMembership,
    PrivacyRequest,
    Reason,
    Target,
)
from .states import PrivacyStatus
from .years import Year

COLUMNS = {
    "name": "Person",
    "email": "E-mail",
    "council": "Authority",
    "course": "Course attended",
    "day": "Given on",
    "attended": "Came",
}
FILE = """Person,E-mail,Authority,Course attended,Given on,Came
Mabli Gwrgant,mabli.gwrgant@example.org,Torfaen,Short and clear pages,03/09/2026,yes
Elin Rhosfor,elin.rhosfor@example.org,Powys,Short and clear pages,03/09/2026,yes
Guto Penllech,,Ceredigion,What makes a service good,04/09/2026,no
Steffan Ithel,s.ithel@example.org,Cardiff,What makes a service good,04/09/2026,yes
Lowri Maesgwyn,lowri.maesgwyn@example.org,Nowhere,Short and clear pages,03/09/2026,yes
"""
SOURCE = "Demonstration trainer"
OTHER_ADDRESS = "steffan@example.org"


def load_people(people: dict[str, Any], by: Any = None) -> None:
    """A second time adds nothing."""
    with audited(by=by, why="loaded with the demonstration"):
        load_targets()
        load_double()
        load_request()
    load_file(people["team"] if "team" in people else next(iter(people.values())))


def load_targets() -> None:
    for kind, value in ((Kind.OFFICERS, 12), (Kind.OPPORTUNITIES, 30)):
        Target.objects.get_or_create(
            plan_year=str(Year.current()),
            kind=kind,
            is_demo=True,
            defaults={
                "value": value,
                "source_en": "Invented for demonstration",
                "source_cy": "Dychmygol, er enghraifft",
            },
        )


def load_double() -> None:
    """Somebody who came before from another council, under a shorter name."""
    first = Learner.objects.of_address("steffan.ithel@example.org").first()
    if first is None or Learner.objects.of_address(OTHER_ADDRESS).exists():
        return
    other = Learner.objects.create(name="Steff Ithel", language="en", is_demo=True)
    LearnerAddress.objects.create(learner=other, email=OTHER_ADDRESS)
    council = first.memberships.get().organisation
    LearnerMembership.objects.create(learner=other, organisation=council, standing="staff")
    Double.objects.create(first=first, second=other, reason=Reason.NEAR)


def load_request() -> None:
    learner = Learner.objects.of_address("angharad.llywarch@example.org").first()
    if learner is not None and not learner.privacy_requests.exists():
        words = "I came to the whole session, not to a part of it."
        PrivacyRequest.objects.create(learner=learner, kind=Ask.CORRECTION, text=words, status=PrivacyStatus.ASKED)


def load_file(sender: Any) -> None:
    """A file that was checked and not put in: some of its rows are good, one is doubtful and one is wrong."""
    source, is_new = ImportSource.objects.get_or_create(
        name=SOURCE, is_demo=True, defaults={"columns": COLUMNS, "mode": "online", "language": "en"}
    )
    if not is_new:
        return
    content = FILE.encode()
    with audited(by=sender, why="loaded with the demonstration"):
        batch = Import(source=source, filename="september.csv", format="csv", asked_by=sender)
        batch.digest = hashlib.sha256(content).hexdigest()
        batch.file.save(batch.filename, ContentFile(content), save=False)
        batch.save()
        check(batch)
