"""Boards, meetings, papers and blocks."""

import hashlib
from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from board.models import (
    AgendaItem,
    Block,
    BlockKind,
    Board,
    Considered,
    Credit,
    Edition,
    Implication,
    ImplicationKind,
    Meeting,
    Paper,
    Part,
    Person,
    Seat,
)
from tests.factories.people import UserFactory


class BoardFactory(DjangoModelFactory[Board]):
    class Meta:
        model = Board

    name_en = factory.Sequence(lambda n: f"Board {n}")
    name_cy = factory.Sequence(lambda n: f"Bwrdd {n}")
    slug_en = factory.Sequence(lambda n: f"board-{n}")
    slug_cy = factory.Sequence(lambda n: f"bwrdd-{n}")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    public_name = factory.Sequence(lambda n: f"Named {n}")


class SeatFactory(DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    person = factory.SubFactory(PersonFactory)
    role_en = "Member"
    role_cy = "Aelod"
    role_kind = "member"
    starts = date(2022, 1, 1)


class ConsideredFactory(DjangoModelFactory[Considered]):
    class Meta:
        model = Considered

    board = factory.SubFactory(BoardFactory)
    title_en = "A matter"
    title_cy = "Mater"


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    board = factory.SubFactory(BoardFactory)
    slug_en = factory.Sequence(lambda n: f"meeting-{n}")
    slug_cy = factory.Sequence(lambda n: f"cyfarfod-{n}")
    date = date(2030, 1, 15)
    starts_at = time(10)
    ends_at = time(12)
    place_en = "Cardiff"
    place_cy = "Caerdydd"


class AgendaItemFactory(DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    title_en = "An item"
    title_cy = "Eitem"
    kind = "decision"


class PaperFactory(DjangoModelFactory[Paper]):
    """A draft of the board; `item` says where it belongs."""

    class Meta:
        model = Paper

    agenda_item = factory.SubFactory(AgendaItemFactory)
    meeting = factory.SelfAttribute("agenda_item.meeting")
    board = factory.SelfAttribute("agenda_item.meeting.board")
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    title_en = factory.Sequence(lambda n: f"Paper {n}")
    title_cy = factory.Sequence(lambda n: f"Papur {n}")
    slug_en = factory.Sequence(lambda n: f"paper-{n}")
    slug_cy = factory.Sequence(lambda n: f"papur-{n}")
    purpose = "decision"


class BlockFactory(DjangoModelFactory[Block]):
    class Meta:
        model = Block

    paper = factory.SubFactory(PaperFactory)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    kind = BlockKind.PARAGRAPH
    text_en = "A sentence."
    text_cy = "Brawddeg."


class CreditFactory(DjangoModelFactory[Credit]):
    class Meta:
        model = Credit

    paper = factory.SubFactory(PaperFactory)
    part = Part.AUTHOR
    user = factory.SubFactory(UserFactory)


class EditionFactory(DjangoModelFactory[Edition]):
    """An edition by itself; `actions.paper_publish` writes one with all that belongs to it."""

    class Meta:
        model = Edition

    paper = factory.SubFactory(PaperFactory)
    number = 1
    content = "{}"
    sha256 = factory.LazyAttribute(lambda edition: hashlib.sha256(edition.content.encode()).hexdigest())


def paper_with(*texts: tuple[str, str], **fields: object) -> Paper:
    """A draft with these paragraphs, each (English, Welsh)."""
    paper = PaperFactory(**fields)
    for position, (en, cy) in enumerate(texts or (("One.", "Un."),), 1):
        BlockFactory(paper=paper, position=position, text_en=en, text_cy=cy)
    stated = {"none": True, "text_en": "nothing changes.", "text_cy": "nid oes dim yn newid."}
    Implication.objects.bulk_create(Implication(paper=paper, kind=kind, **stated) for kind in ImplicationKind)
    return paper
