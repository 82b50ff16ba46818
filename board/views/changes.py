"""What changed from one edition to the next."""

from django.http import Http404, HttpRequest, HttpResponse

from board.differences import compare
from board.finders import find_edition
from board.models import Edition
from board.reading import text_of
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen, set_addresses


def find_changed(request: HttpRequest, slug: str, number: int) -> Edition:
    """An edition that came after another one that can still be read."""
    edition = find_edition(request, slug, number)
    if earlier(request, edition) is None:
        raise Http404
    return edition


def earlier(request: HttpRequest, edition: Edition) -> Edition | None:
    """The one before it, or the earlier one that a reader had read (`?from=1`); never one that was withdrawn."""
    before = edition.paper.editions.standing().filter(number__lt=edition.number)
    asked = request.GET.get("from", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 5:
        before = before.filter(number=int(asked)) or before
    found: Edition | None = before.order_by("-number").first()
    return found


@screen(public=True, find=find_changed, methods=("GET", "HEAD"))
def edition_changes(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Block by block, word by word, and in words too."""
    paper, before = edition.paper, earlier(request, edition)
    assert before is not None  # noqa: S101  the finder asked
    set_addresses(request, "board:edition_changes", slug=paper, number=edition.number)
    context = {
        "paper": paper,
        "edition": edition,
        "before": before,
        "title": text_of(edition.data, "title"),
        "correction": text_of(edition.data, "correction"),
        "found": compare(before.data, edition.data, page_language()),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/edition_changes.html", context)
