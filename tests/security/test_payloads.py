"""At least 300 payloads of script and Markdown, stored in every text field and shown on the pages: none runs."""

import re
from typing import Any

import pytest
from django import forms
from django.db import DatabaseError, connection, transaction
from lxml import html

from tests.security.payloads import MARK, PAYLOADS, plant, typed_texts
from tests.test_factories import ours
from tests.walk import client_of, walk
from wlga_portal.kernel import markup
from wlga_portal.kernel.forms import PortalForm

OURS = ("/static/", "/worker.js")
RUNS = re.compile(r"^[\x00-\x20]*(javascript|vbscript|data)[\x00-\x20]*:", re.IGNORECASE)
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc", "background"}
NEVER = {"iframe", "object", "embed", "base", "style", "applet", "frame", "math", "foreignobject", "animate"}
PEOPLE = [None, "secretariat", "team", "fund-manager", "lead-torfaen", "board-member"]


def runs(page: str) -> list[str]:
    """What in a page would run, or load from elsewhere, as a parser of HTML reads it."""
    faults = []
    for element in html.document_fromstring(page or "<p></p>").iter():
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        values = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        said = html.tostring(element, encoding="unicode")[:160] if tag else ""
        data = values.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not data and not values.get("src", "").startswith(OURS):
            faults.append(said)
        if tag in NEVER or (tag == "meta" and "refresh" in values.get("http-equiv", "").lower()):
            faults.append(said)
        if any(name.startswith("on") or name == "style" for name in values):
            faults.append(said)
        if any(name in ADDRESSES and RUNS.match(value) for name, value in values.items()):
            faults.append(said)
    return faults


@pytest.mark.parametrize(
    "payload", ["<script>1</script>", "<img onerror=1>", "<a href=' javascript:1'>", "<p style=x>"]
)
def test_the_reader_knows_what_runs(payload):
    assert runs(f"<html><body>{payload}</body></html>")
    assert not runs("<html><body><script src='/static/a.js'></script><a href='/en/'>x</a></body></html>")


def test_there_are_at_least_300_payloads_and_markdown_runs_none_of_them():
    assert len(set(PAYLOADS)) >= 300
    for payload in PAYLOADS:
        drawn = str(markup.article_html(payload))
        assert not runs(f"<html><body>{drawn}</body></html>"), drawn


class Typed(PortalForm):
    text = forms.CharField(label="Text")


def test_what_cannot_be_printed_is_dropped_from_what_is_typed():
    form = Typed({"text": "one\x01two\x0bthree\tfour\nfive"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "onetwothree\tfour\nfive"


@pytest.mark.deep
@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_no_payload_runs_on_any_page_that_shows_a_text_of_people(settings):
    settings.DEMO = True

    def run(sql: str, values: dict[str, Any]) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
        except DatabaseError:
            return False
        return True

    taken, refused = plant(ours(), run)
    assert taken > 150, refused
    assert taken + len(refused) == len(typed_texts(ours()))
    faults: list[str] = []
    shown: set[str] = set()

    def look(path: str, answer: Any) -> None:
        if answer.status_code >= 500:
            faults.append(f"{path} answers {answer.status_code}")
        if "text/html" in answer.headers.get("Content-Type", ""):
            page = answer.content.decode()
            faults.extend(f"{path}: {fault}" for fault in runs(page))
            shown.update(re.findall(rf"{MARK}\d+", page))

    for person in PEOPLE:
        client = client_of(person)
        client.raise_request_exception = False
        walk(client, "/en/", look)
    assert not faults, "\n".join(faults[:40])
    assert len(shown) >= 300, len(shown)
