"""The page of a board's seats: each fact is said once."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.board import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "plain", "longer", "unknown"),
    [
        ("en", "Member", "Lead for the north (Member), without a vote", "Term: not published"),
        ("cy", "Aelod", "Arweinydd y gogledd (Aelod), heb bleidlais", "Tymor: heb ei gyhoeddi"),
    ],
)
def test_a_seat_says_its_kind_where_the_role_does_not_and_an_unknown_term_once(
    people, browse, language, plain, longer, unknown
):
    seat = SeatFactory(starts=None, is_historic=True)
    SeatFactory(board=seat.board, role_en="Lead for the north", role_cy="Arweinydd y gogledd", votes=False)
    with override(language):
        page = browse(people.secretary).get(reverse("board:seat_list", kwargs={"slug": seat.board.slug}))
    shown = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert f" {plain} {unknown} " in shown
    assert longer in shown
    assert shown.count(unknown.split(": ")[1]) == 1
