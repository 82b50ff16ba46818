"""What is public of awards and learning: pages, figures, 360Giving; and the fund manager's files."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import exports, giving360
from fund.actions import variations
from fund.linking import BIDS
from fund.models import Award, BidProject, Learning, MonitoringReport
from organisations.models import Organisation
from projects.linking import link_add
from tests.factories.fund_assessing import closed_round, scored, sent
from tests.factories.fund_awards import (
    AwardFactory,
    LearningFactory,
    MonitoringReportFactory,
    TransactionFactory,
    VariationFactory,
    accepted,
    awarded,
)
from tests.factories.people import person
from tests.factories.projects import ProjectFactory
from wlga_portal.kernel.exports import export_url
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Export

from .conftest import url
from .test_awards import lead_of, manager

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def text_of(client: Any, name: str, **parts: Any) -> str:
    return client.get(url(name, **parts)).content.decode()


def many(one_round: Any, count: int) -> list[Award]:
    """Accepted awards of a round, written straight into their rows."""
    made = [AwardFactory(bid=sent(one_round, stage="proposals")) for _number in range(count)]
    for one in made:
        signed = {"accepted_at": timezone.now(), "accepted_by": one.bid.started_by}
        Award.objects.filter(pk=one.pk).update(status="accepted", **signed)
    return made


def table_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_an_award_is_public_once_the_lead_has_accepted_it_and_never_an_invented_one(signed_in, settings):
    settings.DEMO = True
    offered, known, made_up = awarded(), accepted(), accepted(is_demo=True)
    anybody = signed_in(None)
    page = text_of(anybody, "award_list")
    assert known.bid.title in page
    assert "1 award<" in page
    for one in (offered, made_up):
        assert anybody.get(url("award_shown", slug=one.bid.slug)).status_code == 404
        assert one.bid.reference not in anybody.get(url("award_data")).content.decode()
    assert anybody.get(url("award_shown", slug=known.bid.slug)).status_code == 200
    demonstration = signed_in(person(Role.OFFICER, demo_slug="somebody"))
    assert demonstration.get(url("award_shown", slug=made_up.bid.slug)).status_code == 200
    assert demonstration.get(url("award_shown", slug=known.bid.slug)).status_code == 404


def test_the_page_of_an_award_shows_shares_projects_and_what_was_learned_and_nothing_else(signed_in):
    award = accepted(amount=10_000_00)
    project, secret = ProjectFactory(), TransactionFactory(claim__award=award, supplier="Only for the councils")
    link_add(BIDS, project, award.bid, by=manager())
    LearningFactory(award=award, published_on=TODAY)
    LearningFactory(award=award, title_en="A draft of it", title_cy="Drafft")
    page = text_of(signed_in(None), "award_shown", slug=award.bid.slug)
    assert [name in page for name in ("£8,000", "£2,000", str(project.title), "Ask early")] == [True] * 4
    assert [name in page for name in (secret.supplier, "A draft of it", "all that is kept")] == [False] * 3
    assert "all that is kept" in text_of(signed_in(lead_of(award)), "award_shown", slug=award.bid.slug)


def test_the_figures_count_each_award_by_year_topic_and_council(signed_in):
    award, client = accepted(), signed_in(None)
    partner = award.shares.exclude(organisation=award.bid.lead).get().organisation
    rows = {kind: table_of(client.get(url("award_figures"), {"of": kind})) for kind in ("year", "topic", "council")}
    assert rows["year"][1:] == [[award.bid.round.year, "10000.0"]]
    assert rows["topic"][1:] == [[str(award.bid.topic.name), "10000.0"]]
    counted = {row[0]: row[-1] for row in rows["council"][1:]}
    assert counted.get(str(award.bid.lead.name), "1") == counted.get(str(partner.name), "1") == "1"
    assert {value for name, value in counted.items() if name not in {str(award.bid.lead.name), str(partner.name)}} <= {
        "0"
    }


def test_the_list_of_awards_is_narrowed_and_costs_the_same_at_one_and_at_30(signed_in, django_assert_max_num_queries):
    one_round, counts, client = closed_round(stage="panel", budget_pence=1_000_000_00), [], signed_in(None)
    first = accepted(one_round=one_round, title="Letters")
    client.get(url("award_list"))
    for more in (0, 29):
        many(one_round, more)
        with django_assert_max_num_queries(12) as asked:
            client.get(url("award_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    narrowed = client.get(url("award_list"), {"q": "letters", "council": first.bid.lead_id, "year": one_round.year})
    assert "1 award<" in narrowed.content.decode()
    client = signed_in(manager())
    with django_assert_max_num_queries(12):
        page = client.get(url("award_own")).content.decode()
    assert "30 awards" in page
    data = client.get(url("award_data")).json()
    assert len(data["grants"]) == 31
    assert giving360.faults(data) == []


def test_an_award_of_two_councils_is_two_related_grants_with_the_ten_core_fields(signed_in):
    award = accepted()
    Organisation.objects.filter(pk=award.bid.lead_id).update(org_id="GB-PLA-XYZ")
    Award.objects.filter(pk=award.pk).update(ends_on=TODAY + timedelta(days=90))
    response = signed_in(None).get(url("award_data"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="awards-360giving.json"'
    data = json.loads(response.content)
    first, second = data["grants"]
    assert [one["amountAwarded"] for one in (first, second)] == [8_000, 2_000]
    assert first["relatedActivity"] == [second["id"]]
    assert second["relatedActivity"] == [first["id"]]
    lead = award.bid.lead
    assert first["recipientOrganization"] == [{"id": "GB-PLA-XYZ", "name": lead.name.en}]
    assert second["recipientOrganization"][0]["id"].startswith("360G-wlga-org:")
    assert first["beneficiaryLocation"][0]["geoCode"] == lead.gss_code
    assert first["url"] == f"http://testserver/en/fund/awards/{award.bid.slug}/"
    assert first["plannedDates"][0]["endDate"] == f"{TODAY + timedelta(days=90):%Y-%m-%d}"
    assert first["dateModified"] == timezone.localtime(award.accepted_at).isoformat()
    change = VariationFactory(award=award, new_amount_pence=12_000_00)
    variations.variation_answer(variation=change, event="agree", why="", by=manager())
    agreed = StatusChange.of(change).get()
    changed = signed_in(None).get(url("award_data")).json()["grants"][0]
    assert (changed["amountAwarded"], changed["dateModified"]) == (9_600, timezone.localtime(agreed.at).isoformat())
    rows = table_of(signed_in(None).get(url("award_table")))
    assert rows[0][:6] == ["Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date"]
    assert [row[0] for row in rows[1:]] == [first["id"], second["id"]]


def test_what_is_wrong_with_the_data_is_said_in_sentences():
    data: dict[str, Any] = {
        "grants": [
            {"id": "a", "relatedActivity": ["c"], "recipientOrganization": [{"id": "x"}]},
            {"id": "a", "title": "T"},
        ]
    }
    found = giving360.faults(data)
    assert "a: no title" in found
    assert "a: recipientOrganization has no name" in found
    assert "a: twice" in found
    assert "a: c is not there" in found


def test_the_library_holds_what_is_published_and_is_searched_in_both_languages(signed_in):
    row = LearningFactory(published_on=TODAY)
    LearningFactory(award=row.award, title_en="A draft of it", title_cy="Drafft ohono")
    client = signed_in(None)
    page = text_of(client, "learning_list")
    assert "Ask early" in page
    assert "A draft of it" not in page
    assert "Gofynnwch yn gynnar" in client.get(url("learning_list", "cy")).content.decode()
    for words, found in (("gynnar", True), ("early", True), ("late", False)):
        assert ("Ask early" in client.get(url("learning_list"), {"q": words}).content.decode()) is found
    assert "Ask early" not in client.get(url("learning_list"), {"kind": "output"}).content.decode()
    assert Learning.objects.published().count() == 1


def test_an_award_is_linked_to_a_project_by_the_fund_manager_alone(signed_in):
    award, project = accepted(partner_pence=None), ProjectFactory()
    address = url("award_project", slug=award.bid.slug)
    assert signed_in(lead_of(award)).post(address, {"project": project.pk}).status_code == 403
    client = signed_in(manager())
    client.post(address, {"project": project.pk})
    assert BidProject.objects.get().bid == award.bid
    assert str(project.title) in text_of(client, "award_page", slug=award.bid.slug)
    assert "valid choice" in client.post(address, {"project": project.pk}).content.decode()


def test_reports_are_asked_for_of_many_awards_at_once(signed_in):
    one_round = closed_round(stage="panel", budget_pence=1_000_000_00)
    awards = many(one_round, 3)
    day = TODAY + timedelta(days=30)
    MonitoringReportFactory(award=awards[0], due_on=day)
    asked = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    client = signed_in(manager())
    assert "Choose an answer" in client.post(url("reports_ask"), asked).content.decode()
    chosen = asked | {"awards": [award.pk for award in awards]}
    page = client.post(url("reports_ask"), chosen, follow=True).content.decode()
    assert "2 reports are asked for." in page
    assert MonitoringReport.objects.filter(due_on=day).count() == 3
    assert signed_in(lead_of(awards[0])).get(url("reports_ask")).status_code == 403


def test_the_fund_manager_sees_what_waits_and_narrows_to_it(signed_in):
    one_round = closed_round(stage="panel", budget_pence=1_000_000_00)
    waiting, quiet = many(one_round, 2)
    MonitoringReportFactory(award=waiting, status="submitted", progress="Done", submitted_at=timezone.now())
    client = signed_in(manager())
    page = client.get(url("award_own"), {"waits": "reports"}).content.decode()
    assert waiting.bid.title in page
    assert quiet.bid.title not in page
    assert "reports to read" in page
    assert "reports to read" not in text_of(signed_in(lead_of(quiet)), "award_own")
    assert quiet.bid.title in client.get(url("award_own"), {"status": "accepted"}).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("of", "rows"), [("bids", 2), ("scores", 2), ("awards", 1), ("claims", 1)])
def test_the_fund_managers_files_are_made_in_the_background(signed_in, of, rows, kind):
    TransactionFactory(claim__award=accepted())
    scored()
    client = signed_in(manager())
    response = client.post(url("export_start"), {"of": of, "format": kind})
    job = Export.objects.get()
    assert (job.status, job.done, response.headers["Location"]) == ("waiting", 0, export_url(job))
    run_jobs()
    job.refresh_from_db()
    assert (job.status, job.done) == ("done", rows)
    assert "Ready" in client.get(export_url(job)).content.decode()


def test_files_are_for_the_fund_manager_and_a_wrong_wish_makes_none(signed_in):
    award = accepted()
    assert signed_in(lead_of(award)).post(url("export_start"), {"of": "bids", "format": "csv"}).status_code == 403
    assert signed_in(manager()).post(url("export_start"), {"of": "secrets"}).status_code == 302
    assert not Export.objects.exists()
    for rows in (exports.bids, exports.scores, exports.awards, exports.claims):
        assert list(rows(lead_of(award), {})) == []
