"""The Markdown within a block, as clean HTML: paragraphs, lists, emphasis, links; no headings, pictures or HTML."""

import re

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from wlga_portal.kernel.markup import classed, clean

NOT_WITHIN_A_BLOCK = ["heading", "lheading", "html_block", "html_inline", "image", "hr", "code", "fence", "blockquote"]
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}

parser = MarkdownIt("commonmark", {"html": False}).disable(NOT_WITHIN_A_BLOCK)


def block_html(text: str) -> SafeString:
    """The HTML of a text of several lines."""
    return clean(parser.renderer.render(classed(parser.parse(text)), parser.options, {}), TAGS)


def inline_html(text: str) -> SafeString:
    """The HTML of one line: a heading, a caption, a cell."""
    line = re.sub(r"\s+", " ", text)
    return clean(parser.renderer.render(classed(parser.parseInline(line)), parser.options, {}), TAGS)
