"""The papers of a meeting as one person finds them: read, half read, new, late, changed since."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wlga_portal.kernel.components import tag

from .models import Edition, Meeting, Note, Paper, ReadMark


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper with its latest edition, and what this person has done with it."""

    paper: Paper
    edition: Edition
    mark: ReadMark | None
    notes: int
    new: bool
    late: Any

    @property
    def restricted(self) -> bool:
        return self.paper.agenda_item is not None and self.paper.agenda_item.restricted

    @property
    def tags(self) -> list[SafeString]:
        """What is to be known before it is opened."""
        found = []
        if self.restricted:
            found.append(tag(_("Restricted"), "red"))
        if self.late:
            found.append(tag(_("Late paper"), "orange"))
        if self.new:
            found.append(tag(_("New since you last read"), "green"))
        if self.changed_since:
            found.append(tag(_("Changed since you read it"), "yellow"))
        return found

    @property
    def changed_since(self) -> int | None:
        """The edition that this person read, where a newer one has come."""
        if self.mark and self.mark.edition.number < self.edition.number:
            return self.mark.edition.number
        return None


def papers_listed(user: Any, meeting: Meeting) -> list[Listed]:
    """The papers that this person may read, in their order. What is new came after they last read here."""
    editions = Edition.objects.readable(user).current().filter(paper__meeting=meeting).defer("content")
    known = list(editions.select_related("paper__agenda_item", "paper__lateness").order_by("paper__number", "paper_id"))
    ids = [one.paper_id for one in known]
    marks = {mark.paper_id: mark for mark in ReadMark.objects.of(user).filter(paper__in=ids).with_edition()}
    notes: dict[int, int] = {}
    for paper in Note.objects.of(user).filter(paper__in=ids).values_list("paper", flat=True):
        notes[paper] = notes.get(paper, 0) + 1
    last = max((mark.at for mark in marks.values()), default=None)
    return [
        Listed(
            one.paper,
            one,
            marks.get(one.paper_id),
            notes.get(one.paper_id, 0),
            last is not None and one.paper_id not in marks and one.published_at > last,
            lateness_of(one),
        )
        for one in known
    ]


def lateness_of(edition: Edition) -> Any:
    """Why the paper came late, where its first edition did; None otherwise."""
    late = getattr(edition.paper, "lateness", None)
    return late if late and edition.paper.day and edition.paper.day > late.due else None
