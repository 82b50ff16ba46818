"""The public pages over the facts, the lists and what they cost, the panels."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from fund import actions, lines, loading, panels
from fund.matrix import matrix_of
from fund.models import Bid, Round
from organisations.models import Organisation
from tests.factories.fund import (
    HistoricBidFactory,
    PartnerFactory,
    RoundFactory,
    draft,
    facts_with_bodies,
    open_round,
)
from tests.factories.people import person
from wlga_portal.kernel.panels import needs_of

from .conftest import url

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def facts() -> dict:
    given = facts_with_bodies()
    loading.load(given)
    return given


def read(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """The text of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace(" ,", ",")


def test_the_round_of_2022_23_shows_its_million_and_says_what_is_not_published(facts):
    page = words(read(url("round_page", slug="2022-23")))
    assert "£1,000,000 budget" in page
    assert "WLGA Digital Leadership Board update, 28 October 2022" in page
    assert page.count("amount not published, lead council not published") == 5
    assert page.count("Progressed Digital Skills (our reading)") == 1
    assert "awarded" not in page.lower()


def test_how_the_round_ran_stands_apart_with_its_own_source(facts):
    page = words(read(url("round_page", slug="2022-23")))
    assert "18 problem statements received expected: about 6" in page
    assert "2 weeks for councils to say that they were interested" in page
    assert "4 hours of sifting A weighted spreadsheet, 4 hours." in page
    assert "6 bids shortlisted Two were so similar that they became one." in page
    assert "5 bids to panel" in page
    assert "Source: WLGA&#x27;s own public account of the 2022 round" in page


def test_the_round_in_welsh_is_welsh(facts):
    page = words(read(url("round_page", "cy", slug="2022-23")))
    assert "£1,000,000 cyllideb" in page
    assert "Sgiliau Digidol" in page
    assert page.count("swm heb ei gyhoeddi, cyngor arweiniol heb ei gyhoeddi") == 5
    assert "Wedi symud ymlaen" in page
    assert "not published" not in page


@pytest.mark.parametrize(
    ("slug", "there", "missing"),
    [
        ("shared-e-learning", "our reading: the source does not state the topic", "Possible partners"),
        ("shared-digital-skills", "Digital Skills Councils", "our reading"),
        ("digital-exclusion-evidence-gwent", "Possible partners Gwent-Police", "our reading"),
        ("clear-council-content", "proposal not published", "Other partners"),
    ],
)
def test_a_historic_bid_shows_what_is_published_and_says_of_the_rest_that_it_is_not(facts, slug, there, missing):
    page = words(read(url("bid_page", slug=slug)))
    assert there in page
    assert missing not in page
    assert "This is a working heading of the portal: the bid’s own title is not published." in page
    assert "Lead council not published" in page
    assert "amount not published" in page


def test_a_historic_bid_has_its_address_in_each_language(facts):
    page = read(url("bid_page", slug="shared-e-learning"))
    assert 'href="/cy/cronfa/ceisiadau/e-ddysgu-ar-y-cyd/"' in page
    assert read("/cy/cronfa/ceisiadau/e-ddysgu-ar-y-cyd/")


def test_the_table_of_councils_and_topics_counts_named_partners_and_marks_our_reading(facts):
    one_round = Round.objects.get()
    rows = matrix_of(Bid.objects.public().with_row(), one_round.topics.all())
    counts = {row.council.slug_en: [len(cell.bids) for cell in row.cells] for row in rows}
    assert counts["torfaen"] == [0, 1, 0, 1]
    assert counts["carmarthenshire"] == [2, 0, 0, 0]
    assert "gwent-police" not in counts
    assert len(counts) == 11
    inferred = {row.council.slug_en for row in rows if row.cells[0].inferred}
    assert inferred == {"caerphilly", "blaenau-gwent", "merthyr-tydfil"}


