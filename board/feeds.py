"""Atom feeds of the board: what is published, and meetings that are called, moved or cancelled; in one language.

A restricted item has nothing here: its papers are not public, and a feed knows no readers.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from projects.feeds import ENTRIES, Entry, atom, entry_id
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import Workflow

from .models import Board, Edition, Meeting, MeetingChange, Paper
from .wording import when_of, when_was


def of_editions(papers: Any) -> list[Entry]:
    """Each edition that the public may read, in its own words: those of its paper may be a correction under way."""
    editions = Edition.objects.readable(None).filter(paper__in=papers).select_related("paper")
    return [
        Entry(
            entry_id("edition", edition.pk),
            said(edition, "title"),
            settings.BASE_URL + edition.paper.get_absolute_url(),
            format_html(
                "<p>{}</p><p>{}</p>", _("Edition %(number)s") % {"number": edition.number}, said(edition, "summary")
            ),
            edition.published_at,
            (),
            (_("Papers"),),
        )
        for edition in editions.order_by("-published_at", "-pk")[:ENTRIES]
    ]


def said(edition: Edition, name: str) -> str:
    """A text of the edition, in the language of the page, or in the other where that one is empty."""
    return str(Text(**edition.data[name]))


def of_calls(meetings: Any) -> list[Entry]:
    """Meetings that were called: when and where."""
    rows = {meeting.pk: meeting for meeting in meetings}
    called = StatusChange.objects.filter(content_type__app_label="board", content_type__model="meeting", event="call")
    found = called.filter(object_id__in=rows).order_by("-at", "-pk")[:ENTRIES]
    return [meeting_entry("call", one.pk, rows[one.object_id], one.at, "") for one in found]


def of_changes(meetings: Any) -> list[Entry]:
    """Meetings that were moved or cancelled, with the reason."""
    changes = MeetingChange.objects.filter(meeting__in=meetings).select_related("meeting__board")
    return [
        meeting_entry(
            "change",
            one.pk,
            one.meeting,
            one.at,
            format_html("<p>{}: {}. {}</p>", one.get_kind_display(), when_was(one), one.reason),
        )
        for one in changes.order_by("-at", "-pk")[:ENTRIES]
    ]


def meeting_entry(kind: str, number: int, meeting: Meeting, at: datetime, more: str) -> Entry:
    now = Workflow.registry["meeting"].statuses(meeting.status).label
    return Entry(
        entry_id(f"meeting-{kind}", number),
        f"{meeting}: {now}",
        settings.BASE_URL + meeting.get_absolute_url(),
        format_html("<p>{}: {}</p>", meeting.board.name, when_of(meeting)) + more,
        at,
        (),
        (_("Meetings"),),
    )


def entries_of(boards: Iterable[Board]) -> list[Entry]:
    """The newest of these boards, as everybody may read it."""
    known = list(boards)
    papers = Paper.objects.visible_to(None).published().filter(board__in=known)
    meetings = Meeting.objects.visible_to(None).filter(board__in=known).select_related("board")
    entries = [*of_editions(papers), *of_calls(meetings), *of_changes(meetings)]
    return sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)[:ENTRIES]


def feed_of(request: HttpRequest, board: Board) -> HttpResponse:
    return atom(
        request,
        title=str(board.name),
        subtitle=_("Papers and meetings of the board."),
        page=board.get_absolute_url(),
        id=entry_id("board", board.pk),
        entries=entries_of([board]),
    )
