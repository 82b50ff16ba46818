"""What can be found."""

import factory
from factory.django import DjangoModelFactory

from programme.models import SearchDue, SearchText, SearchWord


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
