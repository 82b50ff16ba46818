"""Lineage on its pages: drawn and told; the screens that make it and undo it, and who may open them."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.actions import Becomes
from projects.descent import family_of, lanes_of
from projects.models import LineageAction, Project, ProjectCost
from projects.states import Descent
from tests.factories.people import person
from tests.factories.projects import (
    LineageFactory,
    ProjectFactory,
)
from tests.projects.lineages import costs, full, head

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_the_family_is_whole_and_in_order_and_costs_three_queries():
    one, two, three, four = (ProjectFactory(title_en=name) for name in ("One", "Two", "Three", "Four"))
    LineageFactory(earlier=two, later=one, kind="merged_from")
    LineageFactory(earlier=three, later=one, kind="merged_from")
    LineageFactory(earlier=one, later=four)
    ProjectFactory(title_en="Stranger")
    with CaptureQueriesContext(connection) as queries:
        family = family_of(three)
    assert len(queries) == 3
    assert [project.title_en for project in family.projects] == ["Two", "Three", "One", "Four"]
    assert [lanes_of(family)[each.pk] for each in (two, three, one, four)] == [0, 1, 0, 0]
    LineageFactory(earlier=four, later=two)  # a circle is drawn too
    assert len(family_of(one).projects) == 4


def test_the_page_draws_and_tells_the_lineage_in_both_languages(client):
    events, blueprints = ProjectFactory(title_en="Life Events"), ProjectFactory(title_en="Service Blueprints")
    design = ProjectFactory(title_en="Life Events Service Design")
    for earlier in (events, blueprints):
        LineageFactory(earlier=earlier, later=design, kind="merged_from")
    text = unescape(client.get(f"/en/projects/{events.slug_en}/lineage/").content.decode())
    assert "<svg" in text
    assert "Service Blueprints leads to Life Events Service Design" in text
    assert "became <a" in text
    assert ("Undo this" in text, "Merge with other projects" in text) == (False, False)
    with override("cy"):
        welsh = unescape(client.get(f"/cy/prosiectau/{design.slug_cy}/llinach/").content.decode())
    assert "Unwyd" in welsh
    lonely = ProjectFactory()
    assert "none came of it" in client.get(f"/en/projects/{lonely.slug_en}/lineage/").content.decode()


# --- The screens ----------------------------------------------------------------------------------
def test_the_head_merges_sees_the_proof_and_undoes(client):
    first, second = full("Life Events"), full("Service Blueprints")
    client.force_login(head(), backend=BACKEND)
    base = f"/en/projects/{first.slug_en}/lineage/"
    assert f"{base}merge/" in client.get(base).content.decode()
    page = unescape(client.get(f"{base}merge/").content.decode())
    assert "£1,000.01" in page
    given = {"other": second.pk, "title_en": "Design", "title_cy": "Dylunio", "why": "One team"}
    response = client.post(f"{base}merge/", given, follow=True)
    text = unescape(response.content.decode())
    for part in ("Done. The totals are the same before and after.", "One team", "£2,000.02", "Undo this"):
        assert part in text
    action = LineageAction.objects.get()
    undo = f"{base}{action.pk}/undo/"
    assert "became" in client.get(undo).content.decode()
    assert "Enter “Reason”." in unescape(client.post(undo, {}).content.decode())
    text = client.post(undo, {"why": "Too early"}, follow=True).content.decode()
    assert "It is undone" in text
    assert client.get(undo).status_code == 404


def test_the_head_splits_and_each_row_is_asked_for(client):
    project = full("Whole")
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/split/"
    rows = [f"row_deliverable_{one.pk}" for one in project.deliverables.all()]
    rows += [f"row_benefit_{project.benefits.get().pk}"]
    rows += [f"row_milestone_{project.milestones.filter(actual=None).get().pk}"]
    rows += [f"row_risk_{project.risks.filter(closed_on=None).get().pk}"]
    page = client.get(address).content.decode()
    assert all(f'name="{row}"' in page for row in rows)
    given = {"first_en": "One", "first_cy": "Un", "first_share": "60", "why": "Large", **dict.fromkeys(rows, "first")}
    bad = given | {"second_share": "10", "third_en": "Three", rows[0]: "second", "ends": "on", rows[1]: "stays"}
    text = unescape(client.post(address, bad).content.decode())
    for sentence in (
        "Give this project a title, or leave its share empty.",
        "Write the title in Welsh.",
        "There is no such project: give it a title above.",
        "A project that ends gives all its money away",
    ):
        assert sentence in text
    left = given | {"first_share": "100", "ends": "on", rows[1]: "stays"}
    assert "A project that ends keeps nothing" in client.post(address, left).content.decode()
    over = given | {"second_en": "Two", "second_cy": "Dau", "second_share": "50"}
    assert "more than the whole" in client.post(address, over).content.decode()
    assert not LineageAction.objects.exists()
    good = given | {"second_en": "Two", "second_cy": "Dau", "second_share": "40", "ends": "on"}
    assert client.post(address, good).status_code == 302
    project.refresh_from_db()
    assert (project.status, costs(project)) == ("continued", {})
    assert costs(Project.objects.get(title_en="One"))["2026-27 baseline"] == 600_01


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"why": "x"}, "Write the title in English."),
        ({"why": "x", "title_en": "A"}, "Write the title in Welsh."),
        ({"title_en": "A", "title_cy": "B"}, "Enter “Reason”."),
    ],
)
def test_a_succession_that_lacks_something_gets_a_sentence(client, given, sentence):
    project, other = ProjectFactory(), ProjectFactory()
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/succeed/"
    assert sentence in unescape(client.post(address, given).content.decode())
    both = {"why": "x", "into": other.pk, "title_en": "A", "title_cy": "B"}
    assert "not both" in client.post(address, both).content.decode()
    merge = {"why": "x", "other": other.pk, "into": other.pk}
    address = f"/en/projects/{project.slug_en}/lineage/merge/"
    assert "Choose each project once." in client.post(address, merge).content.decode()


def test_a_refusal_becomes_a_sentence_of_the_form(client):
    project, other = full("A"), ProjectFactory()
    LineageFactory(earlier=project, later=other)
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/succeed/"
    assert "told already" in client.post(address, {"why": "x", "into": other.pk}).content.decode()
    fresh = ProjectFactory()
    client.post(address, {"why": "x", "into": fresh.pk})
    ProjectCost.objects.filter(project=fresh, kind="actual").update(amount_pence=1)
    undo = f"/en/projects/{project.slug_en}/lineage/{LineageAction.objects.get().pk}/undo/"
    assert "was changed since then" in client.post(undo, {"why": "x"}).content.decode()


@pytest.mark.parametrize("role", [None, Role.TEAM, Role.OFFICER, Role.BOARD_MEMBER])
def test_nobody_else_opens_the_screens(client, role):
    project = ProjectFactory()
    action = actions.lineage_make(Descent.SUCCEEDS, [project], [Becomes(None, ("B", "C"))], by=head(), why="On")
    if role:
        client.force_login(person(role), backend=BACKEND)
    for page in ("succeed/", "merge/", "split/", f"{action.pk}/undo/"):
        address = f"/en/projects/{project.slug_en}/lineage/{page}"
        assert client.get(address).status_code == (403 if role else 302)
        assert client.post(address, {"why": "x"}).status_code == (403 if role else 302)
