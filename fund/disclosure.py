"""Everything that is held on a bid, gathered into one file for whoever answers a request for information.

What was sent is in it: every submission, its files, the bid's timeline, more time, and every other row of the fund that
leads to the bid (`holdings`): costs, consents, clarifications, assessments, decisions, merges. A higher app adds its
own with `@holding`. What a council wrote and did not send is not: it is the council's own.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .holdings import gathered_rows, kept_back
from .models import Bid
from .timeline import timeline_of

Rows = Iterator[dict[str, Any]]
HOLDINGS: dict[str, Callable[[Bid], Rows]] = {}


def holding(name: str) -> Callable[[Callable[[Bid], Rows]], Callable[[Bid], Rows]]:
    """Register rows of plain data that are held on a bid; `name` is the name of their file."""

    def register(rows: Callable[[Bid], Rows]) -> Callable[[Bid], Rows]:
        HOLDINGS[name] = rows
        return rows

    return register


def gathered(bid: Bid) -> IO[bytes]:
    """A zip with a page that says what is in it, one JSON file for each kind of rows, and the files that were sent."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        kinds = {name: list(rows(bid)) for name, rows in HOLDINGS.items()} | dict(gathered_rows(bid))
        counts = {name: len(rows) for name, rows in kinds.items()}
        archive.writestr("README.txt", "\r\n".join(contents(bid, counts)))
        for name, rows in kinds.items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        for one in sent_files(bid):
            if one.is_open:
                with one.file.open("rb") as content:
                    archive.writestr(f"files/{one.pk}-{one.safe_name}", content.read())
    target.seek(0)
    return target


def contents(bid: Bid, counts: dict[str, int]) -> Iterator[str]:
    """The first page: what is here and how much, what is not, which answers the applicant holds to be confidential."""
    sent = bid.submissions.order_by("number").last()
    yield f"{bid.reference}: {sent.title if sent else ''}"
    yield _("Made on %(moment)s") % {"moment": timezone.localtime().strftime("%Y-%m-%d %H:%M")}
    yield ""
    yield _("Everything that is held on this bid as it was sent. What its council wrote and did not send is not in it.")
    yield ""
    yield from (f"- {name}.json: {count}" for name, count in counts.items())
    back = list(kept_back(bid))
    if back:
        yield ""
        yield _("These the portal holds for the councils of the bid. They are not in it: ask the councils.")
        yield from (f"- {name}: {count}" for name, count in back)
    yield ""
    marked = [one for one in sent.snapshot["answers"] if one.get("confidential")] if sent else []
    if marked:
        yield _("The applicant holds these answers to be confidential:")
        for one in marked:
            yield f"- {one['label_en']} / {one['label_cy']}: {one['confidential']}"
    else:
        yield _("The applicant marked no answer as confidential.")
    closed = [one for one in sent_files(bid) if not one.is_open]
    if closed:
        yield ""
        yield _("These files are closed and not in it: they were not checked, or something harmful was found in them.")
        for one in closed:
            yield f"- {one.name}"


def sent_files(bid: Bid) -> list[Any]:
    return list(bid.attachments.filter(submitted__isnull=False).distinct().order_by("pk"))


@holding("submissions")
def submissions(bid: Bid) -> Rows:
    for one in bid.submissions.order_by("number").select_related("by"):
        yield {"number": one.number, "received_at": one.received_at, "sha256": one.sha256, "snapshot": one.snapshot}


@holding("timeline")
def timeline(bid: Bid) -> Rows:
    for one in timeline_of(bid):
        who = str(one.by) if one.by else None
        about = str(one.about) if one.about else None
        yield {"at": one.at, "what": str(one.label), "who": who, "why": one.why, "about": about}


@holding("more-time")
def more_time(bid: Bid) -> Rows:
    for one in bid.extensions.all():
        yield {
            "stage": one.stage.kind,
            "was_closes_at": one.was_closes_at,
            "closes_at": one.closes_at,
            "reason_en": one.reason_en,
            "reason_cy": one.reason_cy,
            "given_at": one.at,
        }


@holding("files")
def files(bid: Bid) -> Rows:
    for one in sent_files(bid):
        yield {
            "id": one.pk,
            "name": one.name,
            "kind": one.kind,
            "size_bytes": one.size_bytes,
            "sha256": one.sha256,
            "scan": one.scan,
            "added_at": one.added_at,
        }
