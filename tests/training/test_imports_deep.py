"""A file of 10,000 rows: checked and put in through the queue in under 20 seconds, with its progress."""

import time

import pytest

from tests.factories.people import CouncilFactory
from tests.factories.training import CourseFactory, team_member
from training import importing
from training.actions import imports as actions
from training.counting import figures
from training.models import Import, ImportSource
from training.years import Year
from wlga_portal.kernel.queue import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
ROWS = 10_000
MOST_SECONDS = 20


def word(number: int) -> str:
    """Six letters, different for each number of a file."""
    return "".join(chr(97 + (number * 7 + number // 26**place) % 26) for place in range(6)).title()


COLUMNS = {"name": "Name", "email": "Email", "council": "Council", "course": "Course", "day": "Date"}


def test_ten_thousand_rows_in_under_twenty_seconds(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    councils = [CouncilFactory(name_en=f"Enfys {n}", name_cy=f"Enfys {n}") for n in range(22)]
    CourseFactory(title_en="Short pages", title_cy="Tudalennau byr")
    lines = ["Name,Email,Council,Course,Date"]
    for n in range(ROWS):
        person = n % 6000
        day = f"2025-{4 + (n // 25) % 9:02}-{1 + (n // 225) % 28:02}"
        council = councils[person % 22].name_en
        lines.append(f"{word(person)} {word(person * 7919 + 31)},p{person}@x.example,{council},Short pages,{day}")
    source = ImportSource.objects.create(name="Past", columns=COLUMNS, mode="online", language="en")
    shown: list[int] = []
    write = importing.progress
    monkeypatch.setattr(
        importing, "progress", lambda batch, done, total=None: (shown.append(done), write(batch, done, total))
    )
    team = team_member()
    began = time.perf_counter()
    batch = actions.import_create(source=source, filename="p.csv", content="\n".join(lines).encode(), by=team)
    run_jobs()
    checked = time.perf_counter()
    actions.import_start(batch=Import.objects.get(pk=batch.pk), by=team)
    run_jobs()
    seconds = time.perf_counter() - began
    batch.refresh_from_db()
    written = batch.rows.exclude(applied_at=None).count()
    print(f"{ROWS} rows: checked in {checked - began:.1f} s, all in {seconds:.1f} s, {written} written")
    assert batch.status == "done"
    assert figures(Year(2025)).whole.opportunities == written > 9000
    assert len(shown) >= 2 * ROWS // importing.STEP
    assert seconds < MOST_SECONDS
    actions.import_undo(batch=batch, by=team)
    run_jobs()
    assert figures(Year(2025)).whole.opportunities == 0
