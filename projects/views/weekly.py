"""The weekly screen: all my projects, what was said last beside what is said now, published together."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.forms import draw_summary, errors_of, switch_target
from wlga_portal.kernel.models import Draft
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import page_number
from wlga_portal.kernel.versions import drop_draft, save_draft
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..actions.weekly import weekly_publish
from ..contradictions import told_of
from ..drafts import LONGEST
from ..forms.weekly import WeeklyForm
from ..models import Project, StatusUpdate
from ..querysets.weekly import weekly_projects
from ..reading import said_when, standing_shown
from ..states import MEANINGS, SCALE, Confidence

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One project on the screen."""

    project: Project
    form: WeeklyForm
    confidence: SafeString
    said_when: str
    contradictions: list[str]
    drafted: bool


@screen(may=rules.team)
def weekly_page(request: HttpRequest) -> HttpResponse:
    """Say how each project stands, move its milestones, confirm what still holds; keep part, publish together."""
    if request.method == "POST":
        return weekly_post(request)
    shown = shown_page(request)
    drafts = drafts_of(request.user, shown)
    forms = [form_of(project, None, {}, drafts.get(actions.draft_key(project))) for project in shown]
    return drawn(request, shown, forms, set(drafts))


def shown_page(request: HttpRequest) -> Page[Project]:
    """The projects of this page of the screen."""
    found = weekly_projects(request.user, everybody="everybody" in request.GET)
    paginator = Paginator(found, PER_PAGE)
    return paginator.page(page_number(request, paginator.num_pages))


def drafts_of(user: Any, projects: Any) -> dict[str, Draft]:
    keys = [actions.draft_key(project) for project in projects]
    return {draft.key: draft for draft in Draft.objects.filter(user=user, key__in=keys)}


def form_of(project: Project, data: Any, bases: dict[int, StatusUpdate], draft: Draft | None) -> WeeklyForm:
    """The form of a project, as it stands or as it was sent: held against the update from which it was filled."""
    base = project.now.update if project.now else None
    sent = data.get(f"p{project.pk}-base") if data is not None else draft.data.get("base") if draft else None
    if sent is not None and str(sent) != str(base.pk if base else ""):
        base = bases.get(int(sent)) if str(sent).isdecimal() and len(str(sent)) < 10 else None
        base = base if base and base.project_id == project.pk else None
    return WeeklyForm(project, base=base, data=data, draft=draft)


def sent_forms(request: HttpRequest) -> list[WeeklyForm]:
    """The forms of the projects that were sent, as far as they are still on this person's screen."""
    data = request.POST
    asked = [int(number) for number in data.getlist("project")[:PER_PAGE] if number.isdecimal() and len(number) < 10]
    found = weekly_projects(request.user, everybody=True).filter(pk__in=asked)
    numbers = [str(data.get(f"p{number}-base", "")) for number in asked]
    bases = StatusUpdate.objects.in_bulk([int(one) for one in numbers if one.isdecimal() and len(one) < 10])
    return [form_of(project, data, bases, None) for project in found]


def weekly_post(request: HttpRequest) -> HttpResponse:
    """The button that was pressed: still true, publish, or keep as a draft (the language switch too)."""
    forms = sent_forms(request)
    keep_drafts(request, forms)
    if target := switch_target(request):
        return redirect(target)
    if "still" in request.POST:
        return still_true(request, forms)
    asked = request.POST.get("publish", "")
    chosen = [one for one in forms if one.touched and asked in {"all", str(one.project.pk)}]
    if not asked:
        messages.success(request, _("What you wrote is kept. Only you see it until you publish it."))
        return redirect(request.get_full_path())
    if not chosen:
        messages.info(request, _("Nothing was changed, so nothing is published."))
        return redirect(request.get_full_path())
    wrong = [one for one in chosen if not one.is_valid()]
    if not wrong:
        count = weekly_publish(chosen, by=request.user)
        text = ngettext("%(count)s project is published.", "%(count)s projects are published.", count)
        messages.success(request, text % {"count": count})
        return redirect(request.get_full_path())
    return again(request, forms, wrong)


def again(request: HttpRequest, forms: list[WeeklyForm], wrong: list[WeeklyForm]) -> HttpResponse:
    """The screen with what was typed and with what is wrong. Nothing was published."""
    shown = shown_page(request)
    sent = {form.project.pk: form for form in forms}
    bound = [sent.get(project.pk) or form_of(project, None, {}, None) for project in shown]
    return drawn(request, shown, bound, {actions.draft_key(form.project) for form in forms if form.touched}, wrong)


def keep_drafts(request: HttpRequest, forms: list[WeeklyForm]) -> None:
    """Keep what was changed of each project; where nothing is changed any more, forget the draft."""
    kept = drafts_of(request.user, [form.project for form in forms])
    for form in forms:
        key = actions.draft_key(form.project)
        start = form.add_prefix("")
        data = {
            name.removeprefix(start): value[:LONGEST]
            for name, value in request.POST.items()
            if isinstance(value, str) and name.startswith(start)
        }
        if form.touched and (key not in kept or kept[key].data != data):
            save_draft(request.user, key, data)
        elif not form.touched and key in kept:
            drop_draft(request.user, key)


def still_true(request: HttpRequest, forms: list[WeeklyForm]) -> HttpResponse:
    """One button: nothing changed in this project."""
    project = next((form.project for form in forms if str(form.project.pk) == request.POST["still"]), None)
    if project is not None:
        try:
            actions.status_confirm(project, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            text = _("%(project)s: the status is confirmed, still true.")
            messages.success(request, text % {"project": project.title})
    return redirect(request.get_full_path())


@screen(methods=("POST",), may=rules.team)
def weekly_draft(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed, every few seconds."""
    keep_drafts(request, sent_forms(request))
    return JsonResponse({"saved": True})


def drawn(
    request: HttpRequest, shown: Page[Project], forms: list[WeeklyForm], drafted: set[str], wrong: Any = ()
) -> HttpResponse:
    today = timezone.localdate()
    against = told_of(shown, today, team=True)
    entries = []
    for form in forms:
        project, standing = form.project, form.project.now
        flags = against.get(project.pk, [])
        told = said_when(standing, today) if standing else ""
        kept = actions.draft_key(project) in drafted
        entries.append(Entry(project, form, standing_shown(standing, today), told, flags, kept))
    everybody = "everybody" in request.GET
    context = {
        "entries": entries,
        "page_obj": shown,
        "faults": draw_summary(errors_of(*wrong)),
        "form": next((one for one in wrong if one.errors), None),
        "everybody": everybody,
        "scale": [(point.label, MEANINGS[SCALE][point]) for point in Confidence],
        "draft_url": f"{reverse('projects:weekly_draft')}{'?everybody' if everybody else ''}",
        "switch_saves": True,
        "demonstration": any(entry.project.is_demo for entry in entries),
    }
    return page(request, "projects/weekly_page.html", context)
