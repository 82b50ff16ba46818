"""Annual reports: what they show, which figures are counted and which stated, and how they are frozen."""

import hashlib
import json
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from accounts.roles import Role
from projects.actions.reports import report_freeze
from projects.annual import figure_text, hash_of, in_language, report_of, written
from projects.models import Project, ReportSnapshot
from projects.reports import basis_said
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.posts import ColumnSetFactory, ReportSnapshotFactory
from tests.factories.projects import (
    DeliverableFactory,
    DeliveryPlanFactory,
    FundingLineFactory,
    MilestoneFactory,
    PlanProjectFactory,
    ProjectCostFactory,
    ProjectFactory,
    SourceFactory,
    StatusUpdateFactory,
)
from tests.factories.training import BookingFactory, SessionFactory, StatedTotalFactory
from training.models import Course
from wlga_portal.kernel.figures import Basis, Figure
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REPORT, WELSH = "/en/projects/plans/2024-25/report/", "/cy/prosiectau/cynlluniau/2024-25/adroddiad/"
OFFICERS = {
    "title_en": "Officers trained here",
    "title_cy": "Swyddogion yma",
    "unit_en": "officers",
    "unit_cy": "swyddogion",
}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def plan():
    return DeliveryPlanFactory(
        year="2024-25", title_en="Plan of the year", title_cy="Cynllun y flwyddyn", grant_pence=12_345_600
    )


@pytest.fixture
def team(client):
    user = person(Role.TEAM)
    client.force_login(user, backend=BACKEND)
    return user


def attended(number: int, **fields: Any) -> None:
    """So many people who came to a session of the year of the plan."""
    start = datetime(2024, 9, 2, 10, tzinfo=ZoneInfo("Europe/London"))
    session = SessionFactory(starts_at=start, ends_at=start + timedelta(hours=2), cut_off_at=start, capacity=50)
    Course.objects.filter(pk=session.course_id).update(**fields)
    for _number in range(number):
        BookingFactory(session=session, status="attended", standing="staff")


# --- What it shows --------------------------------------------------------------------------------
def test_the_report_shows_every_deliverable_with_target_actual_outcome_and_evidence(client, plan):
    source = SourceFactory(title_en="The update", title_cy="Y diweddariad")
    DeliverableFactory(
        plan=plan, title_en="Discoveries", title_cy="Darganfyddiadau", target=5, actual=4, unit_en="discoveries",
        unit_cy="darganfyddiadau", outcome="not_met", evidence_en="Four reports", evidence_cy="Pedwar adroddiad",
        evidence_url="https://example.org/reports", source=source,
    )  # fmt: skip
    DeliverableFactory(plan=plan, title_en="A conference", outcome="met", note_en="Held online.", note_cy="Ar-lein.")
    DeliverableFactory(plan=plan, title_en="Nothing said")
    english = text_of(client.get(REPORT))
    for said in (
        "Plan of the year", "£123,456", "5 discoveries", "4 discoveries", "Not met", "Four reports",
        'href="https://example.org/reports"', "Stated, not computed: The update, 28 October 2022.", "Held online.",
        "Only the outcome is stated.", "Nothing is published yet.",
    ):  # fmt: skip
        assert said in english
    welsh = text_of(client.get(WELSH))
    for said in (
        "Cynllun y flwyddyn",
        "5 darganfyddiadau",
        "Pedwar adroddiad",
        "Adroddiad blynyddol",
    ):
        assert said in welsh


def test_officers_trained_are_computed_where_the_register_has_rows(client, plan):
    DeliverableFactory(plan=plan, **OFFICERS, target=250, actual=7, measured_by="officers_trained")
    attended(3)
    said = report_of(plan)["deliverables"][0]
    assert (said["actual"], said["basis"], said["rows"]) == ({"en": "3 officers", "cy": "3 swyddogion"}, "counted", 3)
    english = text_of(client.get(REPORT))
    assert "3 officers" in english
    assert "Computed from the training register: 3 attended bookings." in english
    assert "7 officers" not in english
    assert 'href="/en/training/how-it-is-counted/?year=2024-25"' in english


