"""Awards and money on a council's page: by year, as a chart and a file, and only what the reader may see."""

from datetime import date

import pytest

from accounts.models import User
from fund.council_money import chart_of, money_of
from organisations.models import Organisation
from tests.walk import BACKEND
from training.years import Year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def torfaen():
    return Organisation.objects.get(slug_en="torfaen")


def page_of(client, slug: str = "", path: str = "/en/councils/torfaen/") -> str:
    if slug:
        client.force_login(User.objects.get(demo_slug=slug), backend=BACKEND)
    return client.get(path).content.decode()


def test_its_own_people_see_what_it_was_awarded_and_what_was_paid_by_plan_year(torfaen):
    money = money_of(torfaen, User.objects.get(demo_slug="officer-torfaen"))
    [share] = [one for one in money.shares if one.award.bid.lead_id == torfaen.pk]
    paid = sum(one.amount_pence for one in share.award.payments.all())
    assert (sum(money.awarded.values()), sum(money.paid.values())) == (
        sum(one.amount_pence for one in money.shares), paid,
    )  # fmt: skip
    assert paid > 0
    assert money.years == [Year.of(share.award.awarded_on)]
    assert [line.values for line in chart_of(money).series] == [list(money.awarded.values()), list(money.paid.values())]


def test_a_year_begins_on_1_april(torfaen):
    money = money_of(torfaen, User.objects.get(demo_slug="officer-torfaen"))
    assert str(Year.of(date(2027, 3, 31))) == str(money.years[0])


def test_invented_awards_are_not_for_the_public_and_the_page_says_that_nothing_is_published(client):
    page = page_of(client)
    assert "No award is published" in page
    assert "DEMOPANEL" not in page
    assert client.get("/en/fund/awards/money/torfaen.csv").content.decode("utf-8-sig").splitlines() == [
        "Year,Awarded,Paid"
    ]


def test_the_councils_people_see_the_chart_its_table_and_the_file_and_another_council_does_not(client):
    page = page_of(client, "officer-torfaen")
    assert "Money by year" in page
    assert "DEMOPANEL-001" in page
    assert "/en/fund/awards/money/torfaen.csv" in page
    rows = client.get("/en/fund/awards/money/torfaen.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert all(part.replace(".", "").replace("-", "").isdigit() for part in rows[1].split(","))
    assert "Arian fesul blwyddyn" in page_of(client, path="/cy/cynghorau/torfaen/")
    assert "DEMOPANEL-001" not in page_of(client, "assessor")


def test_people_in_roles_are_for_the_councils_own_people_and_the_programmes(client):
    assert "People in roles" not in page_of(client)
    for slug in ("officer-torfaen", "team"):
        panel = page_of(client, slug).split("People in roles")[1]
        assert "Angharad Llywarch: Council officer" in panel
        assert "@" not in panel.split("</section>")[0]
    assert "People in roles" not in page_of(client, "officer-cardiff")


def test_the_skills_of_its_people_are_linked_for_who_may_see_them(client):
    assert "The skills of the council’s people" in page_of(client, "lead-torfaen")
    assert "The skills of the council’s people" not in page_of(client, "officer-torfaen")


def test_a_bid_says_with_whom_it_was_written(client):
    page = page_of(client)
    panel = page.split("Bids to the Transformation Fund")[1].split("</section>")[0]
    assert "Together with:" in panel
    assert 'href="/en/councils/torfaen/"' not in panel


def test_the_front_page_shows_a_person_their_council_at_a_glance(client):
    page = page_of(client, "officer-torfaen", "/en/")
    glance = page.split("Your council at a glance")[1].split("</section>")[0]
    assert 'href="/en/councils/torfaen/"' in glance
    assert "Bids led" in glance
    assert "Cipolwg ar eich cyngor" in page_of(client, "officer-torfaen", "/cy/")
    assert "Your council at a glance" not in page_of(client, "team", "/en/")
