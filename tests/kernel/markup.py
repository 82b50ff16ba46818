"""HTML compared by what it says: elements, attributes and texts, whatever the white space and the order."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django import forms

from wlga_portal.kernel.forms import draw_field

EXAMPLES: dict[str, str] = json.loads(Path(__file__).with_name("design_examples.json").read_text("utf-8"))
VOID = {"input", "br", "hr", "img", "meta", "link", "path"}


class Outline(HTMLParser):
    """Reads HTML into lines, one for each element and text, indented by depth."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        written = []
        for name, value in sorted(attrs):
            words = sorted(str(value or "").split()) if name == "class" else [str(value or "")]
            written.append(f"{name}={' '.join(words)}")
        self.lines.append(f"{'  ' * self.depth}<{tag} {' '.join(written)}>")
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.lines.append(f"{'  ' * self.depth}{text}")


def outline(html: str) -> list[str]:
    reader = Outline()
    reader.feed(str(html))
    reader.close()
    return reader.lines


def one(
    field: forms.Field, name: str = "x", *, data: dict | None = None, error: str = "", initial: object = None
) -> str:
    """The markup of a form with this one field, whose id is its name."""
    form = type("One", (forms.Form,), {name: field})(data, auto_id="%s", initial={name: initial})
    if error:
        form.is_valid()
        form._errors = {name: form.error_class([error])}
    return draw_field(form[name])


def drawn_as(example: str, html: str) -> None:
    assert outline(html) == outline(EXAMPLES[example])
