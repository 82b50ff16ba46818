"""Jobs: written with their cause, tried again, taken over from a worker that was killed."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.people import UserFactory
from tests.kernel import jobs
from wlga_portal.kernel import queue
from wlga_portal.kernel.management.commands import work
from wlga_portal.kernel.models import Draft
from wlga_portal.kernel.queue import Ran, enqueue, run_jobs
from wlga_portal.kernel.scanning import ScannerAway

WORKER = "import django; django.setup(); import tests.kernel.jobs; from django.core.management import call_command; "


def waiting() -> list[tuple[str, str]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "status"))


def keys() -> list[str]:
    return list(Draft.objects.order_by("key").values_list("key", flat=True))


def worker(*arguments: str) -> subprocess.Popen[str]:
    """`manage.py work` in a process of its own, on the test's database, knowing the tests' jobs."""
    database = settings.DATABASES["default"]
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    url = (
        f"postgresql://{database['USER']}{password}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    )
    command = f"{WORKER} call_command('work', {', '.join(repr(argument) for argument in arguments)})"
    return subprocess.Popen(
        [sys.executable, "-c", command],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "wlga_portal.settings"},
        cwd=settings.BASE_DIR, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    return process.returncode, output


def wait_for(condition: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.mark.django_db
def test_a_job_is_lost_with_the_transaction_that_caused_it():
    user = UserFactory()
    with transaction.atomic():
        enqueue(jobs.mark, user=user.pk, key="a")
        transaction.set_rollback(True)

    assert waiting() == []
    assert run_jobs() == []


@pytest.mark.django_db
def test_a_job_stands_with_the_transaction_that_caused_it_and_runs_once():
    user = UserFactory()
    with transaction.atomic():
        number = enqueue(jobs.mark, user=user.pk, key="a")
    assert isinstance(number, int)
    assert waiting() == [("tests.mark", "todo")]

    assert run_jobs() == [Ran("tests.mark", {"user": user.pk, "key": "a"}, "succeeded")]
    assert keys() == ["a"]
    assert waiting() == []
    assert run_jobs() == []


@pytest.mark.django_db
def test_a_job_for_later_waits_for_its_time():
    enqueue(jobs.mark, user=UserFactory().pk, key="a", schedule_at=timezone.now() + timedelta(hours=1))

    assert run_jobs() == []
    assert [ran.status for ran in run_jobs(ahead=True)] == ["succeeded"]


@pytest.mark.django_db
def test_a_queueing_lock_lets_one_job_wait_and_leaves_the_transaction_whole():
    user = UserFactory().pk
    assert enqueue(jobs.mark, user=user, key="a", queueing_lock="one") is not None
    assert enqueue(jobs.mark, user=user, key="b", queueing_lock="one") is None

    run_jobs()
    assert keys() == ["a"]


@pytest.mark.django_db
def test_a_lock_keeps_jobs_in_their_order():
    user = UserFactory().pk
    enqueue(jobs.mark, user=user, key="a", lock="one")
    enqueue(jobs.mark, user=user, key="b", lock="one")

    assert [ran.kwargs["key"] for ran in run_jobs()] == ["a", "b"]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [timezone.now(), object(), (1, 2), {1: "a"}])
def test_a_job_takes_plain_values_only(value):
    with pytest.raises(TypeError, match="plain JSON"):
        enqueue(jobs.mark, user=value, key="a")
    assert waiting() == []


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_and_then_stays_as_failed():
    enqueue(jobs.fail, why="broken")

    outcomes = [ran.status for _ in range(3) for ran in run_jobs(ahead=True, swallow=True)]

    assert outcomes == ["todo", "todo", "failed"]
    assert waiting() == [("tests.fail", "failed")]
    assert queue.state().failed == 1


@pytest.mark.django_db
def test_a_job_is_tried_again_later_each_time():
    job = queue.jobs.Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="tests.fail", attempts=0, priority=0
    )
    waits = []
    for attempts in range(6):
        again = queue.Backoff(7).get_retry_decision(exception=ValueError(), job=job.evolve(attempts=attempts))
        waits.append(round((again.retry_at - timezone.now()).total_seconds() / 60))

    assert waits == [1, 5, 30, 120, 360, 360]
    assert queue.Backoff(2).get_retry_decision(exception=ValueError(), job=job.evolve(attempts=2)) is None


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (NotADirectoryError(), True),
        (ScannerAway(), True),
        (OperationalError(), True),
        (smtplib.SMTPServerDisconnected(), True),
        (smtplib.SMTPDataError(451, b"Try later"), False),
        (smtplib.SMTPRecipientsRefused({}), False),
        (PermissionError(), False),
        (ValueError(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nobody_answering_is_told_from_a_refusal(error, away):
    assert queue.is_away(error) is away


def test_a_server_that_is_away_is_asked_every_two_minutes_and_none_of_those_tries_counts():
    job = queue.jobs.Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="tests.fail", attempts=0, priority=0
    )
    rule = queue.Backoff(2)
    for attempts in range(50):
        again = rule.get_retry_decision(exception=ConnectionRefusedError(), job=job)
        assert 118 <= (again.retry_at - timezone.now()).total_seconds() <= 120
        job = job.evolve(attempts=attempts + 1, priority=again.priority)
    assert (job.attempts, job.priority, queue.tries_of(job)) == (50, -50, 0)

    refused = rule.get_retry_decision(exception=ValueError(), job=job)
    assert round((refused.retry_at - timezone.now()).total_seconds()) == 60
    assert rule.get_retry_decision(exception=ValueError(), job=job.evolve(attempts=52)) is None
    late = job.evolve(attempts=queue.MOST_AWAY + 2, priority=-queue.MOST_AWAY)
    assert rule.get_retry_decision(exception=ConnectionRefusedError(), job=late) is None


@pytest.mark.django_db
def test_run_jobs_raises_what_a_job_raised():
    enqueue(jobs.fail, why="broken")

    with pytest.raises(ValueError, match="broken"):
        run_jobs()


@pytest.mark.django_db
def test_the_state_of_the_queue_tells_what_waits_and_how_late_it_is():
    assert queue.state() == queue.QueueState(waiting=0, running=0, failed=0, late_seconds=0, workers=0)
    user = UserFactory().pk
    enqueue(jobs.mark, user=user, key="a", schedule_at=timezone.now() - timedelta(minutes=5))
    enqueue(jobs.mark, user=user, key="b", schedule_at=timezone.now() + timedelta(minutes=5))

    now = queue.state()
    assert (now.waiting, now.running, now.failed) == (2, 0, 0)
    assert 299 <= now.late_seconds <= 310


@pytest.mark.django_db
def test_an_operator_sees_what_failed_and_lets_it_run_again(capsys):
    for why in ("one", "two"):
        enqueue(jobs.fail, why=why)
        for _ in range(3):
            run_jobs(ahead=True, swallow=True)
    first, second = ProcrastinateJob.objects.order_by("id").values_list("id", flat=True)

    call_command("jobs")
    assert capsys.readouterr().out.splitlines() == [
        "waiting 0 (the oldest is late by 0 s), running 0, failed 2, workers 0",
        f"{first}  tests.fail  {{'why': 'one'}}  after 3 tries",
        f"{second}  tests.fail  {{'why': 'two'}}  after 3 tries",
    ]
    call_command("jobs", "--retry", str(first))
    call_command("jobs", "--retry", "all")
    assert capsys.readouterr().out.splitlines() == ["1 to be tried again."] * 2
    assert waiting() == [("tests.fail", "todo")] * 2
    with pytest.raises(CommandError, match="by their numbers"):
        call_command("jobs", "--retry", "some")


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_waits_and_ends_when_told_once():
    user = UserFactory()
    enqueue(jobs.mark, user=user.pk, key="a")
    enqueue(jobs.chain, user=user.pk)

    process = worker("--once")
    output, _ = process.communicate(timeout=60)

    assert process.returncode == 0, output
    assert keys() == ["a", "stands"]  # a job written inside a job follows the job's own transaction
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_ends_on_sigterm_without_an_error():
    process = worker()
    wait_for(lambda: queue.state().workers == 1)

    code, output = end(process)

    assert code == 0, output
    assert "Traceback" not in output


@pytest.mark.django_db(transaction=True)
def test_the_worker_finishes_its_job_before_it_ends(monkeypatch):
    """In this process: SIGTERM comes while the job runs."""
    enqueue(jobs.mark, user=UserFactory().pk, key="a")
    monkeypatch.setattr(work, "PAUSE", 0)
    timer = threading.Timer(1.5, os.kill, [os.getpid(), signal.SIGTERM])
    timer.start()

    call_command("work")

    timer.join()
    assert keys() == ["a"]


@pytest.mark.django_db(transaction=True)
def test_a_long_job_ends_before_its_worker_does(tmp_path):
    begun = tmp_path / "begun"
    enqueue(jobs.nap, user=UserFactory().pk, begun=str(begun))
    process = worker()
    wait_for(begun.exists)

    code, output = end(process)

    assert code == 0, output
    assert keys() == ["nap"]


def test_the_worker_tries_again_when_the_database_is_away(monkeypatch, caplog):
    tries = []

    async def away(_command: Any, stopping: Any, concurrency: int, once: bool) -> None:
        tries.append(concurrency)
        if len(tries) == 3:
            stopping.set()
        raise OSError("no route")

    monkeypatch.setattr(work, "PAUSE", 0.01)
    monkeypatch.setattr(work.Command, "run_worker", away)

    call_command("work", "--concurrency", "4")

    assert tries == [4, 4, 4]
    assert "The worker lost the database (no route) and tries again." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_outlives_the_loss_of_its_connections():
    process = worker()
    wait_for(lambda: queue.state().workers == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s",
            [settings.DATABASES["default"]["NAME"]],
        )
    enqueue(jobs.mark, user=UserFactory().pk, key="after")

    wait_for(lambda: keys() == ["after"])
    assert end(process)[0] == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_tried_again_until_it_is_given_up(monkeypatch):
    """The rule itself, with the dead worker made by hand; the drill with a real one is below."""
    for attempts in (0, queue.MOST_ATTEMPTS):
        enqueue(jobs.mark, user=UserFactory().pk, key=f"left{attempts}")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE args->>'key' = %s",
                [attempts, f"left{attempts}"],
            )
    enqueue(queue.current_app.tasks["kernel.retry_stalled"], timestamp=0)
    enqueue(queue.current_app.tasks["kernel.remove_old"], timestamp=0)

    call_command("work", "--once")

    assert keys() == ["left0"]
    assert waiting() == [("tests.mark", "failed")]


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_not_needed_where_the_same_waits_already():
    """The queue's own housekeeping is killed too, and is due again a minute later."""
    user = UserFactory().pk
    enqueue(jobs.mark, user=user, key="left", queueing_lock="one")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    later = timezone.now() + timedelta(hours=1)
    enqueue(jobs.mark, user=user, key="waits", queueing_lock="one", schedule_at=later)
    enqueue(queue.current_app.tasks["kernel.retry_stalled"], timestamp=0)

    call_command("work", "--once")

    assert keys() == []
    assert waiting() == [("tests.mark", "todo")]


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_finished_by_the_next_worker(tmp_path: Path):
    begun = tmp_path / "begun"
    enqueue(jobs.slow, user=UserFactory().pk, begun=str(begun))
    first = worker()
    wait_for(begun.exists)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()

    second = worker()
    wait_for(lambda: keys() == ["slow"], seconds=150)

    assert Draft.objects.get().data == {"pid": second.pid} != {"pid": int(begun.read_text())}
    assert end(second)[0] == 0
