"""The invariants of the day, of outcomes and of actions: the database refuses each, by name."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from board.models import Outcome
from tests.factories import board_day as make
from tests.factories.board import AgendaItemFactory, PersonFactory, SeatFactory
from tests.factories.links import BoardProjectFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

BROKEN: list[tuple[str, Any, dict[str, Any]]] = [
    ("attendance_presence_known", make.AttendanceFactory, {"presence": "late"}),
    ("attendance_capacity_known", make.AttendanceFactory, {"capacity": "king"}),
    ("attendance_seat_for_members_and_substitutes", make.AttendanceFactory, {"seat": None}),
    ("attendance_seat_for_members_and_substitutes", make.AttendanceFactory, {"capacity": "attendee"}),
    ("attendance_others_are_there", make.AttendanceFactory, {"capacity": "substitute", "presence": "apologies"}),
    ("movement_kind_known", make.MovementFactory, {"kind": "slept"}),
    ("declaration_kind_known", make.DeclarationFactory, {"kind": "secret"}),
    ("declaration_says_its_nature", make.DeclarationFactory, {"nature_en": "", "nature_cy": ""}),
    ("declaration_dispensation_is_granted", make.DeclarationFactory, {"kind": "dispensation"}),
    ("declaration_dispensation_is_granted", make.DeclarationFactory, {"granted": "The committee"}),
    ("outcome_result_known", make.OutcomeFactory, {"result": "sung"}),
    ("outcome_uid_with_its_edition", make.OutcomeFactory, {"uid": uuid.uuid4()}),
    ("outcome_has_words", make.OutcomeFactory, {"words_en": "", "words_cy": ""}),
    ("outcome_says_what_changed", make.OutcomeFactory, {"result": "changed"}),
    ("outcome_says_what_changed", make.OutcomeFactory, {"result": "referred"}),
    ("vote_somebody_voted", make.VoteFactory, {"in_favour": 0, "against": 0}),
    ("vote_casting_known", make.VoteFactory, {"in_favour": 1, "against": 1, "casting": "chance"}),
    ("vote_casting_on_equal_numbers", make.VoteFactory, {"casting": "for"}),
    ("action_status_known", make.ActionFactory, {"status": "lost"}),
    ("action_says_what", make.ActionFactory, {"text_en": "", "text_cy": ""}),
    ("action_done_says_when", make.ActionFactory, {"status": "done"}),
    ("action_done_says_when", make.ActionFactory, {"done_on": date(2030, 1, 1)}),
    ("evidence_says_what", make.EvidenceFactory, {"text_en": "", "text_cy": ""}),
    ("publicnote_correction_says_why", make.PublicNoteFactory, {"number": 2}),
    ("publicnote_hash_is_of_its_content", make.PublicNoteFactory, {"sha256": "0" * 64}),
]


@pytest.mark.parametrize(
    ("name", "factory", "fields"), BROKEN, ids=[f"{name}-{n}" for n, (name, _f, _v) in enumerate(BROKEN)]
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, factory, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


def attended_twice(**same: Any) -> None:
    first = make.AttendanceFactory()
    given = {"meeting": first.meeting, "person": PersonFactory(), "seat": SeatFactory(board=first.meeting.board)}
    make.AttendanceFactory(**{**given, **{name: getattr(first, name) for name in same}})


def again(factory: Any, *names: str, **fields: Any) -> None:
    first = factory(**fields)
    factory(**{**fields, **{name: getattr(first, name) for name in names}})


ONCE: list[tuple[str, Any]] = [
    ("attendance_person_once", lambda: attended_twice(person=True)),
    ("attendance_seat_once", lambda: attended_twice(seat=True)),
    ("movement_once_for_an_item", lambda: again(make.MovementFactory, "attendance", "item")),
    ("declaration_once_for_an_item", lambda: again(make.DeclarationFactory, "item", "person")),
    ("actionreminder_once_a_day", lambda: again(make.ActionReminderFactory, "user", day=date(2030, 1, 1))),
    ("publicnote_number_once", lambda: again(make.PublicNoteFactory, "meeting")),
    ("paper_minutes_once_for_a_meeting", lambda: again(make.MinutesFactory, "meeting", "board")),
    ("boardproject_recommendation_of_a_paper", lambda: BoardProjectFactory(uid=uuid.uuid4())),
    (
        "boardproject_action_linked_once",
        lambda: again(BoardProjectFactory, "project", item=None, action=make.ActionFactory(), project=ProjectFactory()),
    ),
]


@pytest.mark.parametrize(("name", "write"), ONCE, ids=[name for name, _write in ONCE])
def test_what_may_be_there_once_is_refused_a_second_time(name, write):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def test_a_recommendation_is_linked_to_a_project_once(people):
    paper, project, uid = people.paper(), ProjectFactory(), uuid.uuid4()
    BoardProjectFactory(project=project, item=None, paper=paper, uid=uid)
    BoardProjectFactory(project=project, item=None, paper=paper)
    with pytest.raises(IntegrityError, match="boardproject_recommendation_linked_once"), transaction.atomic():
        BoardProjectFactory(project=project, item=None, paper=paper, uid=uid)


def test_nobody_sits_on_another_boards_seat():
    with pytest.raises(IntegrityError, match="a seat of another board"), transaction.atomic():
        make.AttendanceFactory(seat=SeatFactory())


def test_nobody_leaves_for_an_item_of_another_meeting():
    with pytest.raises(IntegrityError, match="an item of another meeting"), transaction.atomic():
        make.MovementFactory(item=AgendaItemFactory())


def test_an_actions_outcome_is_one_of_its_item():
    with pytest.raises(IntegrityError, match="an outcome of another item"), transaction.atomic():
        make.ActionFactory(outcome=make.OutcomeFactory())


def decided(people, en="Agree *the trial*.", cy="Cytuno ar y treial."):
    paper = people.paper()
    block = make.recommendation_of(paper, en, cy)
    from board.actions import paper_publish, paper_step

    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    return paper_publish(paper, by=people.secretary), block


def test_an_outcome_has_the_words_and_the_number_of_its_recommendation_whatever_was_written(people):
    edition, block = decided(people)
    outcome = make.recommended(edition, block, words_en="Something else", words_cy="Rhywbeth arall")
    outcome.refresh_from_db()
    assert (outcome.words_en, outcome.words_cy, outcome.number) == ("Agree *the trial*.", "Cytuno ar y treial.", 1)
    Outcome.objects.filter(pk=outcome.pk).update(words_en="Changed later")
    outcome.refresh_from_db()
    assert outcome.words_en == "Agree *the trial*."
    with pytest.raises(IntegrityError, match="outcome_recommendation_once"), transaction.atomic():
        make.recommended(edition, block)


def test_an_outcome_of_what_is_no_recommendation_of_that_edition_is_refused(people):
    edition, block = decided(people)
    paragraph = edition.paper.blocks.get(kind="paragraph")
    for uid, item in ((paragraph.uid, edition.paper.agenda_item), (block.uid, AgendaItemFactory())):
        with pytest.raises(IntegrityError, match="no such recommendation"), transaction.atomic():
            make.OutcomeFactory(item=item, edition=edition, uid=uid)


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = 7", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["board_publicnote", "board_minutesapproval"])
def test_a_public_note_and_an_approval_are_never_changed_by_the_application(statement, table):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as db:
        db.execute(statement.format(table))
