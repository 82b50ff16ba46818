"""Exports: rows as files that nothing can be smuggled in, made by the worker, for their asker alone."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook
from procrastinate import sql
from procrastinate.contrib.django.django_connector import DjangoConnector

from accounts.models import User
from tests.factories.people import UserFactory
from wlga_portal.kernel import export_files, exports
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.exports import Column, csv_response, export_url, register_source, start_export, xlsx_response
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Export, ExportStatus

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def people_seen_by(user, params):
    """The tests' own rule: people whose name has what was asked, and nobody for whoever is called Nobody."""
    seen = User.objects.filter(name__contains=params.get("name", "")).order_by("pk")
    return seen.none() if user.name == "Nobody" else seen


register_source(
    "tests.people",
    rows=people_seen_by,
    columns=[
        Column("name", gettext_lazy("Contents")),
        Column("email", gettext_lazy("Number"), lambda user: user.email.upper()),
    ],
)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def content_of(export: Export) -> bytes:
    with Export.objects.get(pk=export.pk).file.open("rb") as file:
        return file.read()


def ask(user, **more):
    return start_export(by=user, name="People", rows_source="tests.people", **more)


# --- Files ----------------------------------------------------------------------------------------
def test_a_csv_starts_with_the_mark_that_excel_needs_and_ends_its_lines_as_the_standard_says():
    response = csv_response("Ceisiadau'r gronfa", [["Enw"], ["Ŵyn, ŷd"]])

    assert response.content == '\ufeffEnw\r\n"Ŵyn, ŷd"\r\n'.encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="ceisiadaur-gronfa-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"]
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    typed = f'{start}HYPERLINK("http://example.org")'

    assert rows_of(csv_response("x", [["A"], [typed]]).content)[1] == [f"'{typed}"]
    sheet = load_workbook(io.BytesIO(xlsx_response("x", [["A"], [typed]]).content)).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.endswith('HYPERLINK("http://example.org")')


def test_values_keep_their_kind_and_what_is_missing_stays_empty():
    moment = datetime(2026, 7, 1, 8, 30, 15, 99, tzinfo=UTC)
    row = [-5, 1.5, Decimal("2.50"), None, True, False, date(2026, 11, 23), moment, Text("Bid", "Cais"), "a\x01b"]
    with override("cy"):
        written = rows_of(csv_response("x", [["h"] * 10, row]).content)[1]
        sheet = load_workbook(io.BytesIO(xlsx_response("x", [["h"] * 10, row]).content)).active

    assert written == ["-5", "1.5", "2.50", "", "Ie", "Na", "2026-11-23", "2026-07-01 09:30:15", "Cais", "a\x01b"]
    cells = [cell.value for cell in sheet[2]]
    assert cells[:4] == [-5, 1.5, "2.50", None]
    assert cells[6:] == [datetime(2026, 11, 23), datetime(2026, 7, 1, 9, 30, 15), "Cais", "ab"]
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)


def test_an_xlsx_holds_as_many_rows_as_the_format_can(monkeypatch):
    monkeypatch.setattr(export_files, "MOST_XLSX_ROWS", 1)

    with pytest.raises(ValueError, match="export them as CSV"):
        xlsx_response("x", [["A"], [1], [2]])


def test_a_file_has_a_name_whatever_its_list_is_called():
    assert export_files.filename("???", "csv").startswith("export-")


# --- Jobs -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_worker_makes_the_file_in_the_language_in_which_it_was_asked_for(form):
    user = UserFactory(name="Ann")
    UserFactory(name="Other")
    with override("cy"):
        export = ask(user, params={"name": "Ann"}, format=form)
    assert (export.status, export.total) == (ExportStatus.WAITING, None)

    run_jobs()

    made = Export.objects.get(pk=export.pk)
    assert (made.status, made.done, made.total) == (ExportStatus.DONE, 1, 1)
    assert timedelta(days=6) < made.expires_at - timezone.now() < timedelta(days=8)
    if form == "csv":
        assert rows_of(content_of(made)) == [["Cynnwys", "Nifer"], ["Ann", user.email.upper()]]
    else:
        sheet = load_workbook(io.BytesIO(content_of(made))).active
        assert [[cell.value for cell in row] for row in sheet.rows] == [
            ["Cynnwys", "Nifer"],
            ["Ann", user.email.upper()],
        ]


