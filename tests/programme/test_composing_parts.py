"""What a composed update has in it, whichever board it is about: its parts, every figure bound, and nobody asked."""

import re
import socket
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from board.cells import read_cells
from board.models import Board
from programme.composing import compose
from programme.composing.period import Period
from programme.composing.writing import Composed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
PARTS = [
    ("Purpose", "Diben"), ("The board", "Y bwrdd"), ("People and posts", "Pobl a swyddi"),
    ("Annual report 2021-22", "Adroddiad blynyddol 2021-22"), ("Delivery plan 2022-23", "Cynllun cyflawni 2022-23"),
    ("Digital Transformation Fund 2022-23", "Cronfa Trawsnewid Digidol 2022-23"), ("Training", "Hyfforddiant"),
    ("Partners", "Partneriaid"), ("Recommendation", "Argymhelliad"),
]  # fmt: skip


def real() -> list[Composed]:
    return compose.update(Period(Board.objects.get(is_demo=False), date(2022, 4, 1), date(2022, 10, 28)))


def demonstration() -> list[Composed]:
    """Of a board in the middle of its work: awards, statuses, agreed changes, a register."""
    today = timezone.localdate()
    return compose.update(Period(Board.objects.filter(is_demo=True).earliest("pk"), today - timedelta(days=120), today))


def table(blocks: list[Composed], caption: str) -> list[list[str]]:
    (found,) = [one for one in blocks if one.kind == "table" and one.text.en == caption]
    return read_cells(found.cells.en)


def test_the_update_has_its_parts_in_their_order_in_both_languages() -> None:
    assert [(one.text.en, one.text.cy) for one in real() if one.kind == "heading"] == PARTS


@pytest.mark.parametrize("compose_it", [real, demonstration])
def test_no_figure_and_no_date_stands_outside_a_bound_value(compose_it: Any) -> None:
    for block in compose_it():
        for language in ("en", "cy"):
            left = f"{getattr(block.text, language)}\n{getattr(block.cells, language)}".replace("\\", "")
            values = [" ".join(getattr(value.said, language).split()) for value in block.values.values()]
            for said in sorted(values, key=len, reverse=True):
                left = left.replace(said, "")
            assert not re.search(r"\d", left), (block.key, left)


def test_awards_stand_in_a_table_with_their_councils_and_their_sum() -> None:
    blocks = demonstration()
    head, *rows = table(blocks, "Awards and their councils")
    assert head == ["Bid", "Topic", "Councils", "Amount"]
    assert rows == [
        ["Letters that people understand", "Services for residents", "Torfaen and Cardiff", "£50,000"],
        ["Atebion gan y ganolfan gyswllt", "Services for residents", "Cardiff", "£45,000"],
    ]
    assert "Dyfarniadau a dderbyniwyd: 2 ddyfarniad, cyfanswm o £95,000." in [one.text.cy for one in blocks]


def test_what_changed_since_the_last_update_has_its_confidence_day_and_reason() -> None:
    blocks = demonstration()
    changed = [one for one in blocks if one.key.startswith("plan.changed-")]
    (count,) = [one for one in blocks if one.key == "plan.changed"]
    assert count.values["count"].said.en == str(len(changed))
    [meals] = [one for one in changed if one.text.en.startswith("Applying for school meals")]
    day = meals.values["day"].said
    assert meals.text.en == (
        f"Applying for school meals: delivery confidence: Red, said on {day.en}."
        " The supplier has moved its date by 8 weeks and no other route is agreed."
    )
    assert meals.text.cy.startswith(f"Gwneud cais am brydau ysgol: hyder cyflawni: Coch, dywedwyd ar {day.cy}. ")
    [moved] = [one for one in blocks if one.key.startswith("plan.change-")]
    assert moved.text.en.endswith(
        "Target moved, Content patterns published. Four patterns wait for the new components."
    )


def test_composing_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database, over its own library, apart."""

    def refused(*_given: Any) -> None:
        raise AssertionError("composing asked somebody outside")

    monkeypatch.setattr(socket.socket, "connect", refused)
    assert len(real()) > 30
