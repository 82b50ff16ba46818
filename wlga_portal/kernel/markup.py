"""Markdown as clean HTML: what every text that people type goes through. Raw HTML is shown, never run.

`article_html` draws a whole article: headings below the page's own, lists, tables, quotations, code, and the article's
own pictures, each on a line of its own: `![](picture:3)`. Pictures from elsewhere are not shown.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
    "blockquote_open": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--l govuk-section-break--visible",
    "table_open": "govuk-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
}
HEADINGS = {2: "govuk-heading-m", 3: "govuk-heading-s", 4: "govuk-heading-s"}
INLINE = {"strong", "em", "a", "br", "code"}
BLOCKS = {"p", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "pre", "hr"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
ARTICLE = INLINE | BLOCKS | TABLES
PICTURE = re.compile(r"picture:([1-9]\d{0,3})", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no letters; two of them mark the place of a picture below
SPECIAL = re.compile(r"([\\`*_\[\]<>|&])")  # markup wherever it stands
OPENING = re.compile(r"^(\d*)([#+\-~.)=])")  # markup at the beginning of a line alone

article = MarkdownIt("commonmark", {"html": False}).enable("table")


def plain(text: str) -> str:
    """A text as one paragraph of Markdown that reads as it stands: nothing in it is markup."""
    return OPENING.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", " ".join(text.split())))


def every(tokens: Collection[Token]) -> Iterator[Token]:
    """The tokens and those within them."""
    for token in tokens:
        yield token
        yield from every(token.children or [])


def classed(tokens: list[Token], classes: Mapping[str, str] = CLASSES) -> list[Token]:
    """The tokens with the design system's classes."""
    for token in every(tokens):
        if token.type in classes:
            token.attrJoin("class", classes[token.type])
    return tokens


def clean(html: str, tags: Collection[str] = ARTICLE) -> SafeString:
    """The HTML with these tags and no others; links lead to web pages and mail addresses alone."""
    attributes = {tag: {"class"} for tag in tags} | {"a": {"class", "href"}, "ol": {"class", "start"}}
    attributes |= {"th": {"class", "scope"}} if "th" in tags else {}
    safe = nh3.clean(html, tags=set(tags), attributes=attributes, url_schemes={"http", "https", "mailto"})
    return mark_safe(safe.strip())  # noqa: S308  nh3 lets these tags and attributes through and no other


def levelled(tokens: list[Token]) -> list[Token]:
    """Headings begin below the page's own and skip no level: `#` and `##` are the second."""
    before = 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(max(int(token.tag[1]), 2), before + 1, 4)
            token.attrJoin("class", HEADINGS[level])
            before = level
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{before}"
    return tokens


def number_of(image: Token) -> int | None:
    """The number of the article's own picture; None for one from elsewhere."""
    found = PICTURE.fullmatch(str(image.attrs.get("src", "")))
    return int(found[1]) if found else None


def alone(tokens: list[Token]) -> dict[int, Token]:
    """The pictures that have a paragraph to themselves, by the place of its text among the tokens."""
    return {
        place: token.children[0]
        for place, token in enumerate(tokens)
        if token.children
        and [child.type for child in token.children] == ["image"]
        and tokens[place - 1].type == "paragraph_open"
        and not tokens[place - 1].hidden  # in a list without blank lines
    }


def picture_faults(text: str, known: Collection[int]) -> list[str]:
    """What is wrong with the pictures of a text, in sentences. `known`: the numbers of the article's own pictures."""
    tokens = article.parse(text)
    by_itself = {id(token) for token in alone(tokens).values()}
    faults = []
    for image in (token for token in every(tokens) if token.type == "image"):
        number = number_of(image)
        if number is None:
            faults.append(_("Only pictures that were added here can be shown, like ![](picture:1)."))
        elif number not in known:
            faults.append(_("There is no picture %(number)d.") % {"number": number})
        elif id(image) not in by_itself:
            faults.append(_("Put picture %(number)d on a line of its own.") % {"number": number})
    return list(dict.fromkeys(faults))


def article_html(text: str, picture: Callable[[int], SafeString | str] = lambda _number: "") -> SafeString:
    """The HTML of an article; `picture(number)` draws one of its pictures, or gives '' where there is none."""
    tokens = levelled(article.parse(CONTROL.sub("", text)))
    drawn: list[SafeString | str] = []
    for place, image in alone(tokens).items():
        number = number_of(image)
        drawn.append(picture(number) if number is not None else "")
        tokens[place].children = [Token("text", "", 0, content=f"\x02{len(drawn) - 1}\x03")]
    for token in every(tokens):
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "image":  # within a line, or not the article's own: not shown
            token.type, token.content = "text", token.content
    html = clean(article.renderer.render(classed(tokens), article.options, {}))
    scroll = format_html('<div class="portal-scroll" tabindex="0" role="region" aria-label="{}"><table', _("Table"))
    html = SafeString(html.replace("<table", scroll).replace("</table>", "</table></div>"))
    return SafeString(re.sub('<p class="govuk-body">\x02(\\d+)\x03</p>', lambda found: str(drawn[int(found[1])]), html))
