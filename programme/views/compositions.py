"""Papers that the portal composes: choosing, following the data, where each value comes from, what changed since."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from board.finders import find_paper, read_by
from board.models import Paper
from board.tables import work_url
from programme import rules
from programme.composing.actions import changes_seen, follow, update_compose
from programme.composing.changes import waiting
from programme.composing.forms import CompositionForm
from programme.composing.paper_pdf import paper_pdf
from programme.composing.showing import shown_blocks, shown_changes, shown_since
from programme.models import BoundValue, Composition
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .reports import file_of


def find_composition(request: HttpRequest, slug: str) -> Composition:
    """A composed paper that this person works on."""
    paper = Paper.find(Paper.objects.worked_on_by(request.user), slug)
    return Composition.objects.select_related("paper__board").get(paper=paper)


def find_read(request: HttpRequest, slug: str) -> Composition:
    """A composed paper that was published and that this person may read."""
    paper = Paper.find(Paper.objects.visible_to(request.user).published(), slug)
    return Composition.objects.select_related("paper__board").get(paper=paper)


@screen(may=rules.update_compose)
def composition_new(request: HttpRequest) -> HttpResponse:
    """Choose board, period and language order; the draft is there at once."""
    form = CompositionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = update_compose(
            said["board"], by=request.user, starts=said["starts"], ends=said["ends"], drafted_in=said["language"]
        )
        messages.success(request, _("The draft is composed. Read it, edit it, add and reorder its blocks."))
        return redirect(work_url(made.paper))
    return page(request, "programme/composition_new.html", {"form": form})


@screen(find=find_composition, methods=("GET", "HEAD"))
def composition_page(request: HttpRequest, composition: Composition) -> HttpResponse:
    """Every value of the paper with its rows, and what the data says otherwise by now."""
    paper = composition.paper
    set_addresses(request, "programme:composition_page", slug=paper)
    changed = BoundValue.objects.filter(block__composition=composition, changed_at__isnull=False)
    follows = composition.follows
    context = {
        "composition": composition,
        "paper": paper,
        "work_url": work_url(paper),
        "blocks": shown_blocks(composition),
        "changed": list(changed.order_by("block", "pk")),
        "waiting": list(shown_changes(waiting(composition))) if follows else [],
        "follows": follows,
        "may_follow": rules.composition_follow(request.user, composition),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "programme/composition_page.html", context)


@screen(find=find_composition, may=rules.composition_follow, methods=("POST",))
def composition_follow(request: HttpRequest, composition: Composition) -> HttpResponse:
    """Write into the draft what the data says now."""
    try:
        count = follow(composition, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        said = ngettext("%(count)s figure changed.", "%(count)s figures changed.", count) % {"count": count}
        messages.success(request, said if count else _("Nothing has changed."))
    return redirect(composition)


@screen(find=find_composition, may=rules.composition_follow, methods=("POST",))
def composition_seen(request: HttpRequest, composition: Composition) -> HttpResponse:
    """The marks of what changed go."""
    changes_seen(composition, by=request.user)
    messages.success(request, _("The marks are taken away."))
    return redirect(composition)


def find_paper_composed(request: HttpRequest, slug: str) -> Composition:
    """A composed paper that this person may read: published, or a draft on which they work."""
    paper = find_paper(request, slug)
    composition = Composition.objects.get(paper=paper)
    composition.paper = paper
    return composition


@screen(public=True, find=find_paper_composed, methods=("GET", "HEAD"))
def composition_pdf(request: HttpRequest, composition: Composition) -> HttpResponse:
    """The paper as a tagged PDF in the page's language; its Word file is that of every paper."""
    paper, language = composition.paper, page_language()
    return file_of(paper_pdf(paper, read_by(request.user, paper), language), "application/pdf", paper.slug, "pdf")


@screen(public=True, find=find_read, methods=("GET", "HEAD"))
def composition_since(request: HttpRequest, composition: Composition) -> HttpResponse:
    """What has changed since the board saw the paper."""
    paper = composition.paper
    set_addresses(request, "programme:composition_since", slug=paper)
    changes, seen_at = shown_since(composition)
    if seen_at is None:
        raise Http404
    context = {
        "paper": paper,
        "changes": changes,
        "seen_at": seen_at,
        "demonstration": paper.board.is_demo,
    }
    return page(request, "programme/composition_since.html", context)
