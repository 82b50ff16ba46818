"""What editors of the same thing send, for the tests of versions and clashes."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from projects.models import Milestone, Project
from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.versions import (
    Clash,
    as_sent,
    clash_page,
    column_of,
    save_version,
)

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
