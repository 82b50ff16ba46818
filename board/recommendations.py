"""The recommendations that papers put to the board, as their latest editions say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wlga_portal.kernel.bilingual import Text

from .markup import block_html
from .models import BlockKind, Edition, Paper, Purpose, Result


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation of an edition. `as_recommended`: the outcome if the board does what is asked."""

    paper: Paper
    edition: Edition
    uid: str
    number: int
    anchor: str
    words: Text

    @property
    def as_recommended(self) -> str:
        noted = self.edition.data["purpose"] == Purpose.INFORMATION
        return Result.NOTED if noted else Result.AGREED

    def get_absolute_url(self) -> str:
        """The page that follows it from the paper to its result."""
        return reverse("board:recommendation_page", kwargs={"slug": self.paper.slug, "uid": self.uid})

    @property
    def html(self) -> Any:
        """Its words as they read in the paper."""
        return block_html(str(self.words))

    @property
    def place_url(self) -> str:
        """Its place in the paper."""
        return f"{self.paper.get_absolute_url()}#{self.anchor}"


def latest_editions(papers: Iterable[Paper]) -> list[Edition]:
    """The latest edition of each paper that has one, in the order of the papers. One query."""
    by_id = {paper.pk: paper for paper in papers}
    found: dict[int, Edition] = {}
    for edition in Edition.objects.standing().current().filter(paper__in=by_id) if by_id else ():
        edition.paper = by_id[edition.paper_id]
        found[edition.paper_id] = edition
    return [found[pk] for pk in by_id if pk in found]


def recommendations_in(edition: Edition) -> list[Recommendation]:
    return [
        Recommendation(edition.paper, edition, block["uid"], block["number"], block["anchor"], text_of(block))
        for block in edition.data["blocks"]
        if block["kind"] == BlockKind.RECOMMENDATION
    ]


def recommendations_of(papers: Iterable[Paper]) -> list[Recommendation]:
    """Those of the latest editions of these papers. One query."""
    return [one for edition in latest_editions(papers) for one in recommendations_in(edition)]


def text_of(block: dict[str, Any]) -> Text:
    return Text(block["text"]["en"], block["text"]["cy"])