def test_the_asker_chooses_columns_and_their_order():
    export = ask(UserFactory(name="Ann"), columns=["email", "name"])
    with override("en"):
        run_jobs()

    assert rows_of(content_of(export))[0] == ["Number", "Contents"]
    with pytest.raises(ValueError, match="no column secret"):
        ask(UserFactory(), columns=["secret"])
    with pytest.raises(KeyError):
        start_export(by=UserFactory(), name="x", rows_source="tests.unknown")
    with pytest.raises(ValueError, match="pdf"):
        ask(UserFactory(), format="pdf")
    with pytest.raises(ValueError, match="registered already"):
        register_source("tests.people", rows=people_seen_by, columns=[])


def test_rights_are_asked_again_when_the_file_is_made():
    user = UserFactory(name="Ann")
    export = ask(user)
    user.name = "Nobody"
    user.save()

    run_jobs()

    assert rows_of(content_of(export)) == [["Contents", "Number"]]


def test_a_person_who_may_no_longer_sign_in_gets_no_file():
    user = UserFactory()
    export = ask(user)
    user.is_active = False
    user.save()

    assert isinstance(run_jobs(swallow=True)[0].error, PermissionError)
    assert Export.objects.get(pk=export.pk).status == ExportStatus.FAILED


def test_progress_is_written_for_every_chunk(monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 2)
    seen = []
    monkeypatch.setattr(exports, "keep", lambda asked, **values: seen.append(values))
    UserFactory.create_batch(4)

    exports.write_rows(ask(UserFactory(name="Ann")), io.BytesIO())

    assert seen == [{"status": "running", "total": 5, "done": 0}, {"done": 2}, {"done": 4}]


def test_an_export_waits_for_a_store_of_files_that_is_away(monkeypatch):
    export = ask(UserFactory())
    monkeypatch.setattr(exports, "filename", lambda *_: (_ for _ in ()).throw(NotADirectoryError()))
    assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
    assert Export.objects.get(pk=export.pk).status == ExportStatus.WAITING
    monkeypatch.undo()
    assert [ran.status for ran in run_jobs(ahead=True)] == ["succeeded"]
    assert Export.objects.get(pk=export.pk).status == ExportStatus.DONE


def test_an_export_that_fails_says_so_and_its_job_is_seen_to_have_failed(monkeypatch):
    export = ask(UserFactory(), format="xlsx")
    UserFactory()
    monkeypatch.setattr(export_files, "MOST_XLSX_ROWS", 1)

    assert [ran.status for ran in run_jobs(swallow=True)] == ["failed"]
    assert Export.objects.get(pk=export.pk).status == ExportStatus.FAILED


def test_whoever_asks_for_many_files_has_one_made_at_a_time():
    ann, ben = UserFactory(), UserFactory()
    for _number in range(3):
        ask(ann)
    ask(ben)
    first, second = (DjangoConnector().execute_query_one(query=sql.queries["fetch_job"], queues=None, worker_id=None)
                     for _worker in range(2))  # fmt: skip
    assert [first["lock"], second["lock"]] == [f"export-{ann.pk}", f"export-{ben.pk}"]


def test_a_job_that_runs_again_after_the_file_is_made_does_nothing():
    export = ask(UserFactory())
    run_jobs()
    before = Export.objects.get(pk=export.pk).finished_at
    exports.make_export(export=export.pk)

    assert Export.objects.get(pk=export.pk).finished_at == before


