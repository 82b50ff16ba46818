"""What of the fund can be found: published bids, awards and what was learned by everybody, a council's own bids by its
people, the statements of others by councils, what was sent by the fund manager."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role, roles_of
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.searching import Findable, Watch, findable, joined

from .alike import STATEMENT_STATUSES, public_answers
from .models import Answer, Award, AwardShare, Bid, Learning, Partner, Stage, StageKind, Submission
from .rules.merging import council_member
from .states import TAKING_PART


def in_language(text: str, language: str) -> Text:
    """A text in the one language in which it is written."""
    return Text(text if language == "en" else "", text if language == "cy" else "")


def councils_of(bid: Bid) -> tuple[int, ...]:
    """Its lead and the partners that are stated, from the prefetch."""
    partners = {
        one.organisation_id
        for one in bid.partners.all()
        if not (one.inferred or one.possible) and (bid.is_historic or one.status in TAKING_PART)
    }
    return tuple(sorted(partners | ({bid.lead_id} if bid.lead_id else set())))


def open_to(user: Any) -> QuerySet[Bid]:
    """The published bids of the past, and those of the person's councils as they stand."""
    seen = Bid.objects.visible_to(user)
    own = Bid.objects.of_councils(user)
    return seen.filter(is_historic=True) | seen.filter(pk__in=own.values("pk"))


@findable(
    "fund.bid",
    kind="bid",
    rows=lambda: Bid.objects.select_related("lead", "topic", "round").prefetch_related("partners", "answers"),
    visible=open_to,
    watch=[Watch(Bid), Watch(Answer, "bid_id"), Watch(Partner, "bid_id")],
)
def bid(row: Bid) -> Findable:
    """What is published of a bid of the past, in both languages; else the bid as it is written, in its own."""
    if row.is_historic:
        title = in_language(row.title, row.language) if row.title and row.language else row.label
        return Findable(
            Text(title.en or row.label.en, title.cy or row.label.cy),
            joined(row.label, row.problem, row.proposal, row.topic.name),
            row.get_absolute_url,
            councils=councils_of(row),
        )
    words = "\n".join([row.reference, *(one.text for one in row.answers.all() if one.text)])
    return Findable(
        in_language(row.title, row.language),
        in_language(words, row.language),
        row.get_absolute_url,
        day=timezone.localdate(row.started_at),
        councils=councils_of(row),
        for_all=False,
    )


def sent_to(user: Any) -> QuerySet[Submission]:
    """The last sending of each bid, for the fund manager; bids of the person's own councils are found as they stand."""
    if not roles_of(user).has(Role.FUND_MANAGER):
        return Submission.objects.none()
    seen = Submission.objects.visible_to(user).filter(bid__in=Bid.objects.visible_to(user), pk=F("bid__latest"))
    return seen.exclude(bid__in=Bid.objects.of_councils(user))


@findable(
    "fund.submission",
    kind="bid",
    rows=lambda: Submission.objects.select_related("bid__lead", "topic").prefetch_related("bid__partners"),
    visible=sent_to,
    watch=[Watch(Submission)],
)
def submission(row: Submission) -> Findable:
    words = [row.reference, *(one["text"] for one in row.snapshot.get("answers", []) if one.get("text"))]
    return Findable(
        in_language(row.title, row.language),
        in_language("\n".join(words), row.language),
        row.get_absolute_url,
        day=timezone.localdate(row.received_at),
        councils=councils_of(row.bid),
        for_all=False,
    )


def shown_to_councils(user: Any) -> QuerySet[Submission]:
    """The statements of other councils, for who works on bids for one, from the moment of `alike.statements_shown`.

    The fund manager finds each as it was sent.
    """
    if not council_member(user) or roles_of(user).has(Role.FUND_MANAGER):
        return Submission.objects.none()
    now = timezone.now()
    stages = Stage.objects.filter(round=OuterRef("round"))
    interest = stages.filter(kind=StageKind.INTEREST)
    over = stages.filter(kind=StageKind.STATEMENTS, closes_at__lt=now)
    opened = Exists(interest.filter(opens_at__lte=now)) | (~Exists(interest) & Exists(over))
    bids = Bid.objects.shown().filter(
        opened, is_historic=False, status__in=STATEMENT_STATUSES, round__published_at__isnull=False
    )
    others = bids.exclude(pk__in=Bid.objects.of_councils(user).values("pk"))
    return Submission.objects.filter(bid__in=others, pk=F("bid__latest"))


@findable(
    "fund.statement",
    kind="bid",
    rows=lambda: Submission.objects.select_related("bid__lead", "topic").prefetch_related("bid__partners"),
    visible=shown_to_councils,
    watch=[Watch(Submission)],
)
def statement(row: Submission) -> Findable:
    """In its public answers alone, which other councils read in place of the bid."""
    words = [str(row.bid.reference), *(one["text"] for one in public_answers(row) if one.get("text"))]
    return Findable(
        in_language(row.title, row.language),
        in_language("\n".join(words), row.language),
        lambda: reverse("fund:statement_page", kwargs={"slug": row.bid.slug}),
        day=timezone.localdate(row.received_at),
        councils=councils_of(row.bid),
        for_all=False,
    )


def accepted(_user: Any) -> QuerySet[Award]:
    """Those that have a page for everybody."""
    return Award.objects.shown().accepted()


@findable(
    "fund.award",
    kind="award",
    rows=lambda: Award.objects.accepted().with_shares(),
    visible=accepted,
    watch=[
        Watch(Award),
        Watch(AwardShare, "award_id"),
        Watch(Bid, query="SELECT id FROM fund_award WHERE bid_id = $1", only=("title", "language")),
    ],
)
def award(row: Award) -> Findable:
    """Under the title of its bid, with the names of who has a share in both languages."""
    bodies = [share.organisation for share in row.shares.all()]
    named = [text for body in bodies for text in (body.name.en, body.name.cy)]
    topic = row.bid.topic.name
    words = "\n".join([row.bid.reference, str(topic.en), str(topic.cy), *dict.fromkeys(named)])
    return Findable(
        in_language(row.bid.title, row.bid.language),
        in_language(words, row.bid.language),
        lambda: row.shown_url,
        day=row.awarded_on,
        councils=tuple(sorted({body.pk for body in bodies})),
    )


def published(_user: Any) -> QuerySet[Learning]:
    """What awards taught, once it is published."""
    return Learning.objects.published()


@findable(
    "fund.learning",
    kind="learning",
    rows=lambda: (
        Learning.objects.filter(published_on__isnull=False)
        .select_related("award__bid")
        .prefetch_related("award__shares")
    ),
    visible=published,
    watch=[Watch(Learning), Watch(AwardShare, "award_id", "SELECT id FROM fund_learning WHERE award_id = $1")],
)
def learning(row: Learning) -> Findable:
    return Findable(
        row.title,
        row.summary,
        lambda: row.award.shown_url,
        day=row.published_on,
        councils=tuple(sorted({share.organisation_id for share in row.award.shares.all()})),
    )
