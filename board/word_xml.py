"""Small things of the XML of Word files."""

import re
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml


def parsed(part: Any) -> Any:
    """The root of a part's XML; its entities are not resolved."""
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def said_by(element: Any) -> str:
    """All words within an element, also deleted ones; paragraphs are parted by a space."""
    texts = {qn("w:t"), qn("w:delText")}
    parts = (one.text or "" if one.tag in texts else " " for one in element.iter() if one.tag in {*texts, qn("w:p")})
    return " ".join("".join(parts).split())


def switched_on(properties: Any, name: str) -> bool:
    found = properties.find(qn(f"w:{name}")) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in {"0", "false", "none"}


def joined(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours with the same mark as one."""
    found: list[tuple[str, str]] = []
    for mark, said in parts:
        if found and (found[-1][0] == mark or not said.strip()):
            found[-1] = (found[-1][0], found[-1][1] + said)
        else:
            found.append((mark, said))
    return found


def bare(text: str) -> str:
    """A heading or caption: one line, without marks of emphasis."""
    return " ".join(re.sub(r"(?<!\\)\*+", "", text).split())


def numbering(document: Any, element: Any, style: Any) -> tuple[str, int] | None:
    """("number" or "bullet", its level from 0), from the paragraph or the styles that it is based on."""
    place = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    while place is None and style is not None:
        place = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = style.base_style
    if place is None:
        return None
    number, level = (place.find(qn(f"w:{name}")) for name in ("numId", "ilvl"))
    num_id = number.get(qn("w:val")) if number is not None else "0"
    depth = int(level.get(qn("w:val"), "0")) if level is not None else 0
    return None if num_id == "0" else (number_format(document, num_id, depth), depth)


def number_format(document: Any, num_id: str, level: int) -> str:
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return "bullet"
    numbers = {one.get(qn("w:numId")): one for one in root.findall(qn("w:num"))}
    found = numbers.get(num_id)
    wanted = found.find(qn("w:abstractNumId")).get(qn("w:val")) if found is not None else None
    for abstract in root.findall(qn("w:abstractNum")):
        if abstract.get(qn("w:abstractNumId")) == wanted:
            for one in abstract.findall(qn("w:lvl")):
                form = one.find(qn("w:numFmt"))
                if one.get(qn("w:ilvl")) == str(level) and form is not None:
                    return "bullet" if form.get(qn("w:val")) in {"bullet", "none"} else "number"
    return "bullet"
