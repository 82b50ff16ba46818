"""What may stand in a PDF: the data of a document checked, each fault told in a sentence, before Typst sees it."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.utils.translation import gettext as _

LINK_SCHEMES = {"http", "https", "mailto", "tel"}
SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
LARGEST_SIDE = 20_000  # pixels: a picture beyond it is a mistake or an attack on memory
SVG = "{http://www.w3.org/2000/svg}svg"


class PdfProblem(Exception):
    """The document cannot be made; `sentences` say what to put right, in the language active when it was raised."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True)
class Image:
    name: str
    content: bytes


@dataclass
class Document:
    """The data as the template reads it: every key present, every text a list of runs."""

    content: dict[str, Any]
    images: list[Image]
    date: datetime | None

    @property
    def recommendations(self) -> list[dict[str, Any]]:
        return [block for block in self.content["blocks"] if block["type"] == "recommendation"]


@dataclass
class Checker:
    """Reads blocks one after another and remembers what spans them: levels, anchors, pictures, faults."""

    problems: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)
    level: int = 0

    def runs(self, value: Any) -> list[dict[str, Any]]:
        parts = [value] if isinstance(value, str | Mapping) or not isinstance(value, Sequence) else value
        return [self.run(part) for part in parts if part not in (None, "")]

    def run(self, part: Any) -> dict[str, Any]:
        part = part if isinstance(part, Mapping) else {"text": part}
        link = part.get("link") or None
        if link and link.startswith("#"):
            self.wanted.append(link[1:])
        elif link and urlsplit(link).scheme not in LINK_SCHEMES:
            self.problems.append(_("The link “%(link)s” is not a web, mail or telephone address.") % {"link": link})
        return {
            "text": " ".join(str(part["text"]).replace("\t", " ").splitlines()),
            "bold": bool(part.get("bold")),
            "italic": bool(part.get("italic")),
            "label": bool(part.get("label")),
            "link": link,
            "lang": part.get("lang"),
        }

    def anchor(self, block: Mapping[str, Any]) -> str | None:
        name = block.get("id") or None
        if name in self.anchors:
            self.problems.append(_("Two parts of the document share the anchor “%(anchor)s”.") % {"anchor": name})
            return None
        if name:
            self.anchors.add(name)
        return name

    def block(self, block: Mapping[str, Any]) -> dict[str, Any]:
        kind = block.get("type")
        check = getattr(self, f"check_{kind}", None)
        if check is None:
            raise ValueError(f"No block of a document is called {kind!r}.")
        return {"type": kind, **check(block)}

    def check_heading(self, block: Mapping[str, Any]) -> dict[str, Any]:
        level, runs = block["level"], self.runs(block["text"])
        words = {"heading": plain(runs), "level": level, "before": self.level}
        if self.level == 0 and level != 1:
            self.problems.append(
                _("The first heading, “%(heading)s”, is at level %(level)s; it must be at level 1.") % words
            )
        elif level > self.level + 1:
            self.problems.append(
                _("The heading “%(heading)s” is at level %(level)s but follows level %(before)s: leave no level out.")
                % words
            )
        self.level = level
        return {"level": level, "runs": runs, "id": self.anchor(block)}

    def check_paragraph(self, block: Mapping[str, Any]) -> dict[str, Any]:
        number = self.run(block["number"]) if block.get("number") else None
        return {"runs": self.runs(block["text"]), "number": number, "id": self.anchor(block)}

    def check_recommendation(self, block: Mapping[str, Any]) -> dict[str, Any]:
        return {"runs": self.runs(block["text"]), "number": block.get("number"), "id": self.anchor(block)}

    def check_list(self, block: Mapping[str, Any]) -> dict[str, Any]:
        return {"ordered": bool(block.get("ordered")), "items": [self.item(item) for item in block["items"]]}

    def item(self, item: Any) -> dict[str, Any]:
        nested = item if isinstance(item, Mapping) and "items" in item else {"text": item, "items": []}
        return {
            "runs": self.runs(nested["text"]),
            "ordered": bool(nested.get("ordered")),
            "items": [self.item(inner) for inner in nested["items"]],
        }

    def check_table(self, block: Mapping[str, Any]) -> dict[str, Any]:
        header = [self.runs(cell) for cell in block.get("header") or []]
        rows = [[{"runs": self.runs(cell)} for cell in row] for row in block["rows"]]
        name = {"table": plain(self.runs(block.get("caption"))) or plain(header[0] if header else [])}
        if not header or not all(header):
            self.problems.append(_("The table “%(table)s” needs a header for each of its columns.") % name)
        elif any(len(row) != len(header) for row in rows):
            self.problems.append(_("The table “%(table)s” has a row with more or fewer cells than its header.") % name)
        return {
            "header": header,
            "rows": rows,
            "align": list(block.get("align") or ["left"] * len(header)),
            "widths": list(block.get("widths") or [1] * len(header)),
            "caption": self.runs(block["caption"]) if block.get("caption") else None,
        }

    def check_figure(self, block: Mapping[str, Any]) -> dict[str, Any]:
        alt = str(block.get("alt") or "").strip()
        caption = self.runs(block["caption"]) if block.get("caption") else None
        name = {"figure": plain(caption or []) or str(len(self.images) + 1)}
        if not alt:
            self.problems.append(_("The figure “%(figure)s” needs a text that says what it shows.") % name)
        content, form = block["image"], block["format"]
        content = content.encode() if isinstance(content, str) else content
        if not readable(content, form):
            self.problems.append(_("The picture of the figure “%(figure)s” cannot be read.") % name)
        self.images.append(Image(f"picture-{len(self.images)}.{form}", content))
        return {"file": f"/{self.images[-1].name}", "alt": alt, "caption": caption, "width": block.get("width")}

    def check_page_break(self, block: Mapping[str, Any]) -> dict[str, Any]:
        return {}


def document(data: Mapping[str, Any]) -> Document:
    """The checked document, or PdfProblem with every fault found."""
    checker = Checker()
    title = " ".join(str(data.get("title") or "").split())
    if not title:
        checker.problems.append(_("The document needs a title."))
    content = {
        "title": title,
        "subtitle": checker.runs(data.get("subtitle")),
        "author": str(data.get("author") or ""),
        "meta": [{"label": str(label), "runs": checker.runs(value)} for label, value in data.get("meta") or []],
        "contents": bool(data.get("contents")),
        "cover": bool(data.get("cover")),
        "blocks": [checker.block(block) for block in data["blocks"]],
    }
    for name in sorted(set(checker.wanted) - checker.anchors):
        checker.problems.append(_("A link leads to “#%(anchor)s”, which is not in the document.") % {"anchor": name})
    if checker.problems:
        raise PdfProblem(checker.problems)
    return Document(content, checker.images, data.get("date"))


def plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)


def readable(content: bytes, form: str) -> bool:
    """Whether the picture is what it says it is, and of a sane size."""
    if form == "svg":
        if b"<!" in content.replace(b"<!--", b""):
            return False
        try:
            return ElementTree.fromstring(content).tag == SVG  # noqa: S314  no DOCTYPE, so no entities that grow
        except ElementTree.ParseError:
            return False
    if form not in SIGNATURES:
        raise ValueError(f"A figure is svg, png or jpg, not {form!r}.")
    if not content.startswith(SIGNATURES[form]):
        return False
    if form == "png":
        return len(content) > 24 and all(0 < side <= LARGEST_SIDE for side in struct.unpack(">II", content[16:24]))
    return True
