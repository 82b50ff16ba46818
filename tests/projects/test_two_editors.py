"""Two editors, each pair of fields: what they wrote is saved, or shown to the second beside the text of the first."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from django.db import transaction

from accounts.roles import Role
from projects import actions
from projects.forms import ProjectForm
from projects.models import Project
from tests.factories.people import person
from tests.factories.projects import ProjectFactory, ThemeFactory
from wlga_portal.kernel.versions import Clash, as_sent, column_of

pytestmark = pytest.mark.django_db
FIELDS = ProjectForm.Meta.fields


@pytest.fixture
def editors() -> list[Any]:
    return [person(Role.TEAM, name="First"), person(Role.TEAM, name="Second")]


@pytest.fixture
def project(editors: list[Any]) -> Project:
    texts = {
        f"{name}_{side}": f"{name} {side}" for name in ("title", "aim", "note", "next_step") for side in ("en", "cy")
    }
    return ProjectFactory(
        phase="discovery",
        lead=person(Role.TEAM),
        theme=ThemeFactory(),
        duration_months=3,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        **texts,
    )


def written(editors: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each editor writes into each field."""
    first: dict[str, Any] = {name: f"First: {name}" for name in FIELDS}
    second: dict[str, Any] = {name: f"Second: {name}" for name in FIELDS}
    first |= {"phase": "alpha", "lead": editors[0].pk, "theme": ThemeFactory().pk, "duration_months": 6}
    second |= {"phase": "beta", "lead": editors[1].pk, "theme": ThemeFactory().pk, "duration_months": 9}
    first |= {"starts_on": "2026-02-01", "ends_on": "2026-11-30"}
    second |= {"starts_on": "2026-03-01", "ends_on": "2026-10-31"}
    return first, second


def opened(project: Project) -> dict[str, str]:
    """What the page of the form sends back when nothing is typed."""
    sent = {name: as_sent(column_of(project, name), getattr(project, name)) for name in FIELDS}
    sent |= {name: str(getattr(project, f"{name}_id")) for name in ("lead", "theme")}
    return {name: value or "" for name, value in sent.items()} | {"version": str(project.version), "why": ""}


def save(pk: int, data: dict[str, str], by: Any) -> Project:
    form = ProjectForm(data, instance=Project.objects.get(pk=pk))
    assert form.is_valid(), form.errors
    return actions.project_edit(form, by=by)


def value_of(project: Project, name: str) -> str:
    found = getattr(project, f"{name}_id") if name in {"lead", "theme"} else getattr(project, name)
    return found.isoformat() if isinstance(found, date) else str(found)


def try_pairs(project: Project, editors: list[Any], pairs: Iterable[tuple[str, str]]) -> int:
    """Try each pair on the project as it was; how many were tried."""
    data = opened(project)
    first, second = written(editors)
    tried = 0
    for mine, theirs in pairs:
        with transaction.atomic():
            save(project.pk, data | {mine: str(first[mine])}, editors[0])
            if mine == theirs:
                with pytest.raises(Clash) as raised, transaction.atomic():
                    save(project.pk, data | {theirs: str(second[theirs])}, editors[1])
                (field,) = raised.value.fields
                assert (field.name, bool(field.mine), bool(field.theirs)) == (mine, True, True)
                assert field.mine != field.theirs
                assert dict(field.sent)[theirs] == str(second[theirs])
            else:
                save(project.pk, data | {theirs: str(second[theirs])}, editors[1])
                assert value_of(Project.objects.get(pk=project.pk), theirs) == str(second[theirs]), (mine, theirs)
            assert value_of(Project.objects.get(pk=project.pk), mine) == str(first[mine]), (mine, theirs)
            transaction.set_rollback(True)
        tried += 1
    return tried


def test_the_same_field_and_the_next_lose_nothing(project, editors):
    pairs = [*zip(FIELDS, FIELDS, strict=True), *pairwise(FIELDS)]
    assert try_pairs(project, editors, pairs) == 2 * len(FIELDS) - 1


@pytest.mark.deep
def test_no_pair_of_fields_loses_what_either_wrote(project, editors):
    assert try_pairs(project, editors, product(FIELDS, FIELDS)) == len(FIELDS) ** 2 >= 144
