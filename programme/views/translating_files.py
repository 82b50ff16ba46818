"""Texts taken out as a file, and brought back: looked at before anything is saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import rules
from programme.translating import word_table, xliff
from programme.translating.bringing import (
    DRAFT,
    LISTED,
    Brought,
    Fate,
    PlanChanged,
    plan,
    read_file,
    sign_of,
    texts_take,
)
from programme.translating.forms import FileForm
from programme.translating.texts import Entry
from programme.translating.units import LARGEST, MOST, Unit
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import drop_draft, load_draft, save_draft
from wlga_portal.kernel.workflow import Refused

from .translating import narrowed


@screen(may=rules.texts_translate)
def translating_files(request: HttpRequest) -> HttpResponse:
    """What the filters leave as a file; and the form that brings one back. Nothing is saved yet."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            units = read_file(file.read(LARGEST + 1))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            said = [[unit.key, unit.source, unit.target] for unit in units]
            save_draft(request.user, DRAFT, {"units": said, "name": file.name[:150]})
            return redirect(reverse("programme:translating_take"))
    texts = len(narrowed(request))
    context = {
        "form": form,
        "texts": texts,
        "most": MOST,
        "query": request.GET.urlencode(),
        "waiting": load_draft(request.user, DRAFT),
    }
    return page(request, "programme/translating_files.html", context)


def taken_out(request: HttpRequest) -> list[Entry]:
    """The texts of a file: what the filters leave, without those whose words are frozen."""
    rows = narrowed(request)
    return rows.narrowed({**rows.wanted, "open": True})[0:MOST]


def file_answer(content: bytes, kind: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"{_('texts')}-{timezone.localdate():%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@screen(may=rules.texts_translate, methods=("GET", "HEAD"))
def translating_xliff(request: HttpRequest) -> HttpResponse:
    """For a translation program."""
    return file_answer(xliff.xliff_of(taken_out(request)), xliff.CONTENT_TYPE, "xlf")


@screen(may=rules.texts_translate, methods=("GET", "HEAD"))
def translating_word(request: HttpRequest) -> HttpResponse:
    """For Word."""
    return file_answer(word_table.word_of(taken_out(request)), word_table.CONTENT_TYPE, "docx")


@screen(may=rules.texts_translate)
def translating_take(request: HttpRequest) -> HttpResponse:
    """What a file that came back would change, text by text; one button saves all of that, or none."""
    draft: Any = load_draft(request.user, DRAFT)
    if draft is None:
        if request.method == "POST":
            return redirect(reverse("programme:translating_files"))
        raise Http404
    units = [Unit(*said) for said in draft.data["units"]]
    if request.method == "POST":
        return taken(request, units)
    rows = plan(request.user, units)
    groups = [(Fate(fate), [row for row in rows if row.fate == fate]) for fate in LISTED]
    context = {
        "name": draft.data["name"],
        "groups": [(fate, found) for fate, found in groups if found],
        "saves": count(rows, Fate.SAVE),
        "same": count(rows, Fate.SAME),
        "empty": count(rows, Fate.EMPTY),
        "sign": sign_of(rows),
    }
    return page(request, "programme/translating_take.html", context)


def taken(request: HttpRequest, units: list[Unit]) -> HttpResponse:
    if "take" in request.POST:
        try:
            saved = texts_take(units, sign=request.POST.get("sign", ""), by=request.user)
        except (PlanChanged, Refused) as problem:
            text = str(problem) or _("Something changed since you looked: look again. Nothing was saved.")
            messages.info(request, text)
            return redirect(reverse("programme:translating_take"))
        text = ngettext("%(count)s translation is saved.", "%(count)s translations are saved.", saved)
        messages.success(request, text % {"count": saved})
    drop_draft(request.user, DRAFT)
    return redirect(reverse("programme:translating_list"))


def count(rows: list[Brought], fate: Fate) -> int:
    return sum(row.fate == fate for row in rows)
