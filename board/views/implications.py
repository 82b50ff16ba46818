"""The implications of a paper: six short answers, each in both languages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from board import rules
from board.actions import texts_review
from board.actions.implications import implication_row, implication_save
from board.finders import find_work
from board.forms.writing import ImplicationForm
from board.implications import in_order
from board.models import Implication, ImplicationKind, Paper
from board.tables import work_url
from board.views.work import marks_of, reviewable
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, drop_draft, load_draft, resolved, save_draft, sent_version
from wlga_portal.kernel.workflow import Refused

TYPED = ("none", "text_en", "text_cy")


@dataclass(frozen=True, slots=True)
class Written:
    """One implication of a paper, with its row where there is one."""

    paper: Paper
    kind: ImplicationKind
    row: Implication | None

    @property
    def instance(self) -> Implication:
        return self.row or Implication(paper=self.paper, kind=self.kind)

    @property
    def draft_key(self) -> str:
        return f"board.implication:{self.paper.pk}:{self.kind}"

    def url(self, name: str) -> str:
        return reverse(f"board:{name}", kwargs={"slug": self.paper.slug, "kind": str(self.kind)})


def find_implication(request: HttpRequest, slug: str, kind: str) -> Written:
    paper = find_work(request, slug)
    if kind not in ImplicationKind.values:
        raise Http404
    row: Implication | None = paper.implications.filter(kind=kind).first()
    if row is not None:
        row.paper = paper
    return Written(paper, ImplicationKind(kind), row)


def edit_allowed(user: Any, written: Written) -> bool:
    return rules.paper_edit(user, written.paper)


def review_allowed(user: Any, written: Written) -> bool:
    return rules.paper_translate(user, written.paper)


def list_url(paper: Paper) -> str:
    return reverse("board:paper_implications", kwargs={"slug": paper.slug})


@screen(find=find_work, methods=("GET", "HEAD"))
def paper_implications(request: HttpRequest, paper: Paper) -> HttpResponse:
    """All six, with what is said and what is lacking."""
    set_addresses(request, "board:paper_implications", slug=paper)
    rows = [
        {
            "kind": kind, "row": row, "marks": marks_of(row) if row and row.text else [],
            "reviewable": bool(row and reviewable(row)),
        }
        for kind, row in in_order(paper)
    ]  # fmt: skip
    context = {
        "paper": paper,
        "rows": rows,
        "edits": rules.paper_edit(request.user, paper),
        "reviews": rules.paper_translate(request.user, paper),
        "back": work_url(paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/paper_implications.html", context)


@screen(find=find_implication, may=edit_allowed)
def implication_edit(request: HttpRequest, written: Written) -> HttpResponse:
    """One of them, both languages side by side; what is typed is kept."""
    set_addresses(request, "board:implication_edit", slug=written.paper, kind=str(written.kind))
    if request.method == "POST":
        return implication_post(request, written)
    draft = load_draft(request.user, written.draft_key)
    instance = written.instance
    if draft is None:
        return edit_page(request, written, ImplicationForm(instance=instance), version=instance.version)
    form = ImplicationForm(instance=instance, initial=draft.data)
    return edit_page(request, written, form, version=draft.data["version"], draft=draft)


def implication_post(request: HttpRequest, written: Written) -> HttpResponse:
    target = switch_target(request)
    if target:
        keep(request, written)
        return redirect(target)
    form = ImplicationForm(request.POST, instance=written.instance)
    if not form.is_valid():
        keep(request, written)
        return edit_page(request, written, form, version=sent_version(form))
    try:
        row = implication_row(written.paper, written.kind, by=request.user)
        form = ImplicationForm(resolved(request.POST, row), instance=row)
        form.is_valid()
        implication_save(form, by=request.user)
    except Clash as clash:
        keep(request, written)
        return clash_page(request, clash, form, demonstration=written.paper.board.is_demo)
    except Refused as refused:
        keep(request, written)
        messages.info(request, str(refused))
        return redirect(list_url(written.paper))
    drop_draft(request.user, written.draft_key)
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
    return redirect(list_url(written.paper))


def keep(request: HttpRequest, written: Written) -> Any:
    """Keep what was typed as this person's draft; gives the time."""
    found = {name: request.POST.get(name, request.POST.get(f"mine_{name}")) for name in TYPED}
    said = {name: value.replace("\0", "") for name, value in found.items() if value is not None}
    version = sent_version(ImplicationForm(request.POST, instance=written.instance))
    return save_draft(request.user, written.draft_key, {**said, "version": version})


def edit_page(
    request: HttpRequest, written: Written, form: ImplicationForm, *, version: int, **context: Any
) -> HttpResponse:
    known = {
        "written": written,
        "paper": written.paper,
        "form": form,
        "version": version,
        "draft_url": written.url("implication_draft"),
        "back": list_url(written.paper),
        "switch_saves": True,
        "demonstration": written.paper.board.is_demo,
    }
    return page(request, "board/implication_edit.html", known | context)


@screen(find=find_implication, may=edit_allowed, methods=("POST",))
def implication_draft(request: HttpRequest, written: Written) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    at = keep(request, written)
    return JsonResponse({"saved_at": f"{timezone.localtime(at):%H:%M:%S}"})


@screen(find=find_implication, may=review_allowed, methods=("POST",))
def implication_review(request: HttpRequest, written: Written) -> HttpResponse:
    """A translator has compared the two sides."""
    if written.row is not None:
        texts_review(written.row, by=request.user)
        messages.success(request, _("Marked as reviewed."))
    return redirect(list_url(written.paper))
