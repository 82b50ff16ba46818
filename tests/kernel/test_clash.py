"""The clash page: both texts, one choice, and nothing that was merged is undone."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from projects.models import DeliveryPlan, Project, StatusUpdate
from tests.factories.people import UserFactory
from tests.factories.projects import MilestoneFactory, ProjectFactory
from tests.kernel.editing import MilestoneForm, ProjectForm, clash_of, fresh, page_of, posted_from, save, sent
from wlga_portal.kernel.versions import (
    Clash,
    as_sent,
    column_of,
    resolved,
    save_version,
    shown,
)

pytestmark = pytest.mark.django_db


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