def test_the_table_of_a_council_leads_to_its_bids_of_the_topic(facts):
    one_round = Round.objects.get()
    council = Organisation.objects.get(slug_en="torfaen")
    topic = one_round.topics.get(slug_en="digital-inclusion")
    page = read(f"{url('bid_list')}?topic={topic.pk}&council={council.pk}")
    assert "1 bid<" in page
    assert url("bid_page", slug="digital-exclusion-evidence-gwent") in page


@pytest.mark.parametrize(("query", "count"), [("q=newport", 2), ("q=dysgu", 1), ("round=", 5), ("q=zzz", 0)])
def test_the_public_list_is_filtered(facts, query, count):
    page = read(f"{url('bid_list')}?{query}")
    assert f"{count} bid{'' if count == 1 else 's'}<" in page


def test_the_front_page_of_the_fund_says_what_it_is_and_lists_its_rounds(facts):
    page = words(read(url("front")))
    assert "Created in 2018" in page
    assert "Progressed bids: 5" in page
    assert "Budget : £1,000,000" in page or "Budget: £1,000,000" in page


def test_the_round_that_is_open_stands_first_on_the_front_page(facts):
    open_round(year="2015-16", name_en="An open round")
    page = read(url("front"))
    assert page.index("An open round") < page.index("Closed<")


def test_the_front_page_without_anything_published_says_so():
    assert "No round is published yet." in read(url("front"))


def test_a_demonstration_round_says_so_and_is_counted_nowhere(facts, settings):
    settings.DEMO = True
    one_round = open_round(is_demo=True, slug_en="demo", slug_cy="enghraifft")
    draft(person(Role.OFFICER), one_round)
    assert "Demonstration: invented data" in read(url("round_page", slug="demo"))
    assert not Bid.objects.public().filter(round=one_round).exists()
    shown = panels.front_panel(RequestFactory().get("/"), None)
    assert shown.context["round"].slug_en == "2022-23"
    assert shown.context["round"].progressed == 5


def test_a_demonstration_person_starts_no_bid_in_a_real_round(signed_in, settings):
    settings.DEMO = True
    real, demo = open_round(), open_round(is_demo=True)
    client = signed_in(person(Role.OFFICER, email="x@example.org", demo_slug="somebody"))
    assert client.get(url("bid_start", slug=real.slug_en)).status_code == 403
    assert client.get(url("bid_start", slug=demo.slug_en)).status_code == 200


def test_an_open_round_shows_its_stages_and_questions_and_offers_to_start(signed_in):
    one_round = open_round()
    question = one_round.questions.first()
    page = words(read(url("round_page", slug=one_round.slug_en), signed_in(person(Role.OFFICER))))
    assert f"{question.label.en} (up to 20 words)" in page
    assert "Problem statements" in page
    assert "Start a bid" in page
    assert "Start a bid" not in words(read(url("round_page", slug=one_round.slug_en), signed_in(person(Role.TEAM))))


# --- What lists cost -------------------------------------------------------------------------------
def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_public_list_costs_the_same_at_one_row_and_at_thirty():
    one_round = RoundFactory(is_historic=True)
    PartnerFactory(bid=HistoricBidFactory(round=one_round), status="unknown")
    address, client = url("bid_list"), Client()
    few = queries(client, address)
    for _number in range(29):
        PartnerFactory(bid=HistoricBidFactory(round=one_round), status="unknown")
    assert queries(client, address) == few <= MOST_QUERIES


def test_the_lists_of_a_council_and_of_the_fund_manager_cost_the_same_at_one_row_and_at_thirty(signed_in):
    one_round, officer = open_round(), person(Role.OFFICER)
    manager = person(Role.FUND_MANAGER)
    pages = [
        (signed_in(officer), url("bid_own")),
        (signed_in(officer), url("front")),
        (signed_in(manager), url("submission_list")),
        (signed_in(manager), url("front")),
    ]

    def send() -> None:
        bid = draft(officer, one_round)
        actions.bid_submit(bid=bid, by=officer)
        PartnerFactory(bid=bid)

    send()
    few = [queries(client, address) for client, address in pages]
    for _number in range(29):
        send()
    assert [queries(client, address) for client, address in pages] == few
    assert max(few) <= MOST_QUERIES


