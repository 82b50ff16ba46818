"""Similar bids as one person may see them: which they may know of at all, and of each only the passages that they may
read. A draft of another council is its title and lead, and only where that council allows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from wlga_portal.kernel.bilingual import page_language

from . import rules
from .likeness import near
from .models import Answer, Bid, Partner, Section, StageKind, Submission
from .rules.merging import council_member
from .similar import Statement
from .similar.passages import Passage, passages
from .similar.scoring import FOUND
from .states import SENT_STATUSES, BidStatus

STATEMENT_STATUSES = SENT_STATUSES - {BidStatus.WITHDRAWN}  # whose public answers other councils read
SHOWN_DRAFTS = (BidStatus.DRAFT, BidStatus.WITHDRAWN, BidStatus.SUBMITTED)


class Seen(IntEnum):
    """How much of a bid a person may see."""

    NOTHING = 0
    TITLE = 1  # title and lead council
    STATEMENT = 2  # the answers that the bid made public
    SENT = 3  # all that was sent
    PUBLIC = 4  # what is published of a bid of the past
    OWN = 5  # all that stands in it


def statements_shown(bid: Bid, at: datetime) -> bool:
    """Whether other councils may read the public answers: from the moment when interest opens, or when the statements
    close in a round without it."""
    interest = bid.round.stage(StageKind.INTEREST)
    if interest is not None:
        return at >= interest.opens_at
    written = bid.round.stage(StageKind.STATEMENTS)
    return written is not None and written.is_over(at)


def seen_by(user: Any, bid: Bid, *, own: Collection[int], at: datetime) -> Seen:
    """How much of this bid a person may see; `own` are the bids of their councils (ids)."""
    if bid.is_historic:
        return Seen.PUBLIC if bid.round.published_at else Seen.NOTHING
    if bid.pk in own:
        return Seen.OWN
    if bid.status == BidStatus.MERGED or not bid.round.published_at:
        return Seen.NOTHING
    if rules.fund_manage(user) and bid.status in SENT_STATUSES:
        return Seen.SENT
    if not council_member(user):
        return Seen.NOTHING
    if bid.status in STATEMENT_STATUSES and statements_shown(bid, at):
        return Seen.STATEMENT
    return Seen.TITLE if bid.draft_shown and bid.status in SHOWN_DRAFTS else Seen.NOTHING


@dataclass
class Alike:
    """A similar bid: how much of it is seen, and why it was found. `said` is what a page adds about the pair."""

    bid: Bid
    seen: Seen
    score: float
    why: list[Passage] = field(default_factory=list)
    said: Any = None

    @property
    def heading(self) -> str:
        """Of what was sent the title as it was sent; of others as it stands."""
        if self.seen in (Seen.SENT, Seen.STATEMENT) and self.bid.latest is not None:
            return self.bid.latest.title
        return self.bid.heading

    @property
    def heading_lang(self) -> str:
        if self.seen in (Seen.SENT, Seen.STATEMENT) and self.bid.latest is not None:
            return self.bid.latest.language
        return self.bid.heading_lang

    @property
    def is_closed(self) -> bool:
        """Whether nothing but the title and the lead council is shown of it."""
        return self.seen == Seen.TITLE

    @property
    def url(self) -> str:
        """Where this person may read it; '' where they may not."""
        if self.seen in (Seen.PUBLIC, Seen.OWN):
            return self.bid.get_absolute_url()
        if self.seen == Seen.SENT and self.bid.latest is not None:
            return reverse("fund:submission_page", kwargs={"slug": self.bid.slug, "number": self.bid.latest.number})
        return reverse("fund:statement_page", kwargs={"slug": self.bid.slug}) if self.seen == Seen.STATEMENT else ""


def readable(user: Any, ids: Iterable[int], at: datetime | None = None) -> dict[int, tuple[Bid, Seen]]:
    """Of these bids those that a person may know of, and how much of each. Five queries, however many."""
    at, ids = at or timezone.now(), list(ids)
    own = set(Bid.objects.of_councils(user).filter(pk__in=ids).values_list("pk", flat=True))
    related = ("round", "lead", "topic", "latest")
    partners = Prefetch("partners", Partner.objects.select_related("organisation"))
    bids = Bid.objects.shown().filter(pk__in=ids).select_related(*related).defer("latest__snapshot")
    found = {}
    for bid in bids.prefetch_related("round__stages", partners):
        seen = seen_by(user, bid, own=own, at=at)
        if seen:
            found[bid.pk] = (bid, seen)
    return found


def alike(user: Any, asked: Statement, *, without: Collection[int] = (), most: int = FOUND) -> list[Alike]:
    """The bids and awards of all rounds that are about the same problem, as this person may see them: the nearest
    first, five at most."""
    scores = dict(near(asked, without=without))
    ranked, found = sorted(scores, key=lambda pk: -scores[pk]), list[Alike]()
    for some in (ranked[: 2 * most], ranked[2 * most :]):  # the rest only where too few of the nearest may be seen
        if some and len(found) < most:
            known = readable(user, some)
            found += [Alike(*known[pk], scores[pk]) for pk in some if pk in known and not went_on(known[pk][0])]
    found = found[:most]
    texts = read_texts(found)
    for one in found:
        language, text = texts.get(one.bid.pk, ("", ""))
        if text:
            one.why = passages(asked.whole, asked.language, text, language)
    return found


def went_on(bid: Bid) -> bool:
    """Whether it is merged: the one bid is shown in its place."""
    return bid.status == BidStatus.MERGED


def read_texts(found: Iterable[Alike]) -> dict[int, tuple[str, str]]:
    """What may be read of each: its language and text, from what that person may see and nothing else. Two queries."""
    texts: dict[int, tuple[str, str]] = {}
    sent: dict[int, Alike] = {}
    own: list[int] = []
    for one in found:
        bid = one.bid
        if one.seen == Seen.PUBLIC:
            side = page_language() if getattr(bid, f"problem_{page_language()}") else bid.problem.lang
            texts[bid.pk] = (side, "\n".join((getattr(bid, f"problem_{side}"), getattr(bid, f"proposal_{side}"))))
        elif one.seen == Seen.OWN:
            own.append(bid.pk)
            texts[bid.pk] = (bid.language, "")
        elif one.seen in (Seen.SENT, Seen.STATEMENT) and bid.latest_id:
            sent[bid.latest_id] = one
    for answer in Answer.objects.filter(bid__in=own, question__section=Section.PROBLEM).order_by("question__order"):
        language, text = texts[answer.bid_id]
        texts[answer.bid_id] = (language, f"{text}\n{answer.text}".strip())
    for submission in Submission.objects.filter(pk__in=sent).only("bid_id", "language", "snapshot"):
        one = sent[submission.pk]
        whole = one.seen == Seen.SENT
        public = public_answers(submission)
        told = [
            answer["text"]
            for answer in submission.snapshot.get("answers", ())
            if answer in public or (whole and answer.get("section") == Section.PROBLEM)
        ]
        texts[submission.bid_id] = (submission.language, "\n".join(told))
    return texts


def public_answers(submission: Submission) -> list[dict[str, Any]]:
    """The answers that other councils may read: those that the bid made public, but what it marked as confidential."""
    answers = submission.snapshot.get("answers", ())
    return [answer for answer in answers if answer.get("public") and not answer.get("confidential")]
