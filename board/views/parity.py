"""The parity check of a paper, and accepting a difference with a reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board.actions.parity import parity_accept as accept
from board.finders import find_work
from board.forms.writing import AcceptanceForm
from board.models import Paper
from board.parity import Mismatch, mismatches_of, open_mismatches
from board.rules import paper_edit
from board.rules.writing import parity_accept as accept_allowed
from board.tables import work_url
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


@dataclass(frozen=True, slots=True)
class Found:
    """One difference of a paper, about to be accepted."""

    paper: Paper
    mismatch: Mismatch


def list_url(paper: Paper) -> str:
    return reverse("board:paper_parity", kwargs={"slug": paper.slug})


@screen(find=find_work, methods=("GET", "HEAD"))
def paper_parity(request: HttpRequest, paper: Paper) -> HttpResponse:
    """What differs, with both texts beside each other, and what was accepted and why."""
    set_addresses(request, "board:paper_parity", slug=paper)
    found = mismatches_of(paper)
    stated = {one.key: one.sentence for one in found}
    accepted = list(paper.acceptances.select_related("by"))
    context = {
        "paper": paper,
        "found": [one for one in found if one.key not in {known.key for known in accepted}],
        # in the page's language while the difference is there; else as it was said when it was accepted
        "accepted": [(one, stated.get(one.key, "")) for one in accepted],
        "accepts": accept_allowed(request.user, paper),
        "edits": paper_edit(request.user, paper),
        "back": work_url(paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/paper_parity.html", context)


def find_mismatch(request: HttpRequest, slug: str, key: str) -> Found:
    paper = find_work(request, slug)
    found = next((one for one in open_mismatches(paper) if one.key == key), None)
    if found is None:
        raise Http404
    return Found(paper, found)


def found_allowed(user: object, found: Found) -> bool:
    return accept_allowed(user, found.paper)


@screen(find=find_mismatch, may=found_allowed)
def parity_accept(request: HttpRequest, found: Found) -> HttpResponse:
    """Why the difference is right: kept for good."""
    paper = found.paper
    set_addresses(request, "board:parity_accept", slug=paper, key=found.mismatch.key)
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept(paper, found.mismatch.key, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The difference is accepted."))
        return redirect(list_url(paper))
    context = {
        "form": form, "paper": paper, "one": found.mismatch, "back": list_url(paper),
        "demonstration": paper.board.is_demo,
    }  # fmt: skip
    return page(request, "board/parity_accept.html", context)
