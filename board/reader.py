"""What a page of a paper holds for this reader: their notes, where they stopped, what changed since, the next paper."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from .device import person_key
from .models import Edition, Note, Paper, ReadMark
from .noting import body, noted
from .reading import Reading, Shown

NOBODYS = UUID(int=0)


def neighbours(user: Any, paper: Paper) -> tuple[Paper | None, Paper | None]:
    """The paper before and the paper after this one at its meeting, of those that this person may read."""
    if paper.meeting_id is None:
        return None, None
    names = ("number", "slug_en", "slug_cy", "title_en", "title_cy", "status", "edition_number")
    papers = list(
        Paper.objects.visible_to(user)
        .published()
        .with_said()
        .filter(meeting_id=paper.meeting_id)
        .order_by("number")
        .only(*names)
    )
    before = [one for one in papers if (one.number or 0) < (paper.number or 0)]
    after = [one for one in papers if (one.number or 0) > (paper.number or 0)]
    return (before[-1] if before else None), (after[0] if after else None)


def reader_context(request: Any, paper: Paper, edition: Edition | None, reading: Reading) -> dict[str, Any]:
    """The part of the page that is this reader's own; a visitor gets the text and the neighbours alone."""
    user = request.user
    before, after = neighbours(user, paper)
    known: dict[str, Any] = {"body": reading.bare, "paper_before": before, "paper_after": after}
    if edition is None or not user.is_authenticated:
        return known
    latest = edition.number == paper.edition_number
    notes = noted(Note.objects.of(user).filter(paper=paper).with_edition(), edition.data)
    mark = ReadMark.objects.of(user).filter(paper=paper).with_edition().first()
    return known | {
        "body": body(reading, paper, notes, tools=tools_of(paper) if latest else None),
        "notes_gone": [one for one in notes if one.gone],
        "notes_count": len(notes),
        "keeps": latest,
        "person_key": person_key(user),
        "mark": mark,
        "stopped": stopped_at(mark, reading),
        "since": since(mark, edition),
    }


def tools_of(paper: Paper) -> str:
    """The address of a note at a block, with a place for the block's own uid."""
    url = reverse("board:note_edit", kwargs={"slug": paper.slug, "uid": NOBODYS})
    return url.replace(str(NOBODYS), "@uid@")


def stopped_at(mark: ReadMark | None, reading: Reading) -> Shown | None:
    """The block at which this person stopped, where the edition still has it."""
    if mark is None or mark.uid is None:
        return None
    return next((block for block in reading.blocks if block.uid == str(mark.uid)), None)


def since(mark: ReadMark | None, edition: Edition) -> int | None:
    """The edition that this person read before this one, if it was another and still stands."""
    if mark is None:
        return None
    read = mark.edition.number if mark.edition.number != edition.number else mark.before
    if read is None or read >= edition.number:
        return None
    return read if Edition.objects.standing().filter(paper=edition.paper_id, number=read).exists() else None
