"""Pages of plain text: kept as Markdown, one file for each language, side by side in `programme/pages/`."""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen

PAGES = Path(__file__).resolve().parent.parent / "pages"
NAMES = ("accessibility", "privacy", "cookies", "help", "contact")
CLASSES = {
    "h1": "govuk-heading-xl",
    "h2": "govuk-heading-m",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "table": "govuk-table portal-table portal-table--stack",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "a": "govuk-link",
}


def label_cells(tokens: list[Token]) -> None:
    """Each cell says its column: on a small screen a row is drawn as a block."""
    headings: list[str] = []
    column = 0
    for token, following in pairwise(tokens):
        if token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            headings.append(following.content)
        elif token.type == "td_open":
            token.attrSet("data-label", headings[column])
            column += 1
        elif token.type == "table_close":
            headings = []


@lru_cache(maxsize=2 * len(NAMES))
def text_of(name: str, language: str) -> tuple[str, SafeString]:
    """Title and HTML of one page. Our own files, so their HTML is safe; they hold no raw HTML."""
    source = (PAGES / f"{name}.{language}.md").read_text(encoding="utf-8")
    source = source.replace("{contact}", settings.COUNCIL_SITES_CONTACT)
    source = source.replace("](contact)", f"]({reverse('programme:contact')})")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(source)
    for token in [inner for outer in tokens for inner in (outer, *(outer.children or []))]:
        if token.nesting == 1 and token.tag in CLASSES and not token.hidden:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "th_open":
            token.attrSet("scope", "col")
    label_cells(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    title = next(token.content for token in tokens if token.type == "inline")
    # a table that is wider than a small screen scrolls by itself, by keyboard too
    scroll = format_html('<div class="portal-scroll" tabindex="0" role="region" aria-label="{}"><table', title)
    html = html.replace("<table", scroll).replace("</table>", "</table></div>")
    return title, mark_safe(html)  # noqa: S308  see above


def text_page(name: str) -> Callable[..., HttpResponse]:
    @screen(public=True, methods=("GET", "HEAD"))
    def view(request: HttpRequest) -> HttpResponse:
        title, html = text_of(name, page_language())
        return page(request, "programme/text_page.html", {"title": title, "html": html})

    return view