def test_officers_trained_are_stated_where_the_register_has_none(client, plan):
    DeliverableFactory(plan=plan, **OFFICERS, target=250, measured_by="officers_trained")
    StatedTotalFactory(
        plan_year="2024-25", kind="officers_trained", value=261, over=None, source_en="The update",
        note_en="Counted by hand.", note_cy="Cyfrifwyd â llaw.",
    )  # fmt: skip
    StatedTotalFactory(plan_year="2024-25", kind="learning_opportunities", value=None, over=400)
    attended(2, is_demo=True)
    said = report_of(plan)
    assert (said["deliverables"][0]["actual"], said["deliverables"][0]["basis"]) == (
        {"en": "261", "cy": "261"},
        "stated",
    )
    assert [one["figure"] and one["figure"]["en"] for one in said["training"]] == ["261", "over 400"]
    english = text_of(client.get(REPORT))
    assert "Stated, not computed: The update" in english
    assert "Counted by hand." in english


def test_a_register_without_rows_and_without_a_source_is_not_published_and_not_nought(plan):
    DeliverableFactory(plan=plan, **OFFICERS, target=250, measured_by="officers_trained")
    said = report_of(plan)
    assert (said["deliverables"][0]["actual"], said["deliverables"][0]["basis"]) == (None, "none")
    assert [(one["figure"], one["basis"]) for one in said["training"]] == [(None, "none"), (None, "none")]


def test_the_demonstrations_report_counts_the_demonstrations_rows(settings, client):
    demo = DeliveryPlanFactory(year="2024-25", slug_en="demo", is_demo=True)
    DeliverableFactory(plan=demo, **OFFICERS, measured_by="officers_trained")
    attended(2, is_demo=True)
    assert report_of(demo)["deliverables"][0]["rows"] == 2
    settings.DEMO = False
    assert client.get("/en/projects/plans/demo/report/").status_code == 404


def test_a_range_says_both_numbers(plan):
    found = Figure(Basis.COUNTED, 248, 255, rows=400)
    assert figure_text(found) == "248 to 255"
    from projects.annual import counted_text

    assert counted_text(DeliverableFactory(plan=plan, **OFFICERS), found) == "248 to 255 officers"
    assert basis_said("stated", 0, None) == "Stated by the team, not computed."


def test_the_money_says_what_is_published_and_no_more(client, plan):
    FundingLineFactory(
        plan=plan, source=BodyFactory(name_en="Welsh Government"), title_en="", title_cy="", amount_pence=5_000_00
    )
    FundingLineFactory(plan=plan, title_en="Top-slice", title_cy="Brigdoriad", source=None, amount_pence=None)
    one, two = (PlanProjectFactory(plan=plan).project for _number in range(2))
    ProjectCostFactory(project=one, year="2024-25", kind="baseline", amount_pence=1_000_00)
    ProjectCostFactory(project=one, year="2024-25", kind="actual", amount_pence=1_200_00)
    ProjectCostFactory(project=two, year="2024-25", kind="actual", amount_pence=300_00)
    ProjectCostFactory(project=two, year="2025-26", kind="forecast", amount_pence=999_00)
    money = report_of(plan)["money"]
    assert money["spend"] == {"baseline": 100_000, "forecast": None, "actual": 150_000}
    assert [(line["from"]["en"], line["amount_pence"]) for line in money["funding"]] == [
        ("Welsh Government", 500_000),
        ("Top-slice", None),
    ]
    english = text_of(client.get(REPORT))
    for said in ("£5,000", "£1,500", "Top-slice"):
        assert said in english
    assert "£999" not in english


def test_the_projects_stand_in_the_printed_order_with_their_confidence(client, plan):
    listing = PlanProjectFactory(plan=plan, project=ProjectFactory(title_en="Maps", phase="alpha"), position=2)
    PlanProjectFactory(plan=plan, project=ProjectFactory(title_en="Forms"), position=1)
    StatusUpdateFactory(project=listing.project, reason_en="All well.")
    MilestoneFactory(project=listing.project, actual=datetime(2026, 11, 1).date())
    MilestoneFactory(project=listing.project)
    said = report_of(plan)["projects"]
    assert [one["title"]["en"] for one in said] == ["Forms", "Maps"]
    assert (said[1]["confidence"], said[1]["milestones"], said[1]["reached"]) == ("green", 2, 1)
    StatusUpdateFactory(project__title_en="Old", for_date=date(2024, 5, 1), project__slug_en="old")
    PlanProjectFactory(plan=plan, project=Project.objects.get(slug_en="old"), position=3)
    english = text_of(client.get(REPORT))
    assert "Unconfirmed" in english
    assert "1 of 2" in english
    assert "All well." in english
    assert f'href="/en/projects/{listing.project.slug_en}/"' in english


