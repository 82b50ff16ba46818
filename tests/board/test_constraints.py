"""Each constraint of the board bites, and has its own test."""

from datetime import date, time
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from board.models import Board, Edition, Meeting, Paper
from tests.factories import board as make
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def refused(name, write):
    """The database refuses the write and names this constraint."""

    def whole() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            write()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError) as caught:
        whole()
    assert name in str(caught.value)


BROKEN = [
    ("board_named_in_both", make.BoardFactory, {"name_cy": ""}),
    ("person_is_a_user_or_a_name", make.PersonFactory, {"public_name": ""}),
    ("seat_kind_known", make.SeatFactory, {"role_kind": "king"}),
    ("seat_role_in_both", make.SeatFactory, {"role_en": ""}),
    ("seat_dates_in_order", make.SeatFactory, {"starts": date(2022, 2, 2), "ends": date(2022, 2, 1)}),
    ("seat_live_has_a_start", make.SeatFactory, {"starts": None}),
    ("seat_inferred_is_historic", make.SeatFactory, {"inferred": True}),
    ("considered_titled_in_both", make.ConsideredFactory, {"title_cy": ""}),
    ("meeting_status_known", make.MeetingFactory, {"status": "lost"}),
    ("meeting_ends_after_it_starts", make.MeetingFactory, {"starts_at": time(12), "ends_at": time(12)}),
    ("meeting_ends_after_it_starts", make.MeetingFactory, {"starts_at": None}),
    (
        "meeting_called_says_when_and_where",
        make.MeetingFactory,
        {"status": "called", "starts_at": None, "ends_at": None},
    ),
    ("meeting_called_says_when_and_where", make.MeetingFactory, {"status": "held", "place_cy": ""}),
    ("meeting_quorum_not_zero", make.MeetingFactory, {"quorum": 0}),
    ("item_kind_known", make.AgendaItemFactory, {"kind": "song"}),
    ("item_titled_in_both", make.AgendaItemFactory, {"title_en": ""}),
    ("item_minutes_not_zero", make.AgendaItemFactory, {"minutes": 0}),
    ("item_restricted_says_why", make.AgendaItemFactory, {"restricted": True, "reason_en": "Only English"}),
    ("paper_status_known", make.PaperFactory, {"status": "lost"}),
    ("paper_kind_known", make.PaperFactory, {"kind": "song"}),
    ("paper_purpose_known", make.PaperFactory, {"purpose": "song"}),
    ("paper_language_known", make.PaperFactory, {"drafted_in": "fr"}),
    ("paper_of_the_board_has_an_item", make.PaperFactory, {"number": None}),
    ("paper_of_the_board_has_an_item", make.PaperFactory, {"kind": "report"}),
    ("paper_published_says_its_purpose", make.PaperFactory, {"status": "published", "purpose": ""}),
    ("paper_published_titled_in_both", make.PaperFactory, {"status": "published", "title_cy": ""}),
    ("credit_part_known", make.CreditFactory, {"part": "reader"}),
    ("credit_names_one", make.CreditFactory, {"user": None}),
    ("credit_names_one", make.CreditFactory, {"post_en": "Head", "post_cy": "Pennaeth"}),
    ("credit_names_one", make.CreditFactory, {"user": None, "post_en": "Head"}),
    ("block_kind_known", make.BlockFactory, {"kind": "song"}),
    ("block_heading_has_a_level", make.BlockFactory, {"kind": "heading"}),
    ("block_heading_has_a_level", make.BlockFactory, {"level": 2}),
    ("block_heading_has_a_level", make.BlockFactory, {"kind": "heading", "level": 5}),
    ("block_cells_in_tables_only", make.BlockFactory, {"cells_en": "a | b"}),
]


@pytest.mark.parametrize(
    ("name", "factory", "fields"), BROKEN, ids=[f"{name}-{n}" for n, (name, _f, _v) in enumerate(BROKEN)]
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, factory, fields):
    refused(name, lambda: factory(**fields))


def test_a_person_is_not_both_a_user_and_a_name():
    refused("person_is_a_user_or_a_name", lambda: make.PersonFactory(user=UserFactory()))


def test_a_public_name_stands_once():
    make.PersonFactory(public_name="Somebody")
    refused("person_public_name_once", lambda: make.PersonFactory(public_name="Somebody"))