def test_a_bids_own_pages_cost_the_same_however_many_questions_and_partners(signed_in):
    small, large = (draft(person(Role.OFFICER), open_round(questions=number)) for number in (1, 20))
    for _number in range(10):
        PartnerFactory(bid=large)
    PartnerFactory(bid=small)
    for name in ("bid_page", "bid_read", "partner_list", "bid_submit"):
        costs = {queries(signed_in(bid.started_by), url(name, slug=bid.slug)) for bid in (small, large)}
        assert len(costs) == 1, name
        assert max(costs) <= 20, name


def test_what_needs_you_costs_the_same_at_one_bid_and_at_ten():
    one_round, officer = open_round(), person(Role.OFFICER)
    draft(officer, one_round)
    assert officer.roles
    with CaptureQueriesContext(connection) as few:
        assert len(list(panels.bids_to_finish(officer))) == 1
    for _number in range(9):
        draft(officer, one_round)
    with CaptureQueriesContext(connection) as many:
        assert len(list(panels.bids_to_finish(officer))) == 10
    assert len(few) == len(many)


# --- The fund manager's list -----------------------------------------------------------------------
def test_the_fund_manager_filters_what_was_submitted(signed_in):
    one_round = open_round()
    bids = [draft(person(Role.OFFICER), one_round, title=f"Number {number}") for number in range(3)]
    for bid in bids[:2]:
        actions.bid_submit(bid=bid, by=bid.started_by)
    actions.bid_withdraw(bid=bids[1], by=bids[1].started_by)
    client, address = signed_in(person(Role.FUND_MANAGER)), url("submission_list")
    everything = read(address, client)
    assert "Number 0" in everything
    assert "Number 1" in everything
    assert "Number 2" not in everything
    assert "Number 0" not in read(f"{address}?status=withdrawn", client)
    assert "Number 1" not in read(f"{address}?council={bids[0].lead_id}", client)
    assert "Number 0" in read(f"{address}?sort=-received&topic={bids[0].topic_id}", client)
    assert read(f"{address}?status=draft", client).count("Number") == 2
    Bid.objects.filter(pk=bids[1].pk).update(title="Rewritten")
    assert "Number 1" in read(f"{address}?q=number", client)
    assert "Number 1" not in read(f"{address}?q=rewritten", client)


def test_a_title_in_the_other_language_says_so(signed_in):
    officer = person(Role.OFFICER)
    actions.bid_submit(bid=draft(officer, language="cy", title="Llythyrau"), by=officer)
    assert '<span lang="cy">Llythyrau</span>' in read(url("submission_list"), signed_in(person(Role.FUND_MANAGER)))
    assert '<span lang="cy">Llythyrau</span>' in read(url("bid_own"), signed_in(officer))
    assert '<span lang="cy">Llythyrau</span>' not in read(url("bid_own", "cy"), signed_in(officer))


# --- Panels and what needs you ---------------------------------------------------------------------
def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_an_organisation_shows_its_published_bids_and_to_its_own_people_their_drafts(facts):
    council = Organisation.objects.get(slug_en="torfaen")
    officer = person(Role.OFFICER, organisation=council)
    bid = draft(officer)
    public = panels.organisation_panel(request_of(AnonymousUser()), council)
    assert [part for _bid, part, _others in public.context["rows"]] == ["partner", "partner"]
    own = panels.organisation_panel(request_of(officer), council)
    assert (bid, "lead", []) in own.context["rows"]
    police = Organisation.objects.get(slug_en="gwent-police")
    rows = panels.organisation_panel(request_of(officer), police).context["rows"]
    assert [part for _bid, part, _others in rows] == ["possible partner"]
    assert panels.organisation_panel(request_of(officer), person(Role.OFFICER).memberships.get().organisation) is None


def test_the_front_page_of_the_programme_shows_nothing_before_a_round_is_published():
    assert panels.front_panel(RequestFactory().get("/"), None) is None


