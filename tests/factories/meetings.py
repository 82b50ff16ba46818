"""What belongs to planning a meeting: standing items, the forward programme, answers, changes."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from board.models import (
    Lateness,
    MeetingChange,
    MeetingsKey,
    PlannedItem,
    PlannedMove,
    Response,
    StandingItem,
    Substitute,
    WrittenAnswer,
)
from tests.factories.board import (
    AgendaItemFactory,
    BoardFactory,
    MeetingFactory,
    PaperFactory,
    PersonFactory,
    SeatFactory,
)
from tests.factories.people import UserFactory


class StandingItemFactory(DjangoModelFactory[StandingItem]):
    class Meta:
        model = StandingItem

    board = factory.SubFactory(BoardFactory)
    title_en = "Declarations of interest"
    title_cy = "Datganiadau o fuddiant"


class PlannedItemFactory(DjangoModelFactory[PlannedItem]):
    class Meta:
        model = PlannedItem

    board = factory.SubFactory(BoardFactory)
    title_en = factory.Sequence(lambda n: f"Plan {n}")
    title_cy = factory.Sequence(lambda n: f"Cynllun {n}")
    kind = "decision"


class PlannedMoveFactory(DjangoModelFactory[PlannedMove]):
    class Meta:
        model = PlannedMove

    planned = factory.SubFactory(PlannedItemFactory)
    target = factory.SubFactory(MeetingFactory)


class SubstituteFactory(DjangoModelFactory[Substitute]):
    class Meta:
        model = Substitute

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    starts = date(2022, 1, 1)


class ResponseFactory(DjangoModelFactory[Response]):
    class Meta:
        model = Response

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..meeting.board"))
    answer = "in_person"
    by = factory.SubFactory(UserFactory)


class WrittenAnswerFactory(DjangoModelFactory[WrittenAnswer]):
    class Meta:
        model = WrittenAnswer

    item = factory.SubFactory(AgendaItemFactory)
    seat = factory.SubFactory(SeatFactory)
    answer = "agree"
    by = factory.SubFactory(UserFactory)


class MeetingChangeFactory(DjangoModelFactory[MeetingChange]):
    class Meta:
        model = MeetingChange

    meeting = factory.SubFactory(MeetingFactory)
    kind = "moved"
    was_date = date(2030, 1, 8)
    reason_en = "The room is not free."
    reason_cy = "Nid yw'r ystafell yn rhydd."


class LatenessFactory(DjangoModelFactory[Lateness]):
    class Meta:
        model = Lateness

    paper = factory.SubFactory(PaperFactory)
    due = date(2030, 1, 9)
    reason_en = "A figure came late."
    reason_cy = "Daeth ffigur yn hwyr."


class MeetingsKeyFactory(DjangoModelFactory[MeetingsKey]):
    class Meta:
        model = MeetingsKey

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"{n:043d}")
