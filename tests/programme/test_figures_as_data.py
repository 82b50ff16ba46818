"""Every public figure can be had as data: beside each list of figures, chart, map and timeline stands a link to it."""

import re

import pytest
from django.test import Client

from tests.walk import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
STATS = re.compile(r'<ul class="portal-stats">.*?</ul>(\s*<p class="govuk-body-s"><a [^>]*data-figures>)?', re.DOTALL)
FIGURE = re.compile(r'<figure class="portal-figure".*?</figure>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)"(?: data-figures)?>[^<]*\(CSV\)')
# Samples, not figures: of a council that does not exist, and of the portal's components.
SAMPLES = {"/en/training/maturity/questions/1/example/", "/en/components/"}


def test_beside_every_figure_that_anybody_sees_stands_a_link_to_it_as_data(settings):
    settings.DEMO = True
    without: list[str] = []
    files: set[str] = set()
    shown = 0

    def look(path: str, answer: object) -> None:
        nonlocal shown
        if "text/html" not in getattr(answer, "headers", {}).get("Content-Type", "") or path in SAMPLES:
            return
        text = getattr(answer, "body", b"").decode()
        for found in STATS.finditer(text):
            shown += 1
            if not found[1]:
                without.append(f"{path}: {re.sub(r'<[^>]+>', ' ', found[0])[:120]}")
        for figure in FIGURE.findall(text):
            shown += 1
            if not LINK.search(figure):
                without.append(f"{path}: {figure[:120]}")
        files.update(link.replace("&amp;", "&") for link in LINK.findall(text))

    walk(Client(), "/en/", look)
    assert not without, "\n".join(without)
    assert shown > 20
    for address in sorted(files):
        answer = Client().get(address)
        kind = answer.headers.get("Content-Type", "")
        assert (answer.status_code, kind) == (200, "text/csv; charset=utf-8"), address
