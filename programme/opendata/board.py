"""The boards in public: who sits on them, when they met, what they read and what they decided."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from board.models import AgendaItem, Board, Edition, Meeting, Outcome, Seat
from board.models.boards import RoleKind
from board.models.meetings import MeetingKind
from board.models.papers import PaperKind
from board.models.purposes import Purpose
from board.states import MeetingStatus
from wlga_portal.kernel.bilingual import Text

from . import columns as make
from .sets import NOBODY, DataSet

AREA = _("Board")
ID = make.one("id", _("Name in addresses"), "text", lambda row: row.slug_en)
BOARD = make.one("board", _("Board"), "text", lambda row: row.board.slug_en)


def boards(demonstration: bool) -> "QuerySet[Board]":
    seats = Prefetch("seats", Seat.objects.with_people().order_by("position", "pk"))
    found = Board.objects.visible_to(NOBODY).filter(is_demo=demonstration)
    return found.prefetch_related(seats).order_by("name_key_en", "pk")


def meetings(demonstration: bool) -> "QuerySet[Meeting]":
    found = Meeting.objects.visible_to(NOBODY).filter(board__is_demo=demonstration)
    items = Prefetch("items", AgendaItem.objects.order_by("position"))
    return found.select_related("board").prefetch_related(items).order_by("date", "pk")


def papers(demonstration: bool) -> "QuerySet[Edition]":
    """The edition of each paper that its readers get."""
    found = Edition.objects.readable(NOBODY).current().filter(paper__board__is_demo=demonstration)
    return found.select_related("paper__board", "paper__meeting").order_by("published_at", "pk")


def decisions(demonstration: bool) -> "QuerySet[Outcome]":
    found = Outcome.objects.visible_to(NOBODY).filter(item__meeting__board__is_demo=demonstration)
    readable = Edition.objects.readable(NOBODY).filter(pk=OuterRef("edition"))
    return found.with_place().annotate(paper_shown=Exists(readable)).order_by("item__meeting__date", "pk")


def said(name: str) -> Any:
    """A text of the edition: what was published, whatever is being written since."""
    return lambda row: Text(**{side: row.data[name].get(side, "") for side in ("en", "cy")})


def dated(row: Edition) -> date | None:
    return row.paper.day


def bytes_of(row: Edition) -> str:
    """Where the very bytes are that the hash is of."""
    return settings.BASE_URL + reverse("board:edition_data", kwargs={"slug": row.paper.slug, "number": row.number})


def vote(name: str) -> Any:
    return lambda row: getattr(row.vote, name) if hasattr(row, "vote") else None


SEAT = (
    *make.one("person", _("Name"), "text", lambda row: row.person.name),
    *make.of(Seat, "role"),
    *make.one("kind", _("Kind of seat"), "choice", lambda row: row.role_kind, labels=dict(RoleKind.choices)),
    *make.one(
        "organisation", _("Council or body"), "text", lambda row: row.organisation.slug_en if row.organisation else None
    ),
    *make.of(Seat, "starts", "ends", "votes"),
    *make.one("inferred", _("Our reading, not stated by the source"), "truth", lambda row: row.inferred),
)
ITEM = (
    *make.of(AgendaItem, "position", "title", "kind", "restricted"),
    *make.both("reason", _("Reason for the restriction"), lambda row: row.reason if row.restricted else None),
)

SETS = (
    DataSet(
        "boards",
        "Board",
        AREA,
        _("Boards"),
        _("Each board with its remit and the people who sit on it, as its page names them."),
        (
            *ID,
            *make.of(Board, "name", "remit", "note", "first_meeting", "quorum"),
            *make.rows("seats", pgettext_lazy("data set", "Seats"), SEAT, lambda row: row.seats.all()),
            *make.addresses(make.page_of),
        ),
        boards,
        example={
            "id": "digital-programme-board",
            "name": ("Digital programme board", "Bwrdd y rhaglen ddigidol"),
        },
    ),
    DataSet(
        "meetings",
        "Meeting",
        AREA,
        _("Meetings"),
        _("When boards meet and met, with their agendas; of a restricted item its title and the reason, no more."),
        (
            *ID,
            *BOARD,
            *make.one("kind", _("Kind"), "choice", lambda row: row.kind, labels=dict(MeetingKind.choices)),
            *make.of(Meeting, "title", "date"),
            *make.one("starts_at", _("Starts at"), "text", lambda row: clock(row.starts_at)),
            *make.one("ends_at", _("Ends at"), "text", lambda row: clock(row.ends_at)),
            *make.of(Meeting, "place", "interpretation"),
            *make.one("status", _("Status"), "choice", lambda row: row.status, labels=dict(MeetingStatus.choices)),
            *make.rows("items", _("Agenda"), ITEM, lambda row: row.items.all()),
            *make.addresses(make.page_of),
        ),
        meetings,
        only={"board": "board__slug_en", "status": "status"},
        example={
            "id": "2022-10-28",
            "board": "digital-programme-board",
            "date": "2022-10-28",
            "starts_at": "10:00",
            "status": "held",
        },
    ),
    DataSet(
        "papers",
        "Paper",
        AREA,
        _("Papers"),
        _("Every published paper: its latest edition, with its hash and the address of its whole text as data."),
        (
            *make.one("id", _("Name in addresses"), "text", lambda row: row.paper.slug_en),
            *make.one("board", _("Board"), "text", lambda row: row.paper.board.slug_en),
            *make.one(
                "meeting", _("Meeting"), "text", lambda row: row.paper.meeting.slug_en if row.paper.meeting else None
            ),
            *make.one("kind", _("Kind"), "choice", lambda row: row.paper.kind, labels=dict(PaperKind.choices)),
            *make.both("title", _("Title"), said("title")),
            *make.both("summary", _("Summary"), said("summary")),
            *make.one(
                "purpose", _("Purpose"), "choice", lambda row: row.data["purpose"] or None, labels=dict(Purpose.choices)
            ),
            *make.one("day", _("Date of the paper"), "day", dated),
            *make.one("edition", pgettext_lazy("data set", "Edition"), "number", lambda row: row.number),
            *make.one("published_at", _("Published"), "moment", lambda row: row.published_at),
            *make.one("sha256", _("Hash (SHA-256)"), "text", lambda row: row.sha256),
            *make.one("data", _("Its whole text as data"), "text", bytes_of),
            *make.addresses(lambda row: row.paper.get_absolute_url()),
        ),
        papers,
        key="paper__slug_en",
        only={"board": "paper__board__slug_en", "meeting": "paper__meeting__slug_en", "kind": "paper__kind"},
        example={
            "id": "programme-update",
            "board": "digital-programme-board",
            "kind": "paper",
            "title": ("Programme update", "Diweddariad ar y rhaglen"),
            "edition": 1,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
    ),
    DataSet(
        "decisions",
        "Decision",
        AREA,
        _("Decisions"),
        _("What boards said to each recommendation, once the meeting’s public note is out."),
        (
            *make.one("id", _("Number"), "number", lambda row: row.pk),
            *make.one("board", _("Board"), "text", lambda row: row.item.meeting.board.slug_en),
            *make.one("meeting", _("Meeting"), "text", lambda row: row.item.meeting.slug_en),
            *make.one("date", _("Date"), "day", lambda row: row.item.meeting.date),
            *make.both("item", _("Item"), lambda row: row.item.title),
            *make.one("paper", _("Paper"), "text", lambda row: row.edition.paper.slug_en if row.paper_shown else None),
            *make.of(Outcome, "number"),
            *make.both("words", _("Decision"), lambda row: row.read),
            *make.of(Outcome, "result", "detail"),
            *make.one("for", pgettext_lazy("votes", "For"), "number", vote("in_favour")),
            *make.one("against", pgettext_lazy("votes", "Against"), "number", vote("against")),
            *make.one("abstained", pgettext_lazy("votes", "Abstained"), "number", vote("abstained")),
            *make.addresses(make.page_of),
        ),
        decisions,
        key="pk",
        only={"board": "item__meeting__board__slug_en", "meeting": "item__meeting__slug_en", "result": "result"},
        example={
            "id": 5,
            "board": "digital-programme-board",
            "meeting": "2022-10-28",
            "date": "2022-10-28",
            "words": ("That the board notes the update.", "Bod y bwrdd yn nodi’r diweddariad."),
            "number": 1,
            "result": "agreed",
        },
    ),
)


def clock(time: Any) -> str | None:
    return f"{time:%H:%M}" if time else None