def test_the_report_costs_the_same_for_one_row_and_for_thirty(client, plan, django_assert_num_queries):
    def one() -> None:
        project = PlanProjectFactory(plan=plan).project
        StatusUpdateFactory(project=project)
        MilestoneFactory(project=project)
        ProjectCostFactory(project=project, year="2024-25", kind="actual")
        DeliverableFactory(plan=plan, source=SourceFactory())

    one()
    client.get(REPORT)
    with django_assert_num_queries(11) as counted:
        client.get(REPORT)
    for _number in range(29):
        one()
    with django_assert_num_queries(len(counted)):
        client.get(REPORT)


# --- Frozen ---------------------------------------------------------------------------------------
def test_a_frozen_report_stays_as_it_was_with_its_hash(client, plan, team):
    deliverable = DeliverableFactory(plan=plan, title_en="Before", title_cy="Cynt", target=5, unit_en="u", unit_cy="u")
    answer = client.post(f"{REPORT}freeze/", follow=True)
    assert "The report is frozen. It never changes; a later one gets the next number." in text_of(answer)
    snapshot = ReportSnapshot.objects.get()
    assert (snapshot.number, snapshot.by, snapshot.data["schema"]) == (1, team, 1)
    assert snapshot.sha256 == hashlib.sha256(snapshot.content.encode()).hexdigest()
    type(deliverable).objects.update(title_en="After")
    client.logout()
    assert "After" in text_of(client.get(REPORT))
    frozen = text_of(client.get(f"{REPORT}1/"))
    assert "Before" in frozen
    assert "After" not in frozen
    assert snapshot.sha256 in frozen
    assert "Cynt" in text_of(client.get(f"{WELSH}1/"))
    data = client.get(f"{REPORT}1/data.json")
    assert hashlib.sha256(data.content).hexdigest() == snapshot.sha256
    assert json.loads(data.content)["deliverables"][0]["title"] == {"en": "Before", "cy": "Cynt"}
    assert client.get(f"{REPORT}2/").status_code == 404


def test_the_same_report_is_frozen_once_and_a_changed_one_gets_the_next_number(client, plan, team):
    report_freeze(plan, by=team)
    with pytest.raises(Refused, match="frozen already"):
        report_freeze(plan, by=team)
    assert "This report is frozen already as it stands." in text_of(client.post(f"{REPORT}freeze/", follow=True))
    DeliverableFactory(plan=plan)
    assert report_freeze(plan, by=team).number == 2
    page = text_of(client.get(f"{REPORT}2/"))
    assert "(this one)" in page
    assert f'href="{REPORT}1/"' in page


def test_nobody_changes_or_deletes_a_frozen_report(plan, team):
    snapshot = report_freeze(plan, by=team)
    for sql in ("UPDATE projects_reportsnapshot SET content = ''", "DELETE FROM projects_reportsnapshot"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)
    assert ReportSnapshot.objects.get() == snapshot


def test_only_the_team_freezes(client, plan):
    assert client.post(f"{REPORT}freeze/").url.startswith("/en/account/sign-in/")
    for role in (Role.OFFICER, Role.DIGITAL_LEAD, Role.FUND_MANAGER):
        client.force_login(person(role, organisation=CouncilFactory()), backend=BACKEND)
        assert client.post(f"{REPORT}freeze/").status_code == 403
        assert "Freeze the report" not in text_of(client.get(REPORT))
    with pytest.raises(NotAllowed):
        report_freeze(plan, by=person(Role.OFFICER))
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    assert "Freeze the report as it stands" in text_of(client.get(REPORT))
    assert client.get(f"{REPORT}freeze/").status_code == 405


def test_the_text_of_a_report_is_the_same_for_the_same_report():
    assert written({"b": 1, "a": {"en": "x", "cy": "ŵ"}}) == '{"a":{"cy":"ŵ","en":"x"},"b":1}'
    assert hash_of("ŵ") == hashlib.sha256("ŵ".encode()).hexdigest()
    assert in_language({"a": {"en": "x", "cy": ""}, "b": [{"en": "e", "cy": "c"}, None]}, "cy") == {
        "a": "x",
        "b": ["c", None],
    }


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("deliverable_measure_known", lambda: DeliverableFactory(measured_by="guess")),
        ("reportsnapshot_number_once", lambda: ReportSnapshotFactory(plan=ReportSnapshotFactory().plan)),
        ("reportsnapshot_number_from_one", lambda: ReportSnapshotFactory(number=0)),
        ("reportsnapshot_hash_is_of_its_content", lambda: ReportSnapshotFactory(sha256="0" * 64)),
        ("columnset_titled_in_both", lambda: ColumnSetFactory(title_cy="")),
        ("columnset_has_columns", lambda: ColumnSetFactory(columns=[])),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()
