"""Files of attendance: read, checked row by row, put in, and undone, by the team alone."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    close_register,
    officer,
    team_member,
)
from tests.training.pages import get, post, signed_in, text
from training.actions import imports as actions
from training.counting import count
from training.models import Booking, Double, Import, ImportRow, ImportSource, Learner, Session
from training.states import BookingStatus, SessionStatus
from training.years import Year
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
COLUMNS = {
    "name": "Name",
    "email": "Email",
    "council": "Council",
    "course": "Course",
    "day": "Date",
    "attended": "Came",
}
HEAD = "Name,Email,Council,Course,Date,Came"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def team():
    return team_member()


@pytest.fixture
def source():
    return ImportSource.objects.create(name="Past years", columns=COLUMNS, mode="online", language="en")


@pytest.fixture
def enfys():
    return CouncilFactory(name_en="Enfys", name_cy="Enfys")


@pytest.fixture
def course():
    return CourseFactory(title_en="Short pages", title_cy="Tudalennau byr", length_minutes=90)


def sent(source: ImportSource, team, *lines: str, head: str = HEAD, name: str = "list.csv") -> Import:
    """The file, checked."""
    content = "\r\n".join([head, *lines]).encode()
    batch = actions.import_create(source=source, filename=name, content=content, by=team)
    run_jobs()
    batch.refresh_from_db()
    return batch


def put_in(batch: Import, team) -> Import:
    actions.import_start(batch=batch, by=team)
    run_jobs()
    batch.refresh_from_db()
    return batch


def found(batch: Import) -> list[tuple[int, str, list[str]]]:
    return [(row.number, row.outcome, [code for code, _text in row.problems]) for row in batch.rows.all()]


def test_nothing_is_written_before_somebody_says_so(source, team, enfys, course):
    batch = sent(source, team, "Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes")
    assert (batch.status, batch.total, batch.done) == ("checked", 1, 1)
    assert found(batch) == [(2, "new", [])]
    assert not Learner.objects.exists()
    assert not Session.objects.exists()


def test_good_rows_become_people_sessions_and_attendance(source, team, enfys, course):
    batch = sent(
        source,
        team,
        "Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes",
        "Non Rees,NON@x.example,enfys,TUDALENNAU BYR,2025-06-01,no",
        "Nia Puw,nia@x.example,Enfys,Short pages,2 June 2025,Yes",
    )
    assert [outcome for _n, outcome, _p in found(batch)] == ["new", "new", "matched"]
    put_in(batch, team)
    assert batch.status == "done"
    first, second = Session.objects.order_by("starts_at")
    assert (first.status, first.capacity, first.starts_at) == ("held", 2, datetime(2025, 6, 1, 8, tzinfo=UTC))
    assert (second.capacity, second.language, second.mode) == (1, "en", "online")
    nia = Learner.objects.get(addresses__email="nia@x.example")
    assert nia.memberships.get().starts == date(2025, 6, 1)
    assert {(booking.status, booking.organisation) for booking in nia.bookings.all()} == {("attended", enfys)}
    assert Learner.objects.get(addresses__email="non@x.example").bookings.get().status == "did_not_attend"
    assert (count(Year(2025)).opportunities, count(Year(2025)).officers) == (2, 1)


def test_the_same_file_twice_changes_nothing(source, team, enfys, course):
    lines = ("Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes", "Non Rees,,Enfys,Short pages,01/06/2025,no")
    put_in(sent(source, team, *lines), team)
    before = (Learner.objects.count(), Session.objects.count(), Booking.objects.count())
    again = sent(source, team, *lines)
    assert [outcome for _n, outcome, _p in found(again)] == ["held", "held"]
    with pytest.raises(Refused, match="no row to put in"):
        actions.import_start(batch=again, by=team)
    assert (Learner.objects.count(), Session.objects.count(), Booking.objects.count()) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",nia@x.example,Enfys,Short pages,01/06/2025,yes", "no_name"),
        ("Nia Puw,nia,Enfys,Short pages,01/06/2025,yes", "bad_email"),
        ("Nia Puw,,Nowhere,Short pages,01/06/2025,yes", "unknown_council"),
        ("Nia Puw,,,Short pages,01/06/2025,yes", "no_council"),
        ("Nia Puw,,Enfys,Long pages,01/06/2025,yes", "unknown_course"),
        ("Nia Puw,,Enfys,,01/06/2025,yes", "no_course"),
        ("Nia Puw,,Enfys,Short pages,31/06/2025,yes", "bad_day"),
        ("Nia Puw,,Enfys,Short pages,,yes", "no_day"),
        ("Nia Puw,,Enfys,Short pages,01/06/2099,yes", "future_day"),
        ("Nia Puw,,Enfys,Short pages,01/06/2025,perhaps", "unknown_attended"),
    ],
)
def test_a_wrong_row_says_why_and_stays_out(source, team, enfys, course, line, code):
    batch = sent(source, team, line, "Non Rees,,Enfys,Short pages,01/06/2025,yes")
    assert found(batch) == [(2, "wrong", [code]), (3, "new", [])]
    put_in(batch, team)
    assert Booking.objects.count() == 1
    page = get(team, "import_wrong", pk=batch.pk)
    rows = page.content.decode("utf-8-sig").splitlines()
    assert rows[0] == f"{HEAD},What is wrong"
    assert len(rows) == 2


def test_a_file_put_right_and_sent_again_goes_in(source, team, enfys, course):
    good = "Non Rees,,Enfys,Short pages,01/06/2025,yes"
    put_in(sent(source, team, good, "Nia Puw,,Nowhere,Short pages,01/06/2025,yes"), team)
    again = sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes,No council", head=f"{HEAD},What is wrong")
    assert [outcome for _n, outcome, _p in found(again)] == ["new"]
    put_in(again, team)
    assert Session.objects.get().bookings.count() == 2


def test_a_row_without_what_a_session_needs_is_wrong(team, enfys, course):
    source = ImportSource.objects.create(name="A trainer", columns=COLUMNS | {"mode": "Mode", "place": "Place"})
    batch = sent(
        source,
        team,
        "Nia Puw,,Enfys,Short pages,01/06/2025,yes,,",
        "Nia Puw,,Enfys,Short pages,01/06/2025,yes,in person,",
        head=f"{HEAD},Mode,Place",
    )
    assert found(batch) == [(2, "wrong", ["no_mode", "no_language"]), (3, "wrong", ["no_place", "no_language"])]


def test_who_is_known_is_matched_and_who_may_be_is_doubtful(source, team, enfys, course):
    known = LearnerAddressFactory(email="nia@x.example", learner__name="Nia Puw").learner
    LearnerMembershipFactory(learner=known, organisation=enfys)
    batch = sent(
        source,
        team,
        "Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes",
        "Nia Puw,nia.puw@y.example,Enfys,Short pages,02/06/2025,yes",
        "Gwen Ellis,nia@x.example,Enfys,Short pages,03/06/2025,yes",
    )
    assert found(batch) == [(2, "matched", []), (3, "doubtful", ["same_name"]), (4, "doubtful", ["other_name"])]
    put_in(batch, team)
    assert known.bookings.count() == 2
    assert Double.objects.get().first == known
    assert count(Year(2025)).officers_said == "1 to 2"


def test_who_has_no_address_is_matched_by_name_and_council(source, team, enfys, course):
    put_in(sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes"), team)
    batch = sent(source, team, "PUW Nia,,Enfys,Short pages,02/06/2025,yes", "Nia Puw,,Enfys,Short pages,02/06/2025,yes")
    assert found(batch) == [(2, "matched", []), (3, "held", ["twice"])]
    put_in(batch, team)
    assert Learner.objects.get().bookings.count() == 2


def session_on(course, day: int, status: str, **fields) -> Session:
    return SessionFactory(course=course, starts_at=datetime(2025, 6, day, 9, tzinfo=UTC), status=status, **fields)


def test_a_row_finds_the_session_that_is_there(source, team, enfys, course):
    held = session_on(course, 1, SessionStatus.HELD, capacity=1)
    booked = BookingFactory(session=held, learner__name="Nia Puw", organisation=enfys)
    LearnerAddressFactory(learner=booked.learner, email="nia@x.example")
    close_register(session_on(course, 2, SessionStatus.HELD))
    session_on(course, 3, SessionStatus.OPEN)
    session_on(course, 4, SessionStatus.HELD)
    session_on(course, 4, SessionStatus.HELD)
    batch = sent(
        source,
        team,
        "Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes",
        "Non Rees,,Enfys,Short pages,01/06/2025,yes",
        "Non Rees,,Enfys,Short pages,02/06/2025,yes",
        "Non Rees,,Enfys,Short pages,03/06/2025,yes",
        "Non Rees,,Enfys,Short pages,04/06/2025,yes",
    )
    assert found(batch) == [
        (2, "matched", ["marks"]),
        (3, "new", []),
        (4, "wrong", ["register_closed"]),
        (5, "wrong", ["register_not_started"]),
        (6, "wrong", ["several_sessions"]),
    ]
    put_in(batch, team)
    booked.refresh_from_db()
    assert booked.status == BookingStatus.ATTENDED
    assert [booking.walk_in for booking in held.bookings.order_by("pk")] == [False, True]
    actions.import_undo(batch=batch, by=team)
    run_jobs()
    booked.refresh_from_db()
    assert booked.status == BookingStatus.BOOKED
    assert held.bookings.get() == booked
    assert not Learner.objects.filter(name="Non Rees").exists()


def test_a_closed_register_that_says_the_same_holds_the_row(source, team, enfys, course):
    session = session_on(course, 1, SessionStatus.HELD)
    for name, status in (("Nia Puw", BookingStatus.ATTENDED), ("Non Rees", BookingStatus.ABSENT)):
        BookingFactory(session=session, learner__name=name, organisation=enfys, status=status)
    close_register(session)
    batch = sent(source, team, *(f"{name},,Enfys,Short pages,01/06/2025,yes" for name in ("Nia Puw", "Non Rees")))
    assert found(batch) == [(2, "held", []), (3, "wrong", ["closed_differs"])]


def test_the_whole_import_is_undone_at_once(source, team, enfys, course):
    stays = put_in(sent(source, team, "Nia Puw,nia@x.example,Enfys,Short pages,01/06/2025,yes"), team)
    batch = put_in(
        sent(
            source,
            team,
            "Nia Puw,nia@x.example,Enfys,Short pages,02/06/2025,yes",
            "Non Rees,non@x.example,Enfys,Short pages,02/06/2025,yes",
        ),
        team,
    )
    assert count(Year(2025)).opportunities == 3
    actions.import_undo(batch=batch, by=team)
    run_jobs()
    batch.refresh_from_db()
    assert batch.status == "undone"
    assert (count(Year(2025)).opportunities, Session.objects.count(), Learner.objects.count()) == (1, 1, 1)
    assert stays.rows.get().booking is not None
    actions.import_again(batch=batch, by=team)
    run_jobs()
    put_in(Import.objects.get(pk=batch.pk), team)
    assert count(Year(2025)).opportunities == 3


def test_closed_registers_end_the_undo(source, team, enfys, course):
    batch = put_in(sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes"), team)
    actions.import_settle(batch=batch, by=team)
    assert Session.objects.get().status == "closed"
    with pytest.raises(Refused):
        actions.import_undo(batch=Import.objects.get(pk=batch.pk), by=team)


def test_a_register_closed_by_hand_refuses_the_undo(source, team, enfys, course):
    batch = put_in(sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes"), team)
    close_register(Session.objects.get())
    with pytest.raises(Refused, match="1 register of this file is closed"):
        actions.import_undo(batch=batch, by=team)


def test_registers_with_an_open_mark_are_not_closed(source, team, enfys, course):
    batch = put_in(sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes"), team)
    Session.objects.update(capacity=2)
    BookingFactory(session=Session.objects.get())
    with pytest.raises(Refused, match="Mark everybody"):
        actions.import_settle(batch=batch, by=team)


def test_a_run_that_was_stopped_goes_on_where_it_was(source, team, enfys, course, monkeypatch):
    from training import importing

    monkeypatch.setattr(importing, "STEP", 1)
    lines = [f"Nia Puw{n},nia{n}@x.example,Enfys,Short pages,01/06/2025,yes" for n in range(3)]
    batch = sent(source, team, *lines)
    actions.import_start(batch=batch, by=team)
    whole, calls = importing.Writer.write, []

    def stop(self, rows):
        calls.append(rows)
        if len(calls) == 3:
            raise RuntimeError("the worker was killed")
        whole(self, rows)

    monkeypatch.setattr(importing.Writer, "write", stop)
    with pytest.raises(RuntimeError):
        importing.put_in(Import.objects.get(pk=batch.pk))
    assert Booking.objects.count() == 2
    monkeypatch.setattr(importing.Writer, "write", whole)
    importing.put_in(Import.objects.with_all().get(pk=batch.pk))
    assert (Booking.objects.count(), Session.objects.get().capacity) == (3, 3)
    assert Import.objects.get(pk=batch.pk).status == "done"
    for work in (importing.check, importing.put_in, importing.take_back):
        work(Import.objects.get(pk=batch.pk))  # a job that runs twice finds nothing to do
    actions.import_undo(batch=Import.objects.get(pk=batch.pk), by=team)
    run_jobs()
    assert (Booking.objects.count(), Session.objects.count(), Learner.objects.count()) == (0, 0, 0)


def xlsx(*rows) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_an_xlsx_file_is_read_with_its_dates_and_numbers(source, team, enfys, course):
    source.columns = COLUMNS | {"percent": "Part"}
    source.save()
    content = xlsx(
        [*HEAD.split(","), "Part"],
        ["Nia Puw", None, "Enfys", "Short pages", datetime(2025, 6, 1), "yes", 60],
        [None] * 7,
        ["Non Rees", None, "Enfys", "Short pages", date(2025, 6, 1), "yes", 0.0],
    )
    batch = actions.import_create(source=source, filename="a.xlsx", content=content, by=team)
    run_jobs()
    batch.refresh_from_db()
    assert found(batch) == [(2, "new", []), (4, "new", [])]
    put_in(batch, team)
    rows = Booking.objects.order_by("pk").values_list("status", "attended_percent")
    assert list(rows) == [("attended", 60), ("did_not_attend", None)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "neither CSV nor XLSX"),
        (b"a\x00b", "neither CSV nor XLSX"),
        (b"PK\x03\x04 no zip", "neither CSV nor XLSX"),
        (b"", "no rows"),
        (b"\n\n", "no rows"),
        (b"x" * (10 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(source, team, content, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.import_create(source=source, filename="x", content=content, by=team)
    assert not Import.objects.exists()


def test_too_many_rows_fail_with_a_sentence(source, team, monkeypatch):
    from training import reading

    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    batch = sent(source, team, "a", "b")
    assert (batch.status, batch.problem) == ("failed", "too_many_rows")
    assert "too many rows" in text(get(team, "import_page", pk=batch.pk))
    only_head = sent(source, team)
    assert (only_head.status, only_head.problem) == ("failed", "no_rows")
    actions.import_drop(batch=only_head, by=team)
    only_head.refresh_from_db()
    assert (only_head.status, only_head.filename, bool(only_head.file)) == ("dropped", "", False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_usual_kind_is_read(source, team, enfys, course, encoding, delimiter):
    lines = "\n".join([HEAD, "Siân Puw,,Enfys,Short pages,01/06/2025,yes"]).replace(",", delimiter)
    batch = actions.import_create(source=source, filename="a.csv", content=lines.encode(encoding), by=team)
    run_jobs()
    assert batch.rows.get().data["name"] == "Siân Puw"


def test_the_columns_of_a_file_that_is_not_there_any_more_lead_back_to_it(team, source):
    batch = sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes")
    batch.file.storage.delete(batch.file.name)
    answer = get(team, "import_columns", pk=batch.pk)
    assert answer.url.endswith(f"/files/{batch.pk}/")


def test_columns_are_chosen_once_for_a_source(team, enfys, course):
    content = b"Enw,E-bost,Cyngor,Cwrs,Dyddiad\nNia Puw,,Enfys,Tudalennau byr,01/06/2025"
    file = SimpleUploadedFile("rhestr.csv", content)
    answer = post(team, "import_create", {"name": "Hyfforddwr", "file": file})
    batch = Import.objects.get()
    assert answer.url.endswith(f"/files/{batch.pk}/columns/")
    assert "Choose the columns" in text(get(team, "import_page", pk=batch.pk))
    page = text(get(team, "import_columns", pk=batch.pk))
    assert "Nia Puw" in page
    wrong = post(team, "import_columns", {"column_name": "Enw"}, pk=batch.pk)
    assert "Choose an answer to “Council”." in text(wrong)
    chosen = {"column_name": "Enw", "column_email": "E-bost", "column_council": "Cyngor", "column_course": "Cwrs"}
    data = chosen | {"column_day": "Dyddiad", "mode": "online", "language": "cy"}
    assert post(team, "import_columns", data, pk=batch.pk).status_code == 302
    run_jobs()
    assert batch.rows.get().outcome == "new"
    source = ImportSource.objects.get()
    again = SimpleUploadedFile("rhestr2.csv", content)
    answer = post(team, "import_create", {"source": source.pk, "file": again})
    assert answer.url == Import.objects.order_by("-pk")[0].get_absolute_url()
    same_name = post(team, "import_create", {"name": "Hyfforddwr", "file": SimpleUploadedFile("c.csv", content)})
    assert "There is a source of this name" in text(same_name)
    no_name = post(team, "import_create", {"file": SimpleUploadedFile("c.csv", content)})
    assert "enter the name of a new one" in text(no_name)


def test_the_page_of_a_file_shows_what_was_found_and_does_what_is_asked(source, team, enfys, course):
    batch = sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes", ",,Enfys,Short pages,01/06/2025,yes")
    page = text(get(team, "import_page", pk=batch.pk))
    assert "Put 1 good row in" in page
    assert "The name is missing." in page
    assert "The name is missing." not in text(get(team, "import_page", query="?outcome=new", pk=batch.pk))
    assert post(team, "import_page", {"event": "start"}, pk=batch.pk).status_code == 302
    answer = signed_in(team).get(batch.get_absolute_url(), headers={"Accept": "application/json"})
    assert answer.json() == {"unfinished": True, "done": 0, "max": 1, "words": {"done": "0", "total": "1"}}
    assert "The portal is at work" in text(get(team, "import_page", pk=batch.pk))
    run_jobs()
    assert "All of it can be undone" in text(get(team, "import_page", pk=batch.pk))
    assert post(team, "import_page", {"event": "start"}, pk=batch.pk).status_code == 302
    assert post(team, "import_page", {"event": "nonsense"}, pk=batch.pk).status_code == 404
    assert get(team, "import_columns", pk=batch.pk).status_code == 404


def test_files_are_the_teams_alone(source, team, enfys, course):
    batch = sent(source, team, "Nia Puw,,Enfys,Short pages,01/06/2025,yes")
    for user in (officer(), person(Role.COORDINATOR), person(Role.TRAINER)):
        assert get(user, "import_list").status_code == 403
        assert get(user, "import_create").status_code == 403
        for name in ("import_page", "import_columns", "import_wrong"):
            assert get(user, name, pk=batch.pk).status_code == 404
        with pytest.raises(NotAllowed):
            actions.import_create(source=source, filename="a", content=b"a", by=user)
        with pytest.raises(NotAllowed):
            actions.import_start(batch=batch, by=user)
    assert get(None, "import_list").status_code == 302


def test_a_file_of_the_demonstration_touches_the_demonstration_alone(team, enfys, course, settings):
    source = ImportSource.objects.create(name="Demo", columns=COLUMNS, mode="online", language="en", is_demo=True)
    real = LearnerAddressFactory(email="nia@x.example", learner=LearnerFactory(name="Nia Puw")).learner
    CourseFactory(title_en="Invented", title_cy="Dychmygol", is_demo=True)
    batch = sent(
        source,
        team,
        "Nia Puw,nia@x.example,Enfys,Invented,01/06/2025,yes",
        "Nia Puw,,Enfys,Short pages,01/06/2025,yes",
        "Nia Puw,,Enfys,Invented,01/06/2025,yes",
    )
    assert found(batch) == [(2, "wrong", ["other_world"]), (3, "wrong", ["unknown_course"]), (4, "new", [])]
    put_in(batch, team)
    assert Learner.objects.exclude(pk=real.pk).get().is_demo
    settings.DEMO = False
    assert not Import.objects.visible_to(team).exists()


def test_the_rows_of_a_long_file_cost_a_constant_number_of_queries(
    source, team, enfys, course, django_assert_max_num_queries
):
    lines = [f"Nia Puw{n},nia{n}@x.example,Enfys,Short pages,01/06/2025,yes" for n in range(30)]
    batch = sent(source, team, *lines)
    client = signed_in(team)
    with django_assert_max_num_queries(12):
        client.get(batch.get_absolute_url())
    assert ImportRow.objects.count() == 30
