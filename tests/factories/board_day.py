"""The day of a meeting and what follows from it."""

import hashlib
from datetime import date

import factory
from factory.django import DjangoModelFactory

from board.models import (
    Action,
    ActionReminder,
    Attendance,
    Block,
    Declaration,
    Edition,
    Evidence,
    MinutesApproval,
    Movement,
    Outcome,
    Paper,
    PublicNote,
    Vote,
)
from tests.factories.board import (
    AgendaItemFactory,
    BlockFactory,
    EditionFactory,
    MeetingFactory,
    PaperFactory,
    PersonFactory,
    SeatFactory,
)
from tests.factories.people import UserFactory


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """A member of the board who is there."""

    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.LazyAttribute(lambda one: SeatFactory(board=one.meeting.board))
    person = factory.LazyAttribute(lambda one: one.seat.person if one.seat else PersonFactory())
    presence = "in_person"


class MovementFactory(DjangoModelFactory[Movement]):
    class Meta:
        model = Movement

    attendance = factory.SubFactory(AttendanceFactory)
    item = factory.LazyAttribute(lambda one: AgendaItemFactory(meeting=one.attendance.meeting))
    kind = "left"


class DeclarationFactory(DjangoModelFactory[Declaration]):
    class Meta:
        model = Declaration

    item = factory.SubFactory(AgendaItemFactory)
    person = factory.SubFactory(PersonFactory)
    nature_en = "A relative works there."
    nature_cy = "Mae perthynas yn gweithio yno."


class OutcomeFactory(DjangoModelFactory[Outcome]):
    """The decision of an item without a paper; `recommended` makes one of a paper's recommendation."""

    class Meta:
        model = Outcome

    item = factory.SubFactory(AgendaItemFactory)
    words_en = "The board agreed the dates."
    words_cy = "Cytunodd y bwrdd ar y dyddiadau."
    result = "agreed"


class VoteFactory(DjangoModelFactory[Vote]):
    class Meta:
        model = Vote

    outcome = factory.SubFactory(OutcomeFactory)
    in_favour = 3
    against = 1


class ActionFactory(DjangoModelFactory[Action]):
    class Meta:
        model = Action

    item = factory.SubFactory(AgendaItemFactory)
    text_en = factory.Sequence(lambda n: f"Do thing {n}")
    text_cy = factory.Sequence(lambda n: f"Gwneud peth {n}")
    owner = factory.LazyAttribute(lambda _one: PersonFactory(user=UserFactory(), public_name=""))
    due = date(2030, 3, 1)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    class Meta:
        model = Evidence

    action = factory.SubFactory(ActionFactory)
    text_en = "The letters went out."
    text_cy = "Anfonwyd y llythyrau."


class ActionReminderFactory(DjangoModelFactory[ActionReminder]):
    class Meta:
        model = ActionReminder

    user = factory.SubFactory(UserFactory)
    actions = 1


class PublicNoteFactory(DjangoModelFactory[PublicNote]):
    """A note by itself; `actions.note_publish` writes one from what was recorded."""

    class Meta:
        model = PublicNote

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    content = "{}"
    sha256 = factory.LazyAttribute(lambda note: hashlib.sha256(note.content.encode()).hexdigest())


class MinutesFactory(PaperFactory):
    """Draft minutes of a meeting."""

    agenda_item = None
    number = None
    kind = "minute"
    purpose = "information"
    meeting = factory.SubFactory(MeetingFactory)
    board = factory.SelfAttribute("meeting.board")


class MinutesApprovalFactory(DjangoModelFactory[MinutesApproval]):
    class Meta:
        model = MinutesApproval

    edition = factory.LazyAttribute(lambda _one: EditionFactory(paper=MinutesFactory()))
    meeting = factory.SubFactory(MeetingFactory)


def recommendation_of(paper: Paper, en: str = "Agree the trial.", cy: str = "Cytuno ar y treial.") -> Block:
    """A recommendation at the end of a draft."""
    return BlockFactory(paper=paper, kind="recommendation", text_en=en, text_cy=cy)


def recommended(edition: Edition, block: Block, **fields: object) -> Outcome:
    """The outcome of a recommendation of a published paper."""
    return OutcomeFactory(item=edition.paper.agenda_item, edition=edition, uid=block.uid, **fields)
