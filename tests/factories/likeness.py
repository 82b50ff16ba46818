"""What councils say to similar bids, interest, and merges in every state."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from fund.actions import merging
from fund.merging import terms_of
from fund.models import (
    Bid,
    Interest,
    JoinRequest,
    Likeness,
    Merge,
    MergeConsent,
    MergeText,
    ProblemText,
    Round,
    SeparateReason,
)

from .fund import BidFactory, PartnerFactory, draft, open_round
from .people import CouncilFactory, person


class ProblemTextFactory(DjangoModelFactory[ProblemText]):
    """A text that no model has read."""

    class Meta:
        model = ProblemText

    bid = factory.SubFactory(BidFactory)
    language = "en"
    title = "A problem"
    problem = "Something takes too long."
    sha256 = "0" * 64


class LikenessFactory(DjangoModelFactory[Likeness]):
    class Meta:
        model = Likeness

    bid = factory.SubFactory(BidFactory)
    other = factory.SubFactory(BidFactory)
    score = 0.5


class SeparateReasonFactory(DjangoModelFactory[SeparateReason]):
    class Meta:
        model = SeparateReason

    bid = factory.SubFactory(BidFactory)
    other = factory.SubFactory(BidFactory)
    reason = "Ours is about another service."
    said_by = factory.SelfAttribute("bid.started_by")


class JoinRequestFactory(DjangoModelFactory[JoinRequest]):
    class Meta:
        model = JoinRequest

    bid = factory.SubFactory(BidFactory)
    organisation = factory.SubFactory(CouncilFactory)
    message = "May we join?"
    asked_by = factory.SelfAttribute("bid.started_by")


class InterestFactory(DjangoModelFactory[Interest]):
    class Meta:
        model = Interest

    bid = factory.SubFactory(BidFactory)
    organisation = factory.SubFactory(CouncilFactory)
    joining = "yes"
    said_by = factory.SelfAttribute("bid.started_by")


class MergeFactory(DjangoModelFactory[Merge]):
    """A proposal between two drafts of one round."""

    class Meta:
        model = Merge

    first = factory.SubFactory(BidFactory)
    second = factory.SubFactory(
        BidFactory, round=factory.SelfAttribute("..first.round"), topic=factory.SelfAttribute("..first.topic")
    )
    lead = factory.SelfAttribute("first.lead")
    message = "It is one problem."
    proposed_by = factory.SelfAttribute("first.started_by")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class MergeConsentFactory(DjangoModelFactory[MergeConsent]):
    class Meta:
        model = MergeConsent

    merge = factory.SubFactory(MergeFactory)
    organisation = factory.SelfAttribute("merge.lead")
    terms = factory.LazyAttribute(lambda consent: terms_of(consent.merge))
    decided_at = factory.LazyFunction(timezone.now)
    decided_by = factory.SelfAttribute("merge.proposed_by")


class MergeTextFactory(DjangoModelFactory[MergeText]):
    class Meta:
        model = MergeText

    merge = factory.SubFactory(MergeFactory)
    key = "q1"
    choice = "first"


class Two:
    """Two drafts of one round with a partner in both, and who may do what to them."""

    def __init__(self, one_round: Round | None = None, **fields: Any) -> None:
        self.round = one_round or open_round(consent_required=False)
        self.officers = [person(Role.OFFICER), person(Role.OFFICER)]
        self.bids: list[Bid] = [
            draft(officer, self.round, title=title, amount_pence=amount, **fields)
            for officer, title, amount in zip(self.officers, ("First", "Second"), (100_000_00, 50_000_00), strict=True)
        ]
        self.councils: list[Any] = [bid.lead for bid in self.bids]
        self.leads = [person(Role.DIGITAL_LEAD, organisation=council) for council in self.councils]
        self.third = CouncilFactory()
        self.third_lead = person(Role.DIGITAL_LEAD, organisation=self.third)
        for bid, share in zip(self.bids, (20_000_00, 5_000_00), strict=True):
            agreed = {"decided_at": timezone.now(), "decided_by": self.third_lead}
            PartnerFactory(bid=bid, organisation=self.third, share_pence=share, status="agreed", **agreed)

    def propose(self, **said: Any) -> Merge:
        given = {"first": self.bids[0], "second": self.bids[1], "lead": self.councils[0], "message": "One problem"}
        return merging.merge_propose(**{**given, "by": self.officers[0], **said})

    def accept(self, merge: Merge, *people: User) -> Merge:
        """Each of these people accepts; without people, everybody who must."""
        for user in people or (*reversed(self.leads), self.third_lead):  # who is asked answers first
            merge = merging.merge_accept(merge=merge, terms=terms_of(merge_page(merge)), by=user)
        return merge


def merge_page(merge: Merge) -> Merge:
    """The merge as its page reads it."""
    return Merge.objects.with_page().get(pk=merge.pk)