def test_an_export_that_its_worker_left_in_the_middle_is_begun_again():
    export = ask(UserFactory(name="Ann"))
    Export.objects.filter(pk=export.pk).update(status=ExportStatus.RUNNING, done=500)
    run_jobs()

    made = Export.objects.get(pk=export.pk)
    assert (made.status, made.done) == (ExportStatus.DONE, 1)


def test_files_go_after_seven_days_and_their_rows_after_ninety(tmp_path):
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        export, asked = ask(UserFactory()), ask(UserFactory(name="Waits"))
        run_jobs()
        Export.objects.filter(pk=asked.pk).update(status=ExportStatus.FAILED)
    with time_machine.travel(now + timedelta(days=6), tick=False):
        exports.remove_exports(timestamp=0)
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    with time_machine.travel(now + timedelta(days=8), tick=False):
        exports.remove_exports(timestamp=0)
        removed = Export.objects.get(pk=export.pk)
        assert (removed.status, removed.file.name) == (ExportStatus.REMOVED, "")
        run_jobs()
        assert not list(tmp_path.rglob(f"{export.pk}/*"))
    with time_machine.travel(now + timedelta(days=91), tick=False):
        exports.remove_exports(timestamp=0)
    assert not Export.objects.exists()


def test_the_database_refuses_a_ready_export_without_a_file():
    for values in ({"status": "done"}, {"status": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.create(asker=UserFactory(), name="x", source="x", format="csv", language="en", **values)


# --- Pages ----------------------------------------------------------------------------------------
def sign_in(client, user):
    client.force_login(user, backend=BACKEND)
    return user


def test_the_page_shows_the_progress_and_then_the_file(client):
    user = sign_in(client, UserFactory(name="Ann"))
    with override("en"):
        export = ask(user, params={"name": "Ann"})
        url = export_url(export)

    page = client.get(url).content.decode()
    assert "Your file is being made" in page
    assert "js/export" in page
    assert client.get(url, headers={"Accept": "application/json"}).json() == {
        "unfinished": True, "done": 0, "max": None, "words": {"done": "0", "total": ""},
    }  # fmt: skip
    Export.objects.filter(pk=export.pk).update(status=ExportStatus.RUNNING, done=500, total=3000)
    assert "3,000" in client.get(url).content.decode()
    assert client.get(url, headers={"Accept": "application/json"}).json()["words"] == {"done": "500", "total": "3,000"}
    assert client.get(f"{url}file/").status_code == 404

    run_jobs()

    page = client.get(url).content.decode()
    assert "The file is ready: 1 row." in page
    answer = client.get(f"{url}file/")
    assert rows_of(answer.getvalue()) == [["Contents", "Number"], ["Ann", user.email.upper()]]
    assert answer["Content-Disposition"].startswith('attachment; filename="people-')
    assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
    assert "People (CSV)" in client.get("/en/files/").content.decode()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("failed", "Nid oedd modd gwneud y ffeil."), ("removed", "Cadwyd y ffeil am saith diwrnod")],
)
def test_the_page_says_what_became_of_the_file(client, status, sentence):
    export = ask(sign_in(client, UserFactory()))
    Export.objects.filter(pk=export.pk).update(status=status)

    assert sentence in client.get(f"/cy/ffeiliau/{export.pk}/").content.decode()


def test_a_file_is_its_askers_alone_and_only_while_it_is_kept(client):
    owner = UserFactory()
    export = ask(owner)
    run_jobs()
    paths = [f"/en/files/{export.pk}/", f"/en/files/{export.pk}/file/"]

    assert [client.get(path).status_code for path in paths] == [302, 302]
    sign_in(client, UserFactory())
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert "People" not in client.get("/en/files/").content.decode()
    sign_in(client, owner)
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].getvalue()  # reading closes the file
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(paths[1]).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_files_takes_as_many_queries_for_one_as_for_thirty(client, django_assert_max_num_queries, count):
    user = sign_in(client, UserFactory())
    for _number in range(count):
        ask(user)

    with django_assert_max_num_queries(6):
        assert client.get("/en/files/").content.decode().count("People (CSV)") == count