def test_a_board_has_one_chair_at_once_and_another_later():
    first = make.SeatFactory(role_kind="chair", ends=date(2022, 12, 31))
    make.SeatFactory(board=first.board, role_kind="chair", starts=date(2023, 1, 1))
    refused(
        "seat_one_chair_at_once",
        lambda: make.SeatFactory(
            board=first.board, role_kind="chair", starts=date(2022, 12, 31), ends=date(2022, 12, 31)
        ),
    )


def test_nobody_sits_twice_on_a_board_at_once():
    seat = make.SeatFactory()
    refused("seat_person_once_at_once", lambda: make.SeatFactory(board=seat.board, person=seat.person))


def test_a_matter_is_considered_once():
    matter = make.ConsideredFactory()
    refused("considered_once", lambda: make.ConsideredFactory(board=matter.board))


def test_a_place_on_the_agenda_is_taken_once():
    item = make.AgendaItemFactory()
    refused("item_position_once", lambda: make.AgendaItemFactory(meeting=item.meeting, position=item.position))


def test_a_number_of_a_meetings_papers_is_given_once():
    paper = make.PaperFactory()
    refused("paper_number_once", lambda: make.PaperFactory(agenda_item=paper.agenda_item, number=paper.number))


def test_a_user_is_an_author_once():
    credit = make.CreditFactory()
    refused("credit_user_once", lambda: make.CreditFactory(paper=credit.paper, user=credit.user))


def test_a_place_in_a_paper_is_taken_once():
    block = make.BlockFactory()
    refused("block_position_once", lambda: make.BlockFactory(paper=block.paper, position=block.position))


def test_an_id_of_a_block_stands_once_in_a_paper():
    block = make.BlockFactory()
    refused("block_uid_once", lambda: make.BlockFactory(paper=block.paper, uid=block.uid))


def test_the_item_of_a_paper_is_one_of_its_meeting():
    paper, other = make.PaperFactory(), make.AgendaItemFactory()
    refused("paper_item_of_its_meeting", lambda: Paper.objects.filter(pk=paper.pk).update(agenda_item=other))


def test_the_meeting_of_a_paper_is_one_of_its_board():
    paper, other = make.PaperFactory(), make.BoardFactory()
    refused("paper_meeting_of_its_board", lambda: Paper.objects.filter(pk=paper.pk).update(board=other))


def test_a_paper_follows_its_item_to_another_meeting():
    paper = make.PaperFactory()
    later = make.MeetingFactory(board=paper.board)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE board_agendaitem SET meeting_id = %s WHERE id = %s", [later.pk, paper.agenda_item_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    paper.refresh_from_db()
    assert paper.meeting == later


def test_the_key_columns_of_meetings_and_items_are_unique():
    names = {
        constraint.name
        for model in (Meeting, make.AgendaItemFactory._meta.model)
        for constraint in model._meta.constraints
    }
    assert {"meeting_with_its_board", "item_with_its_meeting"} <= names


def test_an_edition_has_the_hash_of_its_content():
    paper = make.PaperFactory()
    refused(
        "edition_hash_is_of_its_content",
        lambda: Edition.objects.create(paper=paper, number=1, content="{}", sha256="0" * 64),
    )


def edition(paper, number):
    """The SHA-256 is that of `{}`."""
    sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    return Edition.objects.create(paper=paper, number=number, content="{}", sha256=sha256)


def test_editions_are_counted_from_one_and_each_number_stands_once():
    paper = make.PaperFactory()
    edition(paper, 1)
    refused("edition_number_from_one", lambda: edition(paper, 0))
    refused("edition_number_once", lambda: edition(paper, 1))


def test_every_constraint_of_the_board_has_a_name_that_a_test_here_uses():
    models = [
        Board, Meeting, Paper, Edition,
        *(one._meta.model for one in (make.PersonFactory, make.SeatFactory, make.ConsideredFactory)),
        *(one._meta.model for one in (make.AgendaItemFactory, make.CreditFactory, make.BlockFactory)),
    ]  # fmt: skip
    source = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*constraints.py"))
    names = {constraint.name for model in models for constraint in model._meta.constraints}
    assert sorted(name for name in names if f'"{name}"' not in source) == []
