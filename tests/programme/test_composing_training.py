"""Training in composed papers: how it spread over the regions, from the rows of the register, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from board.cells import read_cells
from organisations.models import Organisation
from programme.composing.sections import training
from programme.composing.writing import Composed, Page
from tests.factories.people import BodyFactory, CouncilFactory
from tests.factories.training import BookingFactory, CourseFactory, SessionFactory
from training.models import Booking, Session, Standing
from training.states import BookingStatus, SessionStatus

pytestmark = pytest.mark.django_db
YEAR = "2025-26"
ENGLISH = ["Region", "Officers trained", "Learning opportunities"]
WELSH = ["Rhanbarth", "Swyddogion a hyfforddwyd", "Cyfleoedd dysgu"]


@pytest.fixture
def session() -> Session:
    return SessionFactory(status=SessionStatus.HELD, capacity=60, starts_at=datetime(2025, 6, 1, 10, tzinfo=UTC))


def came(session: Session, organisation: Organisation, number: int) -> list[Booking]:
    standing = Standing.STAFF if organisation.is_council else Standing.PARTNER
    return [
        BookingFactory(session=session, organisation=organisation, standing=standing, status=BookingStatus.ATTENDED)
        for _person in range(number)
    ]


def table() -> Composed | None:
    page = Page(date(2025, 12, 1))
    training.of_year(page, YEAR, demonstration=False)
    return next((block for block in page.blocks if block.kind == "table"), None)


def test_each_region_has_its_officers_and_opportunities_and_one_without_rows_has_0(session):
    came(session, CouncilFactory(region="south-east"), 6)
    came(session, CouncilFactory(region="south-east"), 5)
    again = SessionFactory(status=SessionStatus.HELD, capacity=60, starts_at=datetime(2025, 7, 1, 10, tzinfo=UTC))
    [booking] = came(session, CouncilFactory(region="north"), 5)[:1]
    BookingFactory(
        session=again, learner=booking.learner, organisation=booking.organisation, status=BookingStatus.ATTENDED
    )
    invented = SessionFactory(
        course=CourseFactory(is_demo=True),
        status=SessionStatus.HELD,
        capacity=60,
        starts_at=datetime(2025, 6, 1, 10, tzinfo=UTC),
    )
    came(invented, CouncilFactory(region="mid"), 9)

    found = table()
    assert found is not None
    assert (found.text.en, found.text.cy) == (
        "Training by region, 2025-26",
        "Hyfforddiant fesul rhanbarth, 2025-26",
    )
    assert read_cells(found.cells.en) == [
        ENGLISH,
        ["North Wales", "5", "6"],
        ["Mid Wales", "0", "0"],
        ["South West Wales", "0", "0"],
        ["South East Wales", "11", "11"],
    ]
    assert read_cells(found.cells.cy) == [
        WELSH,
        ["Gogledd Cymru", "5", "6"],
        ["Canolbarth Cymru", "0", "0"],
        ["De-orllewin Cymru", "0", "0"],
        ["De-ddwyrain Cymru", "11", "11"],
    ]
    assert found.values["north/2"].counted == "training.counting.figures 2025-26 region north"


def test_a_region_of_so_few_that_they_might_be_known_is_not_said_nor_can_it_be_worked_out(session):
    came(session, CouncilFactory(region="north"), 4)
    came(session, CouncilFactory(region="mid"), 6)
    came(session, CouncilFactory(region="south-east"), 20)
    came(session, BodyFactory(), 7)

    found = table()
    assert found is not None
    few, welsh = "too few people to be shown", "rhy ychydig o bobl i’w dangos"
    assert read_cells(found.cells.en)[1:] == [
        ["North Wales", few, few],
        ["Mid Wales", few, few],
        ["South West Wales", "0", "0"],
        ["South East Wales", "20", "20"],
        ["Outside the councils", "0", "7"],
    ]
    assert read_cells(found.cells.cy)[1] == ["Gogledd Cymru", welsh, welsh]
    assert read_cells(found.cells.cy)[-1] == ["Y tu allan i’r cynghorau", "0", "7"]


def test_a_year_of_which_the_register_has_no_row_has_no_table(session):
    assert table() is None


def test_the_spread_costs_the_same_for_one_region_and_for_all(session):
    came(session, CouncilFactory(region="north"), 5)
    with CaptureQueriesContext(connection) as few:
        assert table() is not None
    for region in ("north", "mid", "south-west", "south-east"):
        came(session, CouncilFactory(region=region), 5)
    with CaptureQueriesContext(connection) as many:
        assert table() is not None
    assert len(many) == len(few) <= 6
