"""Bringing in files of attendance: file, columns, what was found row by row, and the decision on it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.files import FilesAway
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.wording import number
from wlga_portal.kernel.workflow import Refused

from .. import reading, rules
from ..actions import imports as actions
from ..fields import FIELDS
from ..filters.imports import ImportRowFilter
from ..forms.imports import ColumnsForm, ImportForm
from ..models import Import, ImportSource, Outcome
from ..states import ImportStatus
from ..tables.imports import ImportRowTable, ImportTable
from ..wording import problem, problems
from .found import posted

MOVES = {
    "again": actions.import_again,
    "start": actions.import_start,
    "settle": actions.import_settle,
    "undo": actions.import_undo,
    "drop": actions.import_drop,
}


def find_import(request: HttpRequest, pk: int) -> Import:
    return Import.objects.visible_to(request.user).with_all().get(pk=pk)


def find_file(request: HttpRequest, pk: int) -> Import:
    """One whose columns can still be chosen."""
    batch = find_import(request, pk)
    if not batch.file or batch.status not in {ImportStatus.READING, ImportStatus.CHECKED, ImportStatus.FAILED}:
        raise Http404
    return batch


@screen(may=rules.team)
def import_list(request: HttpRequest) -> HttpResponse:
    """Files of attendance, the newest first."""
    queryset = Import.objects.visible_to(request.user).with_all().order_by("-created_at", "pk")
    return list_page(request, queryset=queryset, table=ImportTable, template="training/import_list.html")


@screen(may=rules.team)
def import_create(request: HttpRequest) -> HttpResponse:
    """Send a file."""
    user: Any = request.user
    files = request.FILES if request.method == "POST" else None
    form = ImportForm(posted(request), files, is_demo=user.is_demo)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source = data["source"] or ImportSource(name=data["name"], is_demo=user.is_demo)
        try:
            batch = actions.import_create(
                source=source, filename=data["file"].name, content=data["file"].read(), by=user
            )
        except (Refused, FilesAway) as refused:
            form.add_error("file", str(refused))
        else:
            chosen = bool(batch.source.columns) and batch.source.imports.exclude(pk=batch.pk).exists()
            return redirect(batch) if chosen else redirect("training:import_columns", pk=batch.pk)
    return page(request, "training/import_create.html", {"form": form, "demonstration": user.is_demo})


@screen(find=find_file)
def import_columns(request: HttpRequest, batch: Import) -> HttpResponse:
    """Say which column is what, once for a source."""
    try:
        with batch.file.open("rb") as file:
            headings, rows = reading.table_of(file.read(), batch.format)
    except FileNotFoundError:
        messages.error(request, _("The file is not there any more. Bring it in again."))
        return redirect(batch)
    sample = [cells for (_number, cells), _place in zip(rows, range(reading.SAMPLE), strict=False)]
    form = ColumnsForm(posted(request), source=batch.source, headings=headings)
    if request.method == "POST" and form.is_valid():
        try:
            actions.columns_choose(
                batch=batch,
                columns=form.columns,
                mode=form.cleaned_data["mode"],
                language=form.cleaned_data["language"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(batch)
    context = {"form": form, "batch": batch, "headings": headings, "sample": sample}
    return page(request, "training/import_columns.html", context | {"demonstration": batch.source.is_demo})


def outcomes(batch: Import) -> list[tuple[str, str, int]]:
    """How many rows there are of each kind."""
    found = dict(batch.rows.order_by().values_list("outcome").annotate(number=Count("pk")))
    return [(value, str(label), found.get(value, 0)) for value, label in Outcome.choices]


@screen(find=find_import)
def import_page(request: HttpRequest, batch: Import) -> HttpResponse:
    """One file: how far the work is, what was found, row by row, and what can be done; a POST does it."""
    if request.method == "POST":
        move = MOVES.get(request.POST.get("event", ""))
        if move is None:
            raise Http404
        try:
            move(batch=batch, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        return redirect(batch)
    if request.headers.get("Accept") == "application/json":
        words = {"done": number(batch.done), "total": number(batch.total)}
        state = {"unfinished": batch.is_working, "done": batch.done, "max": batch.total or None, "words": words}
        return JsonResponse(state)
    counts = outcomes(batch)
    waiting = batch.rows.waiting().count()
    return list_page(
        request,
        queryset=batch.rows.order_by("number"),
        table=ImportRowTable,
        filterset=ImportRowFilter,
        template="training/import_page.html",
        batch=batch,
        counts=counts,
        waiting=waiting,
        bad=sum(count for value, _label, count in counts if value == Outcome.WRONG),
        problem=problem(batch.problem) if batch.problem else "",
        events=[transition.event for transition in batch.events_for(request.user)],
        needs_columns=batch.status == ImportStatus.READING and not batch.source.columns,
        demonstration=batch.source.is_demo,
    )


@screen(find=find_import, methods=("GET", "HEAD"))
def import_wrong(request: HttpRequest, batch: Import) -> HttpResponse:
    """The rows that stayed out, with the headings of the file and what is wrong: to be put right and sent again."""
    columns = [(name, batch.source.columns[name]) for name in FIELDS if name in batch.source.columns]
    rows = [[*(heading for _name, heading in columns), _("What is wrong")]]
    for row in batch.rows.filter(outcome=Outcome.WRONG).order_by("number"):
        rows.append([*(row.data.get(name, "") for name, _heading in columns), " ".join(problems(row.problems))])
    return csv_response(_("Rows to put right"), rows)
