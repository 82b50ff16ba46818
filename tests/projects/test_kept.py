"""Kept pages: word for word, in both languages, whatever becomes of the tables."""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.keeping import READERS, SCHEMA, hashed, said_of
from projects.models import Project, ProjectPartner, Snapshot
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    DeliverableFactory,
    DeliveryPlanFactory,
    FundingLineFactory,
    LineageFactory,
    MilestoneFactory,
    PlanProjectFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    SnapshotFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEPT = Path(__file__).parent / "kept"


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def tables_of(client: Any, snapshot: Snapshot, language: str) -> str:
    """What a kept page shows between its title and its foot."""
    with override(language):
        text = client.get(snapshot.get_absolute_url()).content.decode()
    found = re.search(r'<h2 class="govuk-heading-m".*</table></div>', text, re.DOTALL)
    assert found
    return found.group(0) + "\n"


def full() -> Project:
    plan = DeliveryPlanFactory(title_en="Plan of 2031", title_cy="Cynllun 2031", grant_pence=120_000_00)
    project = PlanProjectFactory(plan=plan, project__title_en="Maps", project__title_cy="Mapiau").project
    project.aim_en, project.aim_cy, project.phase = "Draw maps", "Llunio mapiau", "alpha"
    project.save()
    council = CouncilFactory(name_en="Torfaen <b>", name_cy="Torfaen <b>")
    ProjectPartnerFactory(project=project, organisation=council)
    StatusUpdateFactory(project=project, reason_en="All well.", reason_cy="Popeth yn iawn.", internal="A secret")
    MilestoneFactory(project=project, title_en="First map", title_cy="Map cyntaf")
    DeliverableFactory(project=project, plan=plan, target=5, unit_en="maps", unit_cy="map", outcome="met")
    RiskFactory(project=project, title_en="Rain", title_cy="Glaw", is_public=True)
    RiskFactory(project=project, title_en="Hidden risk", title_cy="Risg gudd")
    ProjectCostFactory(project=project, amount_pence=12_50)
    FundingLineFactory(plan=plan, title_en="The grant", title_cy="Y grant")
    LineageFactory(later=project, earlier__title_en="Old maps", earlier__title_cy="Hen fapiau")
    return project


@pytest.mark.parametrize("schema", sorted(READERS))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_page_of_each_version_still_looks_as_it_did_when_it_was_kept(client, schema, language):
    said = json.loads((KEPT / f"schema_{schema}.json").read_text("utf-8"))
    snapshot = SnapshotFactory(schema=schema, said=said, sha256=hashed(said))
    golden = (KEPT / f"schema_{schema}_{language}.html").read_text("utf-8")
    assert tables_of(client, snapshot, language) == golden
    assert "Its hash still matches:" in text_of(client.get(f"/en/projects/kept/{snapshot.pk}/"))


def test_the_version_that_is_written_has_a_reader_and_a_kept_example():
    assert max(READERS) == SCHEMA
    assert (KEPT / f"schema_{SCHEMA}.json").exists()


def test_a_kept_page_holds_what_the_public_saw_in_both_languages(client):
    project = full()
    snapshot = actions.page_keep(project, None, by=person(Role.BOARD_MEMBER))
    english = text_of(client.get(snapshot.get_absolute_url()))
    for part in ("Maps", "Draw maps", "Green", "All well.", "Alpha", "Plan of 2031", "First map", "5 maps", "Met"):
        assert part in english
    for part in ("Rain", "£12.50", "Old maps continues as Maps.", "Torfaen <b>", "1 December 2026"):
        assert part in english
    assert ("A secret" in english, "Hidden risk" in english) == (False, False)
    with override("cy"):
        welsh = text_of(client.get(snapshot.get_absolute_url()))
    for part in ("Mapiau", "Llunio mapiau", "Popeth yn iawn.", "Map cyntaf", "Glaw", "1 Rhagfyr 2026"):
        assert part in welsh
    assert ("All well." in welsh, "Kept on" in welsh) == (False, False)


def test_a_plan_and_the_portfolio_are_kept_too(client):
    project = full()
    ProjectFactory(title_en="Invented", is_demo=True)
    plan, user = project.listings.get().plan, person(Role.TEAM)
    text = text_of(client.get(actions.page_keep(plan, None, by=user).get_absolute_url()))
    for part in ("Plan of 2031", "£120,000", "The grant", "Maps", "Alpha", "5 maps"):
        assert part in text
    text = text_of(client.get(actions.page_keep(None, None, by=user).get_absolute_url()))
    assert ("Maps" in text, "All projects" in text, "Invented" in text) == (True, True, False)


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_stays_equal_when_rows_change_and_when_a_migration_takes_columns_away(client, owner_connection):
    project = full()
    moment = timezone.now()
    Project.objects.filter(pk=project.pk).update(title_en="Later maps", phase="beta")
    ProjectPartner.objects.filter(project=project).delete()
    snapshot = actions.page_keep(project, moment, by=person(Role.TEAM))
    before = {language: tables_of(client, snapshot, language) for language in ("en", "cy")}
    assert ("Alpha" in before["en"], "Torfaen" in before["en"]) == (True, True)
    assert "Later maps" not in before["en"]
    owner_connection.execute("ALTER TABLE projects_project DROP COLUMN phase CASCADE")
    owner_connection.execute("ALTER TABLE projects_projectevent RENAME COLUMN aim_en TO purpose_en")
    owner_connection.execute("DROP TABLE projects_milestoneforecast CASCADE")
    assert {language: tables_of(client, snapshot, language) for language in ("en", "cy")} == before


