"""The search: one box over all areas, and what this person may see of what it finds."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Text, page_language
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import page_number

from ..forms import SearchForm
from ..search.answering import Answer, Hit, Narrowed, search
from ..search.finding import MOST
from ..search.kinds import KINDS
from ..search.passages import marked, passage, split

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it. `other`: the language in which it can be read as well, as its title and address."""

    hit: Hit
    kind: str | Promise
    url: str
    title: SafeString
    passage: SafeString
    councils: list[Text]
    elsewhere: str

    @property
    def other_language(self) -> str:
        return "cy" if self.hit.language == "en" else "en"


@screen(public=True, methods=("GET", "HEAD"))
def search_page(request: HttpRequest) -> HttpResponse:
    """Public; a signed-in person finds what is open to them too. Nothing of the question is kept."""
    councils = {one.pk: one.name for one in Organisation.objects.by_name().only("name_en", "name_cy", "kind")}
    asks = bool(request.GET.get("q", "").strip())
    form = SearchForm(request.GET if asks else None, initial=request.GET.dict(), councils=councils)
    context: dict[str, Any] = {"form": form, "asked": "", "own_search": True}  # one box is enough
    if asks and form.is_valid():
        context |= results(request, form, councils)
    return page(request, "programme/search.html", context)


def results(request: HttpRequest, form: SearchForm, councils: dict[int, Text]) -> dict[str, Any]:
    """What was found, page by page. A page that does not exist shows the nearest that does."""
    asked, language = form.cleaned_data["q"], page_language()
    most = MOST // PER_PAGE
    number = page_number(request, most)

    def found_on(number: int) -> Answer:
        start = (number - 1) * PER_PAGE
        return search(asked, language, reader=request.user, narrowed=form.narrowed(), limit=PER_PAGE, start=start)

    found = found_on(number)
    if number > 1 and not found.hits:
        number, found = 1, found_on(1)
    paginator = Paginator(range(found.total), PER_PAGE)
    shown = paginator.page(number)
    return {
        "asked": asked,
        "narrowed": form.narrowed() != Narrowed(),
        "found": [as_shown(hit, councils, language) for hit in found.hits],
        "page_obj": shown,
        "count_text": count_text(found, shown),
        "demonstration": settings.DEMO and bool(found.hits),
    }


def as_shown(hit: Hit, councils: dict[int, Text], language: str) -> Shown:
    """A hit with its words marked; it leads to the page in the reader's language."""
    in_title, in_text = split(hit.title, hit.text, hit.places)
    with override(hit.language):
        here = hit.url if hit.language == language else hit.other_url or translate_url(hit.url, language)
    return Shown(
        hit,
        KINDS[hit.kind],
        here,
        marked(hit.title, in_title),
        passage(hit.text, in_text),
        [councils[one] for one in hit.councils if one in councils],
        hit.other_url,
    )


def count_text(found: Answer, shown: Any) -> str:
    """ "12 results", "over 2,000 texts: the best 1,340 results", and which of them the page shows."""
    whole = ngettext("%(count)s result", "%(count)s results", found.total) % {"count": f"{found.total:,}"}
    if found.more:
        whole = _("Over %(most)s texts have these words. The best are shown: %(results)s") % {
            "most": f"{MOST:,}",
            "results": whole,
        }
    if shown.paginator.num_pages == 1:
        return whole
    numbers = {"whole": whole, "first": f"{shown.start_index():,}", "last": f"{shown.end_index():,}"}
    return _("%(whole)s: %(first)s to %(last)s shown") % numbers
