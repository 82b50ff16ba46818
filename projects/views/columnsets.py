"""Sets of columns: the team's list, choosing and ordering the columns, and the file."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.exports import csv_response, xlsx_response
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..actions import columnsets as actions
from ..columns import COLUMNS
from ..drafts import posted
from ..fields import Field
from ..forms.columnsets import ColumnSetForm, TakeForm
from ..models import ColumnSet, Project, ProjectCost
from ..portfolio_rows import rows_of


def find_set(request: HttpRequest, slug: str) -> ColumnSet:
    """A set that anybody may take away; the team's others for the team."""
    sets = ColumnSet.objects.all() if rules.team(request.user) else ColumnSet.objects.filter(is_public=True)
    return ColumnSet.find(sets, slug)


def fields_of(given: ColumnSet, user: Any) -> list[Field]:
    """Its columns in their order; those for the team alone only for the team."""
    team = rules.team(user)
    known = [COLUMNS[key] for key in given.columns if key in COLUMNS]
    return [one for one in known if team or not one.team]


def years() -> list[str]:
    """The financial years of which there is money."""
    return list(ProjectCost.objects.order_by("-year").values_list("year", flat=True).distinct())


def take_form(data: Any) -> TakeForm:
    return TakeForm(data, years=years(), today=timezone.localdate())


@screen(may=rules.columnset_edit, methods=("GET", "HEAD"))
def columnset_list(request: HttpRequest) -> HttpResponse:
    sets = ColumnSet.objects.order_by("title_key_en", "pk")
    return page(request, "projects/columnset_list.html", {"sets": sets})


@screen(public=True, methods=("GET", "HEAD"), find=find_set)
def columnset_page(request: HttpRequest, given: ColumnSet) -> HttpResponse:
    """The columns of a set with what each means, and the form that takes it away."""
    set_languages(request, given)
    context = {
        "set": given,
        "fields": fields_of(given, request.user),
        "take": take_form(None),
        "writes": rules.columnset_edit(request.user),
    }
    return page(request, "projects/columnset_page.html", context)


@screen(public=True, methods=("GET", "HEAD"), find=find_set)
def columnset_file(request: HttpRequest, given: ColumnSet) -> HttpResponse:
    """Every real project in the columns of the set, as CSV, XLSX or JSON."""
    set_addresses(request, "projects:columnset_file", slug=given)
    form = take_form(request.GET)
    if not form.is_valid():
        return page(request, "projects/columnset_page.html", {"set": given, "take": form, "form": form}, status=400)
    fields = fields_of(given, request.user)
    rows = rows_of(Project.objects.real().by_title(), year=form.cleaned_data["year"])
    kind = form.cleaned_data["format"]
    if kind == "json":
        return as_json([{one.key: one.raw(row) for one in fields} for row in rows])
    lines = [[str(one.label) for one in fields], *([one.shown(row) for one in fields] for row in rows)]
    return (xlsx_response if kind == "xlsx" else csv_response)(given.title, lines)


def as_json(content: Any) -> HttpResponse:
    """JSON that a person can read too."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@screen(may=rules.columnset_edit)
def columnset_create(request: HttpRequest) -> HttpResponse:
    form = ColumnSetForm(posted(request))
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The set of columns is saved."))
        return redirect(actions.columnset_save(form, by=request.user))
    return page(request, "projects/columnset_edit.html", {"form": form, "title": _("New set of columns")})


@screen(find=find_set, may=rules.columnset_edit)
def columnset_edit(request: HttpRequest, given: ColumnSet) -> HttpResponse:
    set_addresses(request, "projects:columnset_edit", slug=given)
    data = resolved(request.POST, given) if request.method == "POST" else None
    form = ColumnSetForm(data, instance=given)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.columnset_save(form, by=request.user)
        except Clash as clash:
            return clash_page(request, clash, form)
        messages.success(request, _("The set of columns is saved."))
        return redirect(saved)
    shown = ColumnSet.objects.get(pk=given.pk)
    version = form.data.get("version") or shown.version
    context = {"form": form, "set": shown, "version": version, "title": _("Choose the columns")}
    return page(request, "projects/columnset_edit.html", context)


@screen(methods=("POST",), find=find_set, may=rules.columnset_edit)
def columnset_order(request: HttpRequest, given: ColumnSet) -> HttpResponse:
    """One column one place earlier (`up=key`) or later (`down=key`)."""
    up = "up" in request.POST
    try:
        actions.column_move(given, request.POST.get("up" if up else "down", ""), up=up, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(given)


@screen(methods=("POST",), find=find_set, may=rules.columnset_edit)
def columnset_remove(request: HttpRequest, given: ColumnSet) -> HttpResponse:
    try:
        actions.columnset_remove(given, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(given)
    messages.success(request, _("The set of columns is removed."))
    return redirect("projects:columnset_list")