@pytest.mark.django_db(transaction=True)
def test_a_page_as_at_a_moment_stays_equal_when_a_migration_adds_columns(client, owner_connection):
    """A column that is added later, with a default, is in the history too and must not change what a page said."""
    project = full()
    moment = timezone.now().isoformat()
    address = f"/en/projects/{project.slug_en}/"

    def main() -> str:
        text = client.get(address, {"as_at": moment}).content.decode()
        return text[text.index("<main") : text.index("</main>")]

    before = main()
    for table in ("projects_project", "projects_projectevent", "projects_milestone", "projects_milestoneevent"):
        owner_connection.execute(f"ALTER TABLE {table} ADD COLUMN later text NOT NULL DEFAULT 'new'")
    Project.objects.filter(pk=project.pk).update(title_en="Later maps")
    assert main() == before


def test_the_same_page_of_the_same_moment_is_kept_once():
    project, user = full(), person(Role.TEAM)
    moment = timezone.now()
    first = actions.page_keep(project, moment, by=user)
    assert actions.page_keep(project, moment, by=user) == first
    ahead = actions.page_keep(project, moment + timedelta(days=9), by=user)
    assert ahead.moment <= ahead.at
    assert first.said == said_of("project", project.pk, moment)


@pytest.mark.django_db(transaction=True)
def test_what_was_not_there_yet_is_not_kept():
    before = timezone.now()
    project = ProjectFactory()
    with pytest.raises(Refused, match="held nothing about this yet"):
        actions.page_keep(project, before, by=person(Role.TEAM))


def test_only_who_is_signed_in_keeps_a_page_and_everybody_reads_it(client):
    project = full()
    plan = project.listings.get().plan
    addresses = (
        f"/en/projects/{project.slug_en}/keep/",
        f"/en/projects/plans/{plan.slug_en}/keep/",
        "/en/projects/keep/",
    )
    for address in addresses:
        assert client.post(address, {"as_at": ""}).status_code == 302
    assert not Snapshot.objects.exists()
    with pytest.raises(NotAllowed):
        actions.page_keep(project, None, by=AnonymousUser())
    assert "Keep this page" not in text_of(client.get(f"/en/projects/{project.slug_en}/"))
    client.force_login(person(Role.OFFICER), backend=BACKEND)
    assert "Keep this page" in text_of(client.get(f"/en/projects/{project.slug_en}/"))
    for number, address in enumerate(addresses, start=1):
        assert client.get(address).status_code == 405
        assert "A kept page" in text_of(client.post(address, {"as_at": ""}, follow=True))
        assert Snapshot.objects.count() == number
    client.logout()
    for snapshot in Snapshot.objects.all():
        assert client.get(snapshot.get_absolute_url()).status_code == 200


def test_a_moment_that_cannot_be_kept_gets_a_sentence(client):
    project = full()
    client.force_login(person(Role.OFFICER), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/keep/"
    for asked, sentence in (("2999-01-01", "Choose a day that is past."), ("2001-01-01", "held nothing about this")):
        assert sentence in text_of(client.post(address, {"as_at": asked}, follow=True))


def test_kept_pages_of_the_demonstration_are_seen_in_its_mode_alone(client, settings):
    snapshot = actions.page_keep(ProjectFactory(is_demo=True), None, by=person(Role.TEAM))
    settings.DEMO = True
    assert client.get(f"/en/projects/kept/{snapshot.pk}/").status_code == 200
    settings.DEMO = False
    assert client.get(f"/en/projects/kept/{snapshot.pk}/").status_code == 404
    assert client.get("/en/projects/kept/999999/").status_code == 404


def test_the_kept_pages_are_listed_at_a_constant_cost(client):
    assert "No page is kept yet." in text_of(client.get("/en/projects/kept/"))
    counts = []
    for number in (1, 29):
        for _one in range(number):
            SnapshotFactory(said={"title": {"en": "Maps", "cy": "Mapiau"}, "tables": []})
        with CaptureQueriesContext(connection) as queries:
            text = text_of(client.get("/en/projects/kept/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert ("Maps</a>" in text, "30 kept pages" in text) == (True, True)
    assert "Mapiau</a>" in text_of(client.get("/cy/prosiectau/cadwyd/"))


def test_a_page_that_was_tampered_with_says_so(client):
    snapshot = SnapshotFactory(said={"title": {"en": "x", "cy": "y"}, "tables": []}, sha256="0" * 64)
    assert "Its hash does not match:" in text_of(client.get(f"/en/projects/kept/{snapshot.pk}/"))


def test_words_of_what_is_not_there():
    said = said_of("project", ProjectFactory(title_en="Bare").pk, timezone.now())
    facts = {row[0]["en"]: row[1] for row in said["tables"][0]["rows"]}
    assert facts["Phase"] == {"en": "not published", "cy": "heb ei gyhoeddi"}
    assert [table["heading"]["en"] for table in said["tables"]] == ["Facts"]
