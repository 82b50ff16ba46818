"""XLIFF 1.2: the version that every translation program reads and writes (2.1 is not read by all of them yet).

A text is one unit; what a program adds within it (segments, marks) is read through. The name of a unit carries which
text it is and a sign of the translation that it had, which programs leave as it is.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]  # it has no stubs; python-docx brings it

from .texts import Entry, State
from .units import Unit, note, plain

SPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML = "http://www.w3.org/XML/1998/namespace"
CONTENT_TYPE = "application/x-xliff+xml"
STATES = {
    State.MISSING: "needs-translation",
    State.STALE: "needs-adaptation",
    State.UNREVIEWED: "needs-review-translation",
    State.REVIEWED: "final",
}
DIRECTIONS = (("en", "cy"), ("cy", "en"))


def named(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def xliff_of(entries: Iterable[Entry]) -> bytes:
    """The texts as a file: a part for each direction, as the format asks."""
    found = list(entries)
    root = etree.Element(named("xliff"), nsmap={None: SPACE}, version="1.2")
    for source, target in DIRECTIONS:
        part = [entry for entry in found if entry.target == target]
        if not part:
            continue
        languages = {"source-language": source, "target-language": target}
        file = etree.SubElement(root, named("file"), original="portal", datatype="plaintext", **languages)
        body = etree.SubElement(file, named("body"))
        for entry in part:
            add_unit(body, entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def add_unit(body: Any, entry: Entry) -> None:
    unit = etree.SubElement(body, named("trans-unit"), {"id": entry.key, f"{{{XML}}}space": "preserve"})
    source = etree.SubElement(unit, named("source"), {f"{{{XML}}}lang": entry.source})
    source.text = plain(entry.said)
    state = STATES[State(entry.state)]
    target = etree.SubElement(unit, named("target"), {f"{{{XML}}}lang": entry.target, "state": state})
    target.text = plain(entry.translated)
    etree.SubElement(unit, named("note")).text = plain(note(entry))


def read_xliff(content: bytes) -> list[Unit]:
    """The units of a file. Raises ValidationError with a sentence for what is none; nothing outside it is read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValidationError(_("This is not an XLIFF file, or it is damaged.")) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise ValidationError(_("The file holds what no XLIFF file of the portal holds, and is not opened."))
    if root.tag != named("xliff"):
        raise ValidationError(_("This is not an XLIFF 1.2 file. Save it as that, under the names that it had."))
    return [
        Unit(str(unit.get("id", "")), said(unit.find(named("source"))), said(unit.find(named("target"))))
        for unit in root.iter(named("trans-unit"))
    ]


def said(element: Any) -> str:
    """All words within an element."""
    return "" if element is None else plain("".join(element.itertext()))
