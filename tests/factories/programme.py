"""What can be found, and what was composed."""

import uuid
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.models import (
    BoundValue,
    ComposedBlock,
    Composition,
    SearchDue,
    SearchText,
    SearchWord,
    TeamStatement,
)
from tests.factories.board import PaperFactory


class SearchTextFactory(DjangoModelFactory[SearchText]):
    class Meta:
        model = SearchText

    key = factory.Sequence(lambda n: f"paper:{n}")
    language = "en"
    title = "One way to report a missed collection"
    vector = "'report':1A"
    audience = factory.LazyFunction(lambda: ["public"])


class SearchWordFactory(DjangoModelFactory[SearchWord]):
    class Meta:
        model = SearchWord

    word = factory.Sequence(lambda n: f"word{n}")
    language = "en"


class SearchDueFactory(DjangoModelFactory[SearchDue]):
    class Meta:
        model = SearchDue

    source = "projects.post"
    row_id = factory.Sequence(lambda n: 1_000_000 + n)


class TeamStatementFactory(DjangoModelFactory[TeamStatement]):
    class Meta:
        model = TeamStatement

    dated = factory.Sequence(lambda n: date(2024, 1, 1) + timedelta(days=n))
    source_en = "A report"
    source_cy = "Adroddiad"


class CompositionFactory(DjangoModelFactory[Composition]):
    class Meta:
        model = Composition

    paper = factory.SubFactory(PaperFactory)
    starts = date(2026, 8, 1)
    ends = date(2026, 11, 1)
    followed_at = factory.LazyFunction(timezone.now)


class ComposedBlockFactory(DjangoModelFactory[ComposedBlock]):
    class Meta:
        model = ComposedBlock

    composition = factory.SubFactory(CompositionFactory)
    key = factory.Sequence(lambda n: f"fund.money-{n}")
    uid = factory.LazyFunction(uuid.uuid4)
    text_en = "The budget is £10."
    text_cy = "£10 yw’r gyllideb."


class BoundValueFactory(DjangoModelFactory[BoundValue]):
    class Meta:
        model = BoundValue

    block = factory.SubFactory(ComposedBlockFactory)
    name = factory.Sequence(lambda n: f"value-{n}")
    en = cy = "£10"
    counted = "a count"
    true_on = date(2026, 11, 1)