def test_an_officer_is_reminded_of_the_bid_and_a_digital_lead_of_the_consent():
    officer = person(Role.OFFICER)
    bid = draft(officer, title="Letters")
    partner = PartnerFactory(bid=bid)
    digital_lead = person(Role.DIGITAL_LEAD, organisation=partner.organisation)
    closes_at = bid.round.stages.get().closes_at
    needs = [need for need in needs_of(officer) if "Letters" in need.text]
    assert [(need.text, need.url, need.due) for need in needs] == [
        ("Finish and submit the bid “Letters”", bid.get_absolute_url(), closes_at)
    ]
    asked = [need for need in needs_of(digital_lead) if "Letters" in need.text]
    assert [(need.url, need.due) for need in asked] == [(partner.get_absolute_url(), closes_at)]
    assert not [need for need in needs_of(person(Role.OFFICER)) if "Letters" in need.text]


def test_a_withdrawn_bid_is_called_to_mind_and_a_submitted_one_calls_the_fund_manager():
    officer, manager = person(Role.OFFICER), person(Role.FUND_MANAGER)
    bid = draft(officer, title="Letters")
    assert list(panels.bids_to_read(manager)) == []
    actions.bid_submit(bid=bid, by=officer)
    assert [need.text for need in panels.bids_to_read(manager)] == ["1 submitted bid to read"]
    assert list(panels.bids_to_read(officer)) == []
    assert list(panels.bids_to_finish(officer)) == []
    actions.bid_withdraw(bid=bid, by=officer)
    assert [need.text for need in panels.bids_to_finish(officer)] == [
        "The bid “Letters” is withdrawn: submit it again if it is to count"
    ]


def test_nothing_is_called_for_when_the_round_is_over():
    officer = person(Role.OFFICER)
    bid = draft(officer, open_round(closes_at=timezone.now() - timedelta(hours=1)))
    partner = PartnerFactory(bid=bid)
    digital_lead = person(Role.DIGITAL_LEAD, organisation=partner.organisation)
    assert list(panels.bids_to_finish(officer)) == []
    assert list(panels.consents_to_give(digital_lead)) == []


def test_who_cannot_write_in_a_bid_is_not_called_to_finish_it():
    bid = draft(person(Role.OFFICER))
    assert list(panels.bids_to_finish(person(Role.DIGITAL_LEAD, organisation=bid.lead))) == []


def test_each_thing_says_what_it_is():
    with override("en"):
        bid = draft(person(Role.OFFICER), title="Letters")
        partner = PartnerFactory(bid=bid)
        assert str(bid) == "Letters"
        assert str(partner) == str(partner.organisation.name)
        assert str(bid.round.stages.get()) == "Problem statements"
        assert str(bid.round) == bid.round.name.en


def test_a_round_whose_source_has_no_day_names_the_source_alone():
    one_round = RoundFactory(source_en="A report", source_cy="Adroddiad")
    assert str(lines.source_line(one_round)) == "A report"


def test_rows_of_the_fund_name_themselves(facts):
    one_round = Round.objects.get()
    assert str(one_round.fund) == "Digital Transformation Fund"
    assert one_round.fund.get_absolute_url() == "/en/fund/"
    assert str(one_round.stated_process).startswith("WLGA")
    assert str(one_round.topics.first()) == "Digital Skills"
    assert one_round.topics.first().slug == "digital-skills"
    bid = draft(person(Role.OFFICER))
    answer = bid.answers_in_order().first()
    assert str(answer) == f"{bid.pk}: {answer.question_id}"
    assert str(answer.question) == answer.question.label_en
    assert str(actions.bid_submit(bid=bid, by=bid.started_by)) == f"{bid.reference}, 1"


def test_an_organisation_with_many_bids_shows_the_first_and_leads_to_the_rest(signed_in):
    officer, one_round = person(Role.OFFICER), open_round()
    council = officer.memberships.get().organisation
    for _number in range(panels.SHOWN + 1):
        draft(officer, one_round)
    shown = panels.organisation_panel(request_of(officer), council).context
    assert len(shown["rows"]) == panels.SHOWN
    assert shown["more_url"] == f"{url('bid_list')}?council={council.pk}"
    assert shown["own_url"] == url("bid_own")
