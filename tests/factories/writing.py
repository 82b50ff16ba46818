"""What belongs to the writing of papers: comments, implications, accepted differences, withdrawals."""

import uuid
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from board.models import Acceptance, Comment, Implication, ImplicationKind, Paper, Removal, Withdrawal
from tests.factories.board import EditionFactory, PaperFactory
from tests.factories.people import UserFactory


class CommentFactory(DjangoModelFactory[Comment]):
    class Meta:
        model = Comment

    paper = factory.SubFactory(PaperFactory)
    uid = factory.LazyFunction(uuid.uuid4)
    text = "Say what it costs."
    by = factory.SubFactory(UserFactory)


class ImplicationFactory(DjangoModelFactory[Implication]):
    class Meta:
        model = Implication

    paper = factory.SubFactory(PaperFactory)
    kind = ImplicationKind.WELSH
    none = True
    text_en = "nothing changes for Welsh speakers."
    text_cy = "nid oes dim yn newid i siaradwyr Cymraeg."


class AcceptanceFactory(DjangoModelFactory[Acceptance]):
    class Meta:
        model = Acceptance

    paper = factory.SubFactory(PaperFactory)
    key = factory.Sequence(lambda n: f"{n:064x}")
    said = "The English has 5 and the Welsh has not."
    reason = "The Welsh writes it as a word."
    by = factory.SubFactory(UserFactory)


class WithdrawalFactory(DjangoModelFactory[Withdrawal]):
    class Meta:
        model = Withdrawal

    edition = factory.SubFactory(EditionFactory)
    reason_en = "It held personal data."
    reason_cy = "Roedd yn cynnwys data personol."
    asked_by = factory.SubFactory(UserFactory)


def withdrawn(**fields: Any) -> Withdrawal:
    """A withdrawal that a second person confirmed."""
    return WithdrawalFactory(status="done", decided_by=UserFactory(), decided_at=timezone.now(), **fields)


class RemovalFactory(DjangoModelFactory[Removal]):
    class Meta:
        model = Removal

    withdrawal = factory.LazyFunction(withdrawn)
    by = factory.SelfAttribute("withdrawal.asked_by")


def with_implications(paper: Paper) -> Paper:
    """The paper with all six implications stated: none."""
    for kind in ImplicationKind:
        ImplicationFactory(paper=paper, kind=kind)
    return paper
