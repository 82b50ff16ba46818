"""Rounds with a form, bids in every state, and the facts with their bodies."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import factory
import yaml
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from fund.models import (
    Answer,
    Attachment,
    Bid,
    Confidentiality,
    CostCategory,
    Criterion,
    Enquiry,
    Extension,
    Fund,
    Partner,
    Question,
    RequiredAttachment,
    Round,
    Section,
    Stage,
    StageKind,
    StatedProcess,
    Submission,
    SubmittedFile,
    Topic,
)
from fund.models.submissions import digest
from organisations.models import Organisation

from .people import BodyFactory, CouncilFactory, person

FACTS = Path(__file__).resolve().parents[2] / "programme/facts"


def facts_with_bodies() -> dict[str, Any]:
    """The facts of the fund, and an organisation for every slug that they name."""
    facts = {"fund": yaml.safe_load((FACTS / "fund.yaml").read_text("utf-8"))}
    for bid in facts["fund"]["bids"]:
        for slug in bid["councils"]:
            if not Organisation.objects.filter(slug_en=slug).exists():
                CouncilFactory(slug_en=slug, slug_cy=f"{slug}-cy", name_en=slug.title(), name_cy=f"{slug.title()} (cy)")
        for slug in [*bid["other_partners"], *bid["possible_partners"]]:
            BodyFactory(slug_en=slug, slug_cy=f"{slug}-cy", name_en=slug.title(), name_cy=f"{slug.title()} (cy)")
    return facts


class FundFactory(DjangoModelFactory[Fund]):
    class Meta:
        model = Fund
        django_get_or_create = ("slug_en",)

    slug_en = "a-fund"
    slug_cy = "cronfa"
    name_en = "A fund"
    name_cy = "Cronfa"
    created_year = 2018


class RoundFactory(DjangoModelFactory[Round]):
    """A published round without stages; `open_round` gives one in which councils can write."""

    class Meta:
        model = Round

    fund = factory.SubFactory(FundFactory)
    slug_en = factory.Sequence(lambda n: f"round-{n}")
    slug_cy = factory.Sequence(lambda n: f"rownd-{n}")
    year = "2026-27"
    name_en = factory.Sequence(lambda n: f"Round {n}")
    name_cy = factory.Sequence(lambda n: f"Rownd {n}")
    budget_pence = 50_000_000
    reference_stem = factory.Sequence(lambda n: f"R{n}")
    published_at = factory.LazyFunction(timezone.now)


class StageFactory(DjangoModelFactory[Stage]):
    class Meta:
        model = Stage

    round = factory.SubFactory(RoundFactory)
    kind = StageKind.STATEMENTS
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class TopicFactory(DjangoModelFactory[Topic]):
    class Meta:
        model = Topic

    round = factory.SubFactory(RoundFactory)
    slug_en = factory.Sequence(lambda n: f"topic-{n}")
    slug_cy = factory.Sequence(lambda n: f"pwnc-{n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")
    name_cy = factory.Sequence(lambda n: f"Pwnc {n}")


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"question-{n}")
    section = Section.PROBLEM
    order = factory.Sequence(int)
    label_en = factory.Sequence(lambda n: f"Question {n}?")
    label_cy = factory.Sequence(lambda n: f"Cwestiwn {n}?")
    word_limit = 20


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"criterion-{n}")
    order = factory.Sequence(int)
    weight = 50
    name_en = factory.Sequence(lambda n: f"Criterion {n}")
    name_cy = factory.Sequence(lambda n: f"Maen prawf {n}")


class CostCategoryFactory(DjangoModelFactory[CostCategory]):
    class Meta:
        model = CostCategory

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"cost-{n}")
    order = factory.Sequence(int)
    name_en = factory.Sequence(lambda n: f"Cost {n}")
    name_cy = factory.Sequence(lambda n: f"Cost {n} (cy)")


class RequiredAttachmentFactory(DjangoModelFactory[RequiredAttachment]):
    class Meta:
        model = RequiredAttachment

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"file-{n}")
    order = factory.Sequence(int)
    name_en = factory.Sequence(lambda n: f"File {n}")
    name_cy = factory.Sequence(lambda n: f"Ffeil {n}")


class BidFactory(DjangoModelFactory[Bid]):
    """A draft made here; `submitted_bid` gives one that was sent."""

    class Meta:
        model = Bid

    round = factory.SubFactory(RoundFactory)
    topic = factory.SubFactory(TopicFactory, round=factory.SelfAttribute("..round"))
    lead = factory.SubFactory(CouncilFactory)
    reference = factory.Sequence(lambda n: f"R-{n:03d}")
    slug_en = factory.LazyAttribute(lambda bid: bid.reference.lower())
    slug_cy = factory.LazyAttribute(lambda bid: bid.reference.lower())
    title = factory.Sequence(lambda n: f"Bid {n}")
    language = "en"
    started_by = factory.LazyAttribute(lambda bid: person(Role.OFFICER, organisation=bid.lead))


class HistoricBidFactory(DjangoModelFactory[Bid]):
    """A bid of the past, as it is published."""

    class Meta:
        model = Bid

    round = factory.SubFactory(RoundFactory, is_historic=True)
    topic = factory.SubFactory(TopicFactory, round=factory.SelfAttribute("..round"))
    slug_en = factory.Sequence(lambda n: f"old-bid-{n}")
    slug_cy = factory.Sequence(lambda n: f"hen-gais-{n}")
    label_en = factory.Sequence(lambda n: f"Old bid {n}")
    label_cy = factory.Sequence(lambda n: f"Hen gais {n}")
    status = "progressed"
    is_historic = True


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    bid = factory.SubFactory(BidFactory)
    organisation = factory.SubFactory(CouncilFactory)
    role = "Tries it out"
    share_pence = 1_000_00


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    bid = factory.SubFactory(BidFactory)
    question = factory.SubFactory(QuestionFactory, round=factory.SelfAttribute("..bid.round"))
    text = "Some words of an answer."


class StatedProcessFactory(DjangoModelFactory[StatedProcess]):
    class Meta:
        model = StatedProcess

    round = factory.SubFactory(RoundFactory, is_historic=True)
    source_en = "An earlier account"
    source_cy = "Adroddiad cynharach"
    statements_received = 12


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A snapshot by itself; `actions.bid_submit` writes one with all that belongs to it."""

    class Meta:
        model = Submission

    bid = factory.SubFactory(BidFactory)
    reference = factory.SelfAttribute("bid.reference")
    topic = factory.SelfAttribute("bid.topic")
    title = factory.SelfAttribute("bid.title")
    language = factory.SelfAttribute("bid.language")
    snapshot = factory.LazyAttribute(lambda sent: {"title": sent.title})
    sha256 = factory.LazyAttribute(lambda sent: digest(sent.snapshot))
    received_at = factory.LazyFunction(timezone.now)
    by = factory.SelfAttribute("bid.started_by")


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """A file that waits to be checked."""

    class Meta:
        model = Attachment

    bid = factory.SubFactory(BidFactory)
    file = factory.django.FileField(data=b"%PDF-1.7 a plan", filename="plan.pdf")
    name = "Plan of the work.pdf"
    kind = "pdf"
    size_bytes = 15
    sha256 = "0" * 64
    added_by = factory.SelfAttribute("bid.started_by")


