"""What somebody keeps on their device for reading with no connection: what may be kept, for whom, and how long."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from wlga_portal.kernel.bilingual import LANGUAGES

from .models import Meeting, Note, Seat
from .packs import contents_for
from .querysets.papers import substituted_by
from .reading_list import Listed, papers_listed

# The longest that copies stay without any contact with the portal. Said on the page, and in docs/board.md.
KEPT_WITHOUT_CONTACT = timedelta(days=183)


def person_key(user: Any) -> str:
    """Tells one person's copies on a device from another's, and says nothing about them."""
    return salted_hmac("board.device", str(user.pk), algorithm="sha256").hexdigest()[:24]


def kept_until(user: Any, meeting: Meeting) -> date:
    """The last day of the copies: of the last term on this board, half a year after the last contact; for whoever comes
    as a substitute the day of the meeting."""
    longest = timezone.localdate() + KEPT_WITHOUT_CONTACT
    if substituted_by(user).filter(meeting=meeting).exists():
        return meeting.date
    ends = list(Seat.objects.held_by(user).filter(board=meeting.board_id).values_list("ends", flat=True))
    return min([longest, max(day for day in ends if day)]) if ends and None not in ends else longest


def pages_kept(user: Any, meeting: Meeting, *, restricted: bool) -> Iterator[dict[str, str]]:
    """Each page that belongs on the device, in both languages. `key` changes with what the page says; `sha256`: of the
    edition on it, so that a withdrawn one can be told without signing in. Restricted papers only where they were asked.
    """
    papers = papers_listed(user, meeting)
    stamps = note_stamps(user, papers)
    agenda = contents_for(user, meeting).key("", large=False)
    papers = [one for one in papers if restricted or not one.restricted]
    keys = {one.paper.pk: stamp(one.edition.sha256, stamps.get(one.paper.pk, ""), one.changed_since) for one in papers}
    whole = stamp(agenda, meeting.status, *keys.values())
    for language in LANGUAGES:
        with override(language):
            for name in ("meeting_page", "pack_page"):
                yield {"url": reverse(f"board:{name}", kwargs={"slug": meeting.slug}), "key": whole, "sha256": ""}
            yield {"url": reverse("board:note_list"), "key": stamp(*stamps.values()), "sha256": ""}
            for one in papers:
                key = keys[one.paper.pk]
                yield {"url": one.paper.get_absolute_url(), "key": key, "sha256": one.edition.sha256}


def note_stamps(user: Any, papers: list[Listed]) -> dict[int, str]:
    """What changes with a person's notes, by paper."""
    mine = Note.objects.of(user).filter(paper__in=[one.paper.pk for one in papers])
    counted = mine.values("paper").annotate(notes=Count("pk"), last=Max("updated_at"))
    return {row["paper"]: f"{row['notes']} {row['last'].isoformat()}" for row in counted}


def stamp(*facts: object) -> str:
    return hashlib.sha256(json.dumps([str(fact) for fact in facts]).encode()).hexdigest()[:24]
