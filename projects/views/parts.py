"""Adding, changing and taking away a part of a project or plan: the same three screens for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, VersionedModel, clash_page, load_draft, resolved
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused

from .. import actions, parts, rules
from ..drafts import initial_of, keep, posted
from ..finders import find_plan, find_project
from ..forms import MoveForm
from ..parts import Part
from .updates import wants_draft

View = Callable[..., HttpResponse]
FINDERS: dict[str, Callable[[HttpRequest, str], Any]] = {"project": find_project, "plan": find_plan}


def may(user: Any, _thing: Any) -> bool:
    """The team keeps the parts of projects and plans."""
    return rules.team(user)


def row_finder(part: Part) -> Callable[..., Any]:
    """A finder of a row of this kind, below what this person may see."""

    def find(request: HttpRequest, slug: str, number: int) -> Any:
        parent = FINDERS[part.parent](request, slug)
        row = part.model.objects.filter(**{part.parent: parent, "pk": number}).first()
        if row is None:
            raise Http404
        return row

    return find


def adder(part: Part) -> View:
    @screen(find=FINDERS[part.parent], may=may)
    def part_add(request: HttpRequest, parent: Any) -> HttpResponse:
        """A new row of this kind."""
        set_addresses(request, f"projects:{part.noun}_add", slug=parent)
        return part_page(request, part, parent, part.model(**{part.parent: parent}))

    return part_add


def changer(part: Part) -> View:
    @screen(find=row_finder(part), may=may)
    def part_edit(request: HttpRequest, row: Any) -> HttpResponse:
        """A row of this kind. What two people change in different fields merges; the same field shows both texts."""
        parent = getattr(row, part.parent)
        set_addresses(request, f"projects:{part.noun}_edit", slug=parent, number=row.pk)
        return part_page(request, part, parent, row)

    return part_edit


def remover(part: Part) -> View:
    @screen(find=row_finder(part), may=may)
    def part_remove(request: HttpRequest, row: Any) -> HttpResponse:
        """One page with one button, and room for a reason."""
        parent = getattr(row, part.parent)
        set_addresses(request, f"projects:{part.noun}_remove", slug=parent, number=row.pk)
        form = MoveForm(posted(request), why_required=False)
        if request.method == "POST" and form.is_valid():
            try:
                actions.part_remove(row, by=request.user, why=form.cleaned_data["why"])
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("It is taken away. The history keeps it."))
                return redirect(parent)
        context = {"part": part, "parent": parent, "row": row, "form": form, "demonstration": parent.is_demo}
        return page(request, "projects/part_remove.html", context)

    return part_remove


def part_page(request: HttpRequest, part: Part, parent: Any, row: Any) -> HttpResponse:
    """The form of a row, which keeps what is typed."""
    key, new = actions.part_key(part.noun, row, parent), row.pk is None
    return form_page(
        request,
        FormScreen(
            key=key,
            form=part.form,
            row=row,
            title=part.add if new else part.edit,
            parent=parent,
            save=lambda form: actions.part_save(form, by=request.user, key=key),
            remove=part if part.remove and not new else None,
        ),
    )


@dataclass(frozen=True, slots=True)
class FormScreen:
    """A form of one row: where what is typed is kept, what saves it, the `parent` to which the person goes back.

    `back`: where that is, for a row without a parent.
    """

    key: str
    form: type[Any]
    row: Any
    title: Any
    save: Callable[[Any], Any]
    parent: Any = None
    remove: Part | None = None
    template: str = "projects/part_edit.html"
    back: str = ""


def form_page(request: HttpRequest, shown: FormScreen) -> HttpResponse:
    """Draw or save the form. A draft is kept on the way; two people who change the same field are asked."""
    row, parent = shown.row, shown.parent
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        keep(request, shown.key, shown.form)
        return JsonResponse({"saved": True})
    if request.method == "POST" and wants_draft(request):
        keep(request, shown.key, shown.form)
        messages.success(request, _("The draft is saved. Only you see it."))
        return redirect(switch_target(request) or request.path)
    draft, demonstration = load_draft(request.user, shown.key), getattr(parent, "is_demo", False)
    merges = row.pk is not None and isinstance(row, VersionedModel)
    data = resolved(request.POST, row) if merges and request.method == "POST" else posted(request)
    version = row.version if merges else ""
    form = shown.form(data, instance=row, initial=initial_of(shown.form, draft))
    if request.method == "POST" and form.is_valid():
        try:
            saved = shown.save(form)
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=demonstration)
        except (Refused, ValidationError) as fault:
            form.add_error(None, fault if isinstance(fault, ValidationError) else str(fault))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(parent or saved)
    context = {
        "title": shown.title,
        "parent": parent,
        "back": shown.back,
        "row": row,
        "form": form,
        "version": form.data.get("version") or (draft and draft.data.get("version")) or version,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "remove": shown.remove,
        "remove_name": f"projects:{shown.remove.noun}_remove" if shown.remove else "",
        "switch_saves": True,
        "demonstration": demonstration,
    }
    return page(request, shown.template, context)


milestone_add, milestone_edit = adder(parts.MILESTONE), changer(parts.MILESTONE)
risk_add, risk_edit = adder(parts.RISK), changer(parts.RISK)
benefit_add, benefit_edit, benefit_remove = adder(parts.BENEFIT), changer(parts.BENEFIT), remover(parts.BENEFIT)
cost_add, cost_edit, cost_remove = adder(parts.COST), changer(parts.COST), remover(parts.COST)
partner_add, partner_edit, partner_remove = adder(parts.PARTNER), changer(parts.PARTNER), remover(parts.PARTNER)
document_add, document_edit, document_remove = adder(parts.DOCUMENT), changer(parts.DOCUMENT), remover(parts.DOCUMENT)
lesson_add, lesson_edit, lesson_remove = adder(parts.LESSON), changer(parts.LESSON), remover(parts.LESSON)
gate_add, gate_edit, gate_remove = adder(parts.GATE), changer(parts.GATE), remover(parts.GATE)

# of a delivery plan
funding_add, funding_edit, funding_remove = adder(parts.FUNDING), changer(parts.FUNDING), remover(parts.FUNDING)
listing_add, listing_edit, listing_remove = adder(parts.LISTING), changer(parts.LISTING), remover(parts.LISTING)
deliverable_add, deliverable_edit = adder(parts.DELIVERABLE), changer(parts.DELIVERABLE)
deliverable_remove = remover(parts.DELIVERABLE)
change_add_project, change_drop_project = adder(parts.ADD_PROJECT), adder(parts.DROP_PROJECT)
change_move_target, change_move_baseline = adder(parts.MOVE_TARGET), adder(parts.MOVE_BASELINE)
