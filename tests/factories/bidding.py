"""What belongs to writing a bid: costs, citations, comments, commitments, clarifications, translations."""

import hashlib
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.roles import Role
from fund.models import (
    Addendum,
    Assignment,
    BidTranslation,
    Citation,
    Comment,
    CommentLink,
    Commitment,
    CostLine,
    Happening,
    Signatory,
    TranslatedText,
)
from fund.secrets import hashed

from .fund import AnswerFactory, BidFactory, CostCategoryFactory, PartnerFactory, SubmissionFactory
from .people import BodyFactory, person


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    answer = factory.SubFactory(AnswerFactory)


class HappeningFactory(DjangoModelFactory[Happening]):
    class Meta:
        model = Happening

    bid = factory.SubFactory(BidFactory)
    kind = "details"


class CostLineFactory(DjangoModelFactory[CostLine]):
    """A cost of the lead, that the fund is asked to pay."""

    class Meta:
        model = CostLine

    bid = factory.SubFactory(BidFactory)
    category = factory.SubFactory(CostCategoryFactory, round=factory.SelfAttribute("..bid.round"))
    organisation = factory.SelfAttribute("bid.lead")
    year = "2026-27"
    kind = "revenue"
    note = "A developer for six months"
    amount_pence = 30_000_00


class CitationFactory(DjangoModelFactory[Citation]):
    class Meta:
        model = Citation

    bid = factory.SubFactory(BidFactory)
    title = "A report of another council"


class CommentLinkFactory(DjangoModelFactory[CommentLink]):
    class Meta:
        model = CommentLink

    bid = factory.SubFactory(BidFactory)
    name = "Sam"
    sha256 = factory.Sequence(lambda n: hashed(f"link-{n}"))
    made_by = factory.SelfAttribute("bid.started_by")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class CommentFactory(DjangoModelFactory[Comment]):
    class Meta:
        model = Comment

    bid = factory.SubFactory(BidFactory)
    by = factory.SelfAttribute("bid.started_by")
    text = "Say how many."


class SignatoryFactory(DjangoModelFactory[Signatory]):
    class Meta:
        model = Signatory

    partner = factory.SubFactory(PartnerFactory, organisation=factory.SubFactory(BodyFactory))
    name = "Robin"
    email = factory.Sequence(lambda n: f"signatory-{n}@body.example")
    language = "en"
    sha256 = factory.Sequence(lambda n: hashed(f"signatory-{n}"))
    invited_by = factory.SelfAttribute("partner.bid.started_by")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class CommitmentFactory(DjangoModelFactory[Commitment]):
    class Meta:
        model = Commitment

    partner = factory.SubFactory(PartnerFactory)
    role = factory.SelfAttribute("partner.role")
    share_pence = factory.SelfAttribute("partner.share_pence")
    approver = "Jo Treasurer"
    post = "section_151"
    decided_on = factory.LazyFunction(timezone.localdate)
    authority = "delegation"
    reference = "D-2026-17"
    recorded_at = factory.LazyFunction(timezone.now)
    recorded_by = factory.LazyAttribute(lambda one: person(Role.FINANCE, organisation=one.partner.organisation))


class AddendumFactory(DjangoModelFactory[Addendum]):
    class Meta:
        model = Addendum

    submission = factory.SubFactory(SubmissionFactory)
    bid = factory.SelfAttribute("submission.bid")
    number = 1
    about = "Which councils"
    content = "All of them."
    language = "en"
    sha256 = factory.LazyAttribute(lambda one: hashlib.sha256(one.content.encode()).hexdigest())
    by = factory.SelfAttribute("bid.started_by")


class BidTranslationFactory(DjangoModelFactory[BidTranslation]):
    class Meta:
        model = BidTranslation

    submission = factory.SubFactory(SubmissionFactory, language="cy")
    asked_at = factory.LazyFunction(timezone.now)


class TranslatedTextFactory(DjangoModelFactory[TranslatedText]):
    class Meta:
        model = TranslatedText

    translation = factory.SubFactory(BidTranslationFactory)
    order = 1
    key = "title"
    label_en = "Title of the bid"
    label_cy = "Teitl y cais"
    source = "Teitl"


def values_of_commitment(**changes: Any) -> dict[str, Any]:
    """What the form of a commitment gives."""
    given = {
        "approver": "Jo Treasurer",
        "post": "section_151",
        "decided_on": timezone.localdate(),
        "authority": "delegation",
        "reference": "D-2026-17",
    }
    return given | changes