class SubmittedFileFactory(DjangoModelFactory[SubmittedFile]):
    class Meta:
        model = SubmittedFile

    submission = factory.SubFactory(SubmissionFactory)
    attachment = factory.SubFactory(AttachmentFactory, bid=factory.SelfAttribute("..submission.bid"))


class ExtensionFactory(DjangoModelFactory[Extension]):
    """Two more days for everybody; with `bid` for that one."""

    class Meta:
        model = Extension

    stage = factory.SubFactory(StageFactory)
    was_closes_at = factory.SelfAttribute("stage.closes_at")
    closes_at = factory.LazyAttribute(lambda extension: extension.was_closes_at + timedelta(days=2))
    reason_en = "The portal was away"
    reason_cy = "Nid oedd y porth ar gael"
    by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    at = factory.LazyFunction(timezone.now)


class EnquiryFactory(DjangoModelFactory[Enquiry]):
    """A question that waits for its answer."""

    class Meta:
        model = Enquiry

    round = factory.SubFactory(RoundFactory)
    organisation = factory.SubFactory(CouncilFactory)
    asked = "May a bid have two leads?"
    language = "en"
    asked_by = factory.LazyAttribute(lambda enquiry: person(Role.OFFICER, organisation=enquiry.organisation))
    asked_at = factory.LazyFunction(timezone.now)


class ConfidentialityFactory(DjangoModelFactory[Confidentiality]):
    class Meta:
        model = Confidentiality

    answer = factory.SubFactory(AnswerFactory)
    reason = "It names a supplier's price."
    by = factory.SelfAttribute("answer.bid.started_by")
    at = factory.LazyFunction(timezone.now)


def open_round(*, closes_at: datetime | None = None, questions: int = 2, **fields: Any) -> Round:
    """A round whose statements are open, with a topic and a form of two required questions."""
    one_round = RoundFactory(**fields)
    closes_at = closes_at or timezone.now() + timedelta(days=14)
    StageFactory(round=one_round, opens_at=closes_at - timedelta(days=30), closes_at=closes_at)
    TopicFactory(round=one_round)
    for number in range(1, questions + 1):
        QuestionFactory(round=one_round, key=f"q{number}", order=number)
    return one_round


def draft(officer: User, one_round: Round | None = None, **fields: Any) -> Bid:
    """A draft of this officer's council, every required question answered."""
    one_round = one_round or open_round()
    lead = Organisation.objects.get(memberships__user=officer)
    bid = BidFactory(round=one_round, topic=one_round.topics.first(), lead=lead, started_by=officer, **fields)
    for question in one_round.questions.filter(required=True):
        AnswerFactory(bid=bid, question=question)
    return bid
