"""The Markdown within a block, as clean HTML: paragraphs, lists, emphasis, links; no headings, pictures or HTML."""

import re
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

NOT_WITHIN_A_BLOCK = ["heading", "lheading", "html_block", "html_inline", "image", "hr", "code", "fence", "blockquote"]
CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
}
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
ATTRIBUTES = {tag: {"class"} for tag in TAGS} | {"a": {"class", "href"}, "ol": {"class", "start"}}

parser = MarkdownIt("commonmark", {"html": False}).disable(NOT_WITHIN_A_BLOCK)


def classed(tokens: list[Any]) -> list[Any]:
    for token in tokens:
        if token.type in CLASSES:
            token.attrJoin("class", CLASSES[token.type])
        if token.children:
            classed(token.children)
    return tokens


def clean(html: str) -> SafeString:
    safe = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(safe.strip())  # noqa: S308  nh3 lets these tags and attributes through and no other


def block_html(text: str) -> SafeString:
    """The HTML of a text of several lines."""
    return clean(parser.renderer.render(classed(parser.parse(text)), parser.options, {}))


def inline_html(text: str) -> SafeString:
    """The HTML of one line: a heading, a caption, a cell."""
    line = re.sub(r"\s+", " ", text)
    return clean(parser.renderer.render(classed(parser.parseInline(line)), parser.options, {}))
