"""The Markdown of a block as the blocks and runs of a PDF (`kernel.pdf`)."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from markdown_it.token import Token

from wlga_portal.kernel.pdf_blocks import LINK_SCHEMES

from .markup import parser


class Words:
    """Writes texts of one paper; its own anchors become places in the pack, `<prefix>-p12`."""

    def __init__(self, prefix: str, anchors: Collection[str]) -> None:
        self.prefix, self.anchors = prefix, anchors

    def blocks(self, text: str, lang: str = "") -> list[dict[str, Any]]:
        """Paragraphs and lists, in their order."""
        found: list[dict[str, Any]] = []
        tokens = iter(parser.parse(text))
        for token in tokens:
            if token.type == "inline":
                found.append({"type": "paragraph", "text": self.runs(token.children or [], lang)})
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                found.append({"type": "list", **self.entries(token, tokens, lang)})
        return found

    def line(self, text: str, lang: str = "") -> list[dict[str, Any]]:
        """One line: a heading, a caption, a cell."""
        children = parser.parseInline(" ".join(text.split()))[0].children
        return self.runs(children or [], lang)

    def entries(self, opened: Token, tokens: Iterator[Token], lang: str) -> dict[str, Any]:
        """A list up to its end, with what is nested in it."""
        items: list[dict[str, Any]] = []
        ordered = opened.type == "ordered_list_open"
        for token in tokens:
            if token.type == opened.type.replace("open", "close"):
                break
            if token.type == "list_item_open":
                items.append({"text": [], "ordered": False, "items": []})
            elif token.type == "inline":
                item = items[-1]
                item["text"] += [*([" "] if item["text"] else []), *self.runs(token.children or [], lang)]
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                inner = self.entries(token, tokens, lang)
                items[-1]["ordered"] = inner["ordered"]
                items[-1]["items"] += inner["items"]
        return {"ordered": ordered, "items": items}

    def runs(self, children: list[Token], lang: str) -> list[dict[str, Any]]:
        """The pieces of a line, each with how it is set and where it leads."""
        found: list[dict[str, Any]] = []
        bold = italic = 0
        link: str | None = None
        for token in children:
            if token.type in ("strong_open", "strong_close"):
                bold += token.nesting
            elif token.type in ("em_open", "em_close"):
                italic += token.nesting
            elif token.type == "link_open":
                link = self.target(str(token.attrs.get("href", "")))
            elif token.type == "link_close":
                link = None
            else:
                text = " " if token.type in ("softbreak", "hardbreak") else token.content
                found.append({"text": text, "bold": bold > 0, "italic": italic > 0, "link": link, "lang": lang or None})
        return found

    def target(self, href: str) -> str | None:
        """An address that means something on paper: of the web, or of a place in the pack; None for any other."""
        if href.startswith("#"):
            return f"#{self.prefix}-{href[1:]}" if href[1:] in self.anchors else None
        if href.startswith("/"):
            return f"{settings.BASE_URL}{href}"
        return href if href.partition(":")[0] in LINK_SCHEMES else None
