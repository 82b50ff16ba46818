"""The log: one line for each request, with its id, by its route, and without personal data."""

import json
import logging
import sys

import pytest
from django.test import Client

from programme.views import front
from wlga_portal.kernel.logs import JSONLines, Redacted, redacted

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the log of requests and of faults writes, as the collector gets it."""
    written: list[dict] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(JSONLines().format(record)))

    handler, loggers = Collector(), [logging.getLogger(name) for name in ("portal.request", "django.request")]
    for one in loggers:
        one.addHandler(handler)
    before = loggers[0].level
    loggers[0].setLevel(logging.INFO)
    yield written
    for one in loggers:
        one.removeHandler(handler)
    loggers[0].setLevel(before)


def test_a_request_has_a_line_with_its_route_and_the_id_of_its_answer(lines):
    answer = Client().get("/en/fund/bids/a-secret-slug/?q=somebody@example.org")
    (line,) = lines
    assert line["message"] == "GET /en/fund/bids/<slug:slug>/ 404"
    assert line["request"] == answer["X-Request-ID"]
    assert (line["level"], line["logger"]) == ("info", "portal.request")
    assert line["ms"] >= 0
    assert "secret" not in json.dumps(lines)


def test_an_address_without_a_route_is_told_by_its_first_word(lines):
    Client().get("/en/no-such-page/of-anna/")
    assert lines[0]["message"] == "GET /en 404"


def test_the_probes_are_not_logged(lines):
    assert Client().get("/livez").status_code == 200
    assert lines == []


def test_each_request_has_an_id_of_its_own():
    first, second = (Client().get("/en/")["X-Request-ID"] for _time in range(2))
    assert len(first) == 16
    assert first != second


def test_a_fault_is_logged_under_the_reference_that_the_page_gives(lines, monkeypatch):
    def fail(*_arguments, **_more):
        raise RuntimeError("anna@example.org is not to be told")

    monkeypatch.setattr(front, "page", fail)
    answer = Client(raise_request_exception=False).get("/en/")
    fault, request = lines
    assert f"<strong>{answer['X-Request-ID']}</strong>" in answer.content.decode()
    assert fault["request"] == request["request"] == answer["X-Request-ID"]
    assert fault["message"] == "Internal Server Error"
    assert "RuntimeError: [address] is not to be told" in fault["fault"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail to Anna <anna.b@torfaen.example.org> failed", "mail to Anna <[address]> failed"),
        (
            "duplicate key\nDETAIL:  Key (email)=(anna@example.org) already exists.",
            "duplicate key\n[values]",
        ),
        ("Key (name, email)=(Anna, x) is there", "Key (name, email)=(…) is there"),
        ("3 rows @ 14:02", "3 rows @ 14:02"),
    ],
)
def test_values_of_rows_and_addresses_of_people_stay_out(said, kept):
    assert redacted(said) == kept


def test_a_line_of_words_says_the_same():
    try:
        raise ValueError("ben@example.org")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("portal", logging.ERROR, "", 0, "Sent to %s", ("ben@example.org",), fault)
    record.facts = {"ms": 12}
    said = Redacted("%(levelname)s %(message)s").format(record)
    assert said.startswith("ERROR Sent to [address]\n")
    assert said.endswith("ValueError: [address] ms=12")
