"""The log: one line for each request, with its id, by its route, and without personal data."""

import json
import logging
import runpy
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.config import Config

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


FIELDS = {"time", "level", "logger", "message"}


def test_every_line_is_one_json_object_with_the_same_fields_and_a_time_that_says_its_offset():
    try:
        raise ValueError("two\nlines, and \u2028 more")
    except ValueError:
        fault = sys.exc_info()
    for name, message, found in (
        ("portal", "one\ntwo \x1b[31m \r\n three", None),
        ("django.request", "Fault: /x", fault),
    ):
        record = logging.LogRecord(name, logging.ERROR, "", 0, message, (), found)
        record.facts = {"ms": 3}
        said = JSONLines().format(record)
        assert len(said.splitlines()) == 1
        line = json.loads(said)
        assert set(line) == FIELDS | {"ms"} | ({"fault"} if found else set())
        assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0)


@pytest.mark.parametrize(("wanted", "is_json"), [("json", True), ("line", False)])
def test_the_servers_own_lines_have_the_form_of_the_portals(monkeypatch, capsys, wanted, is_json):
    monkeypatch.setenv("PORTAL_LOG", wanted)
    server = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))
    config = Config()
    config.set("errorlog", "-")
    written = server["logger_class"](config)
    (handler,) = [one for one in written.error_log.handlers if hasattr(one, "_gunicorn")][-1:]
    record = logging.LogRecord("gunicorn.error", logging.INFO, "", 0, "Booting worker with pid: %s", (7,), None)
    said = handler.format(record)
    for one in (written.error_log, written.access_log):
        one.handlers.clear()
    assert "Booting worker with pid: 7" in said
    assert said.startswith("{") is is_json
    if is_json:
        assert set(json.loads(said)) == FIELDS
