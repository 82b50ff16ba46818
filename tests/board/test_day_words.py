"""What the minutes and the public note say of a day, sentence by sentence, in both languages."""

from datetime import time

import pytest
from django.utils.translation import override

from board import actions
from board.minuting import minutes_blocks
from board.public_note_reading import note_shown
from board.public_notes import note_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(day):
    """Two came late or left, a substitute and a guest were there, two declared an interest."""
    day.mark("in_person", "online")
    member, chair = day.meeting.attendances.in_order()
    actions.movement_record(member, day.restricted, kind="arrived", at=time(10, 40), by=day.by)
    actions.movement_record(chair, day.oral, kind="left", at=time(11, 5), by=day.by)
    actions.movement_record(chair, day.open, kind="arrived", by=day.by)
    guest, other = actions.person_named("Guest Named"), actions.person_named("Eira Gwyn")
    actions.attendance_add(day.meeting, other, by=day.by, seat=day.other_seat, presence="online")
    actions.attendance_add(day.meeting, guest, by=day.by, presence="online")
    kin = ("Kin.", "Perthynas.")
    actions.declaration_record(
        day.open, member.person, by=day.by, kind="dispensation", nature=kin, granted="The committee"
    )
    actions.declaration_record(day.open, chair.person, by=day.by, kind="prejudicial", nature=kin)
    return day


def test_the_minutes_say_when_who_came_and_left_and_who_stayed_with_a_dispensation(recorded):
    blocks = list(minutes_blocks(recorded.meeting))
    said = [block.text_en for block in blocks] + [block.cells_en for block in blocks]
    member, chair = recorded.member_seat.person, recorded.chair_seat.person
    for sentence in (
        f"{member} arrived before item 2, at 10:40.",
        f"{chair} left before item 3, at 11:05.",
        f"{chair} arrived before item 1.",
        f"{chair} declared a prejudicial interest in item 1 and left. Kin.",
        f"{member} declared a prejudicial interest in item 1 and stayed, with a dispensation from The committee. Kin.",
    ):
        assert sentence in said
    table = next(block for block in blocks if block.cells_en)
    assert "Substitute for Eleri Named" in table.cells_en
    assert "Guest Named | In attendance | Online" in table.cells_en
    assert all(block.text_cy for block in blocks)
    assert not {block.text_cy for block in blocks} & set(said[: len(blocks)])


@pytest.mark.parametrize(
    ("language", "arrived", "left"),
    [
        ("en", "arrived before item 2 (10:40)", "left before item 3 (11:05)"),
        ("cy", "cyrhaeddodd cyn eitem 2 (10:40)", "gadawodd cyn eitem 3 (11:05)"),
    ],
)
def test_the_note_says_the_same_in_the_language_of_its_reader(recorded, language, arrived, left):
    with override(language):
        shown = note_shown(note_content(recorded.meeting))
    moved = [move for one in shown.people for move in one.movements]
    assert arrived in moved
    assert left in moved
    assert {one.granted for one in shown.interests} == {"The committee", ""}
    assert [str(one.name) for one in shown.people][-1] == "Guest Named"
