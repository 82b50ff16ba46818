"""No lost update: merges, clashes, the clash page and drafts."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import DeliveryPlan, Milestone, Project, StatusUpdate
from tests.factories.people import UserFactory
from tests.factories.projects import MilestoneFactory, ProjectFactory
from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import (
    Clash,
    as_sent,
    clash_page,
    column_of,
    drop_draft,
    load_draft,
    resolved,
    save_draft,
    save_version,
    shown,
)

pytestmark = pytest.mark.django_db
TEXTS = ("title_en", "title_cy", "aim_en", "aim_cy")


class ProjectForm(PortalModelForm):
    class Meta:
        model = Project
        fields = [*TEXTS, "phase", "lead", "duration_months"]


class MilestoneForm(PortalModelForm):
    class Meta:
        model = Milestone
        fields = ["title_en", "title_cy", "forecast"]


def sent(thing: Any, form_class: type[PortalModelForm] = ProjectForm, **changes: Any) -> QueryDict:
    """What a person sends who opened the form now and changed some fields."""
    data = QueryDict(mutable=True)
    data["version"] = str(thing.version)
    for name in form_class._meta.fields:
        column = column_of(thing, name)
        value = as_sent(column, getattr(thing, name))
        if value is not None:
            data[name] = value
    for name, value in changes.items():
        data[name] = value
    return data


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def save(thing: Any, data: QueryDict, form_class: type[PortalModelForm] = ProjectForm, by: Any = None) -> Any:
    form = form_class(data, instance=fresh(thing))
    assert form.is_valid(), form.errors
    return save_version(form, by=by, why="test")


def clash_of(thing: Any, data: QueryDict, form_class: type[PortalModelForm] = ProjectForm) -> tuple[Clash, Any]:
    form = form_class(data, instance=fresh(thing))
    assert form.is_valid(), form.errors
    with pytest.raises(Clash) as raised:
        save_version(form, by=None)
    return raised.value, form


def page_of(clash: Clash, form: Any) -> HttpResponse:
    return clash_page(RequestFactory().post("/", form.data), clash, form)


def posted_from(response: HttpResponse) -> QueryDict:
    """Every input of the clash page as a browser would send it, with the first radio of each group."""
    data, radios = QueryDict(mutable=True), set()

    class Inputs(HTMLParser):
        textarea = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {key: value or "" for key, value in attrs}
            if tag == "textarea":
                self.textarea = given["name"]
                data[self.textarea] = ""
            elif tag == "input" and not (given["type"] == "radio" and given["name"] in radios):
                radios.add(given["name"] if given["type"] == "radio" else "")
                data.appendlist(given["name"], given.get("value", ""))
            elif tag == "option" and "selected" in given:
                data[self.select] = given["value"]
            elif tag == "select":
                self.select = given["name"]
                data[self.select] = ""

        def handle_data(self, text: str) -> None:
            if self.textarea:
                data[self.textarea] += text

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                data[self.textarea] = data[self.textarea].removeprefix("\n")
                self.textarea = ""

    Inputs().feed(response.content.decode())
    return data


def test_a_save_keeps_the_change_with_who_and_why_and_counts_a_version():
    user, project = UserFactory(), ProjectFactory(title_en="Before")
    row = save(project, sent(project, title_en="After"), by=user)
    assert (row.title_en, row.version, fresh(project).version) == ("After", 2, 2)
    last = history_of(project)[0]
    assert (last.by_id, last.why) == (user.pk, "test")
    assert {change.name for change in last.fields} == {"title_en", "title_mark", "version"}


def test_a_save_without_a_change_writes_nothing():
    project = ProjectFactory()
    assert save(project, sent(project)).version == 1
    assert len(history_of(project)) == 1


def test_different_fields_of_two_people_merge():
    project = ProjectFactory(title_en="Title", aim_en="Aim", aim_cy="Nod")
    mine, theirs = sent(project, title_en="My title"), sent(project, aim_en="Their aim", phase="alpha")
    save(project, theirs)
    row = save(project, mine)
    assert (row.title_en, row.aim_en, row.phase, row.version) == ("My title", "Their aim", "alpha", 3)


def test_the_same_change_by_two_people_is_no_clash():
    project = ProjectFactory()
    mine = sent(project, phase="beta")
    save(project, sent(project, phase="beta"))
    assert save(project, mine).version == 2


def test_the_same_field_clashes_and_nothing_is_saved():
    project = ProjectFactory(title_en="Title", aim_en="Aim", aim_cy="Nod")
    mine = sent(project, title_en="My title", aim_en="My aim")
    save(project, sent(project, title_en="Their title"))
    clash, _form = clash_of(project, mine)
    assert [(one.name, one.mine, one.theirs, one.lang) for one in clash.fields] == [
        ("title_en", "My title", "Their title", "en")
    ]
    assert clash.current.version == 2
    assert (fresh(project).title_en, fresh(project).aim_en) == ("Their title", "Aim")


def test_bulk_updates_raw_sql_and_stale_saves_count_as_changes():
    project = ProjectFactory(title_en="Title", aim_en="Aim", aim_cy="Nod")
    mine = sent(project, title_en="Mine")
    Project.objects.filter(pk=project.pk).update(title_en="Bulk")
    clash, _form = clash_of(project, mine)
    assert (clash.fields[0].theirs, clash.current.version) == ("Bulk", 2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET phase = 'live', version = 77 WHERE id = %s", [project.pk])
    project.save()  # an old copy that says version 1
    assert fresh(project).version == 4


@pytest.mark.parametrize("version", ["", "0", "nonsense", "-1", "99999999999", "٣", "7"])
def test_a_form_that_does_not_say_its_version_overwrites_nothing(version):
    project = ProjectFactory(title_en="Title")
    clash, _form = clash_of(project, sent(project, title_en="Mine", version=version))
    assert [one.name for one in clash.fields] == ["title_en"]


def test_a_change_that_breaks_a_constraint_with_what_the_form_does_not_show_is_refused():
    project = ProjectFactory(aim_en="Aim", aim_cy="Nod")

    class EnglishForm(PortalModelForm):
        class Meta:
            model = Project
            fields = ["aim_en"]

    form = EnglishForm(sent(project, EnglishForm, aim_en=""), instance=fresh(project))
    assert form.is_valid()
    with pytest.raises(ValidationError):
        save_version(form, by=None)
    assert fresh(project).aim_en == "Aim"


# --- The clash page -------------------------------------------------------------------------------
def test_the_page_shows_both_texts_and_says_that_it_is_a_conflict():
    project = ProjectFactory(title_en="Title", phase="discovery")
    mine = sent(project, title_en="Mine & yours", phase="alpha")
    save(project, sent(project, title_en="Theirs", phase="beta"))
    response = page_of(*clash_of(project, mine))
    html = response.content.decode()
    assert response.status_code == 409
    assert '<span lang="en">Mine &amp; yours</span>' in html
    assert '<span lang="en">Theirs</span>' in html
    assert ">Alpha</span>" in html
    assert ">Beta</span>" in html


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs"), ("new", "Both")])
def test_the_chosen_text_is_saved_and_what_others_changed_elsewhere_stays(choice, title):
    project = ProjectFactory(title_en="Title", aim_en="Aim", aim_cy="Nod", phase="alpha")
    mine = sent(project, title_en="Mine", phase="beta")
    save(project, sent(project, title_en="Theirs", aim_en="Their aim"))
    data = posted_from(page_of(*clash_of(project, mine)))
    data["clash_title_en"] = choice
    if choice == "new":
        data["title_en"] = "Both"
    row = save(project, resolved(data, fresh(project)))
    assert (row.title_en, row.aim_en, row.phase) == (title, "Their aim", "beta")


def test_a_second_clash_keeps_what_was_chosen_in_the_first():
    project = ProjectFactory(title_en="Title", aim_en="Aim", aim_cy="Nod")
    mine = sent(project, title_en="Mine", aim_en="My aim")
    save(project, sent(project, title_en="Theirs"))
    data = posted_from(page_of(*clash_of(project, mine)))
    save(project, sent(fresh(project), aim_en="Third aim"))
    clash, form = clash_of(project, resolved(data, fresh(project)))
    assert [one.name for one in clash.fields] == ["aim_en"]
    again = posted_from(page_of(clash, form))
    assert (again["title_en"], again["seen_title_en"], again["seen_aim_en"], again["version"]) == (
        "Mine",
        "2",
        "3",
        "1",
    )
    row = save(project, resolved(again, fresh(project)))
    assert (row.title_en, row.aim_en) == ("Mine", "My aim")


def test_a_text_that_changes_again_while_the_clash_page_is_open_clashes_again():
    project = ProjectFactory(title_en="Title")
    mine = sent(project, title_en="Mine")
    save(project, sent(project, title_en="Theirs"))
    data = posted_from(page_of(*clash_of(project, mine)))
    save(project, sent(fresh(project), title_en="Theirs again"))
    clash, _form = clash_of(project, resolved(data, fresh(project)))
    assert [(one.mine, one.theirs) for one in clash.fields] == [("Mine", "Theirs again")]


@pytest.mark.parametrize(("choice", "forecast"), [("mine", date(2026, 5, 6)), ("theirs", date(2026, 7, 8))])
def test_a_date_of_three_inputs_clashes_like_a_text(choice, forecast):
    milestone = MilestoneFactory(forecast=date(2026, 1, 2))
    mine = sent(milestone, MilestoneForm, forecast_day="6", forecast_month="mai", forecast_year="2026")
    del mine["forecast"]
    save(milestone, sent(milestone, MilestoneForm, forecast="2026-07-08"), MilestoneForm)
    clash, form = clash_of(milestone, mine, MilestoneForm)
    assert [(one.mine, one.theirs) for one in clash.fields] == [("6 May 2026", "8 July 2026")]
    data = posted_from(page_of(clash, form))
    data["clash_forecast"] = choice
    assert save(milestone, resolved(data, fresh(milestone)), MilestoneForm).forecast == forecast


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_person_and_a_number_clash_like_a_text(choice):
    one, two = UserFactory(name="One"), UserFactory(name="Two")
    project = ProjectFactory(duration_months=6)
    mine = sent(project, lead=str(one.pk), duration_months="9")
    save(project, sent(project, lead=str(two.pk), duration_months=""))
    clash, form = clash_of(project, mine)
    assert {(field.name, field.mine, field.theirs) for field in clash.fields} == {
        ("lead", "One", "Two"),
        ("duration_months", "9", ""),
    }
    data = posted_from(page_of(clash, form))
    data["clash_lead"] = data["clash_duration_months"] = choice
    row = save(project, resolved(data, fresh(project)))
    assert (row.lead, row.duration_months) == ((one, 9) if choice == "mine" else (two, None))


def test_a_form_with_a_prefix_clashes_under_its_prefix():
    project = ProjectFactory(title_en="Title")
    data = QueryDict(mutable=True)
    data.update({f"p-{name}": value for name, value in sent(project, title_en="Mine").items()})
    save(project, sent(project, title_en="Theirs"))
    form = ProjectForm(data, instance=fresh(project), prefix="p")
    assert form.is_valid()
    with pytest.raises(Clash) as raised:
        save_version(form, by=None)
    again = posted_from(page_of(raised.value, form))
    assert (again["p-seen_title_en"], again["p-mine_title_en"], again["p-version"]) == ("2", "Mine", "1")
    again["p-clash_title_en"] = "theirs"
    chosen = resolved(again, fresh(project), prefix="p")
    assert chosen["p-title_en"] == "Theirs"


def test_values_are_shown_as_a_reader_sees_them_and_sent_as_a_form_sends_them():
    grant, key = column_of(DeliveryPlan(), "grant_pence"), column_of(Project(), "id")
    yes, at = column_of(DeliveryPlan(), "is_demo"), column_of(StatusUpdate(), "at")
    assert (shown(grant, 12_550), as_sent(grant, 12_550)) == ("£125.50", "125.50")
    assert (shown(yes, True), shown(yes, False), as_sent(yes, True), as_sent(yes, False)) == ("Yes", "No", "on", None)
    noon = datetime(2026, 7, 8, 11, tzinfo=UTC)
    assert shown(at, noon) == "8 July 2026, 12:00"
    assert as_sent(at, noon) == "2026-07-08T11:00:00+00:00"
    assert (shown(at, None), as_sent(key, 7)) == ("", "7")


# --- Properties -----------------------------------------------------------------------------------
CHANGES = st.dictionaries(st.sampled_from(TEXTS), st.sampled_from(["one", "two", "three"]), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=CHANGES, theirs=CHANGES)
def test_no_text_of_two_editors_is_ever_lost(mine, theirs):
    start = dict.fromkeys(TEXTS, "start")
    project = ProjectFactory(**start)
    data = sent(project, **mine)
    save(project, sent(project, **theirs))
    form = ProjectForm(data, instance=fresh(project))
    assert form.is_valid()
    both = {name: (mine[name], theirs[name]) for name in mine.keys() & theirs.keys() if mine[name] != theirs[name]}
    if both:
        with pytest.raises(Clash) as raised:
            save_version(form, by=None)
        assert {field.name: (field.mine, field.theirs) for field in raised.value.fields} == both
    else:
        save_version(form, by=None)
    saved = start | theirs | ({} if both else mine)
    assert {name: getattr(fresh(project), name) for name in TEXTS} == saved


# --- Drafts ---------------------------------------------------------------------------------------
def test_a_draft_is_one_per_person_and_thing_and_private():
    one, two = UserFactory(), UserFactory()
    first = save_draft(one, "projects.update:1", {"reason_en": "Half a"})
    second = save_draft(one, "projects.update:1", {"reason_en": "Half a sentence"})
    save_draft(two, "projects.update:1", {"reason_en": "Another's"})
    assert second >= first
    assert load_draft(one, "projects.update:1").data == {"reason_en": "Half a sentence"}
    assert str(load_draft(two, "projects.update:1")) == "projects.update:1"
    assert load_draft(one, "projects.update:2") is None
    drop_draft(one, "projects.update:1")
    assert load_draft(one, "projects.update:1") is None
    assert load_draft(two, "projects.update:1").data == {"reason_en": "Another's"}
