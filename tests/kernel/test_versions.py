"""No lost update: merges, clashes and drafts."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import Project
from tests.factories.people import UserFactory
from tests.factories.projects import ProjectFactory
from tests.kernel.editing import TEXTS, ProjectForm, clash_of, fresh, save, sent
from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import (
    Clash,
    drop_draft,
    load_draft,
    save_draft,
    save_version,
)

pytestmark = pytest.mark.django_db


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
