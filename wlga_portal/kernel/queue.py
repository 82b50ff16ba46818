"""Work for later: a job is a row, written in the transaction that causes it, so it commits or rolls back with it.

    @task(retry=5)                       # in an app's tasks.py; called "fund.send_receipt" there
    def send_receipt(*, bid: int) -> None: ...

    enqueue(send_receipt, bid=bid.pk)    # inside the transaction; the worker (`manage.py work`) runs it

A job may run twice, after a worker was killed in the middle of it: it locks its row and looks before it acts.
"""

import json
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from procrastinate import App, JobContext, exceptions, jobs, manager, sql, tasks
from procrastinate.contrib.django import app as current_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from .scanning import ScannerAway

logger = logging.getLogger(__name__)
for chatty in ("blueprints", "jobs", "periodic"):  # a line at each start and each enqueue() tells an operator nothing
    logging.getLogger(f"procrastinate.{chatty}").setLevel(logging.WARNING)

WAITS = (60, 300, 1_800, 7_200, 21_600)  # seconds before each further try; the last one repeats
AGAIN_AWAY = 120  # seconds until a server that was away is asked again: when it is back, what waits is soon done
MOST_AWAY = 24 * 3600 // AGAIN_AWAY  # tries of a server that is away for a day
MOST_ATTEMPTS = 10  # a job that takes its worker down with it is given up after so many
HEARTBEAT = 5  # seconds between a worker's signs of life
STALLED_AFTER = 20  # seconds without one after which its jobs are given to another
KEEP_FAILED_HOURS = 24 * 90
Task = tasks.Task[Any, Any, Any]


def is_away(error: BaseException) -> bool:
    """Whether nobody answered: mail server, scanner, database, the store of files. A refusal is an answer."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError))
    if isinstance(error, PermissionError):
        return False
    return isinstance(error, (OSError, ScannerAway, OperationalError, InterfaceError))  # OSError: `FilesAway` too


def tries_of(job: jobs.Job) -> int:
    """How often a job was tried, those tries left out that found a server away (`Backoff`)."""
    return max(0, job.attempts + min(0, job.priority))


class Backoff(BaseRetryStrategy):
    """Tries again `times` times, waiting longer before each. Tries in vain of a server that is away do not count.

    How many those were stands in the job's priority, below zero: what has waited long goes after what is new.
    """

    def __init__(self, times: int) -> None:
        self.times = times

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> RetryDecision | None:
        if is_away(exception) and job.priority > -MOST_AWAY:
            return RetryDecision(retry_in={"seconds": AGAIN_AWAY}, priority=min(0, job.priority) - 1)
        tries = tries_of(job)
        if tries >= self.times:
            return None
        return RetryDecision(retry_in={"seconds": WAITS[min(tries, len(WAITS) - 1)]})


def task(name: str | None = None, *, retry: int = 0, every: str = "") -> Callable[[Callable[..., Any]], Task]:
    """Register a function as a job of the portal, called `<app>.<function>` unless named.

    `retry`: how many further tries after a failure; a server that is away is asked again in any case. `every`: a cron
    line in UTC (five fields) for a job that the worker starts by itself; such a function takes `timestamp`, the second
    that it was due.
    """

    def register(function: Callable[..., Any]) -> Task:
        place = function.__module__.removeprefix("wlga_portal.").removesuffix(".tasks")
        known = current_app.task(name=name or f"{place}.{function.__name__}", retry=Backoff(retry))(function)
        return current_app.periodic(cron=every)(known) if every else known

    return register


def enqueue(
    job: Task,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    schedule_at: datetime | None = None,
    **kwargs: Any,
) -> int | None:
    """Write a job into the current transaction; its number, or None when `queueing_lock` says that it waits already.

    `lock`: no two jobs with it run at once, and they run in order. `schedule_at`: not before. `kwargs` are plain JSON:
    ids, not objects. TypeError for anything else.
    """
    try:
        plain = json.loads(json.dumps(kwargs))
    except (TypeError, ValueError) as error:
        raise TypeError(f"A job's arguments are plain JSON (ids, not objects): {error}") from error
    if plain != kwargs:
        raise TypeError("A job's arguments are plain JSON: lists, not tuples; keys are text.")
    # always Django's own connection: inside a worker, the app's connector is another one with its own transactions
    deferrer = tasks.configure_task(
        name=job.name,
        job_manager=manager.JobManager(DjangoConnector()),
        lock=lock,
        queueing_lock=queueing_lock,
        schedule_at=schedule_at,
    )
    try:
        with transaction.atomic():
            return int(deferrer.defer(**plain))
    except exceptions.AlreadyEnqueued:
        return None


@dataclass(frozen=True)
class Ran:
    """One job that `run_jobs` ran: `status` is succeeded, failed or todo (it will be tried again)."""

    name: str
    kwargs: dict[str, Any]
    status: str
    error: BaseException | None = None


def run_jobs(*, ahead: bool = False, swallow: bool = False) -> list[Ran]:
    """Run every job that is due, here and now, in this thread and transaction; for tests and commands.

    `ahead`: also those that are due later. The first error is raised once its job is marked, unless `swallow`.
    """
    connector = DjangoConnector()
    if ahead:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    done: list[Ran] = []
    while True:
        row = connector.execute_query_one(query=sql.queries["fetch_job"], queues=None, worker_id=None)
        if row["id"] is None:
            return done
        ran = run_one(connector, jobs.Job.from_row({**row, "args": json.loads(row["args"])}))
        done.append(ran)
        if ran.error is not None and not swallow:
            raise ran.error


def run_one(connector: DjangoConnector, job: jobs.Job) -> Ran:
    known = current_app.tasks[job.task_name]
    try:
        known.func(**job.task_kwargs)
    except Exception as error:
        again = known.get_retry_exception(error, job)
        if again is None:
            finish(connector, job, "failed")
            return Ran(job.task_name, job.task_kwargs, "failed", error)
        connector.execute_query(
            query=sql.queries["retry_job"],
            job_id=job.id,
            retry_at=again.retry_decision.retry_at,
            new_priority=again.retry_decision.priority,
            new_queue_name=None,
            new_lock=None,
        )
        return Ran(job.task_name, job.task_kwargs, "todo", error)
    finish(connector, job, "succeeded")
    return Ran(job.task_name, job.task_kwargs, "succeeded")


def give_up(number: int) -> None:
    """Mark a job that waits as failed."""
    DjangoConnector().execute_query(query=sql.queries["finish_job"], job_id=number, status="failed", delete_job=False)


def finish(connector: DjangoConnector, job: jobs.Job, status: str) -> None:
    delete = status == "succeeded"
    connector.execute_query(query=sql.queries["finish_job"], job_id=job.id, status=status, delete_job=delete)


async def retry_stalled(context: JobContext, *, timestamp: int) -> None:
    """Give the jobs of workers that were killed to whoever is free; give up those that keep killing workers."""
    queue = context.app.job_manager
    for job in await queue.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        if tries_of(job) >= MOST_ATTEMPTS:
            logger.error("Job %s was given up: its worker was lost %d times.", job.call_string, job.attempts)
            await queue.finish_job(job, status=jobs.Status.FAILED, delete_job=False)
            continue
        logger.warning("Job %s was left by its worker and is tried again.", job.call_string)
        try:
            await queue.retry_job(job)
        except exceptions.UniqueViolation:  # its queueing lock is held: the same waits already
            await queue.finish_job(job, status=jobs.Status.SUCCEEDED, delete_job=True)


async def remove_old(context: JobContext, *, timestamp: int) -> None:
    """Failed jobs are kept for 90 days; those that succeeded are gone at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


def on_app_ready(app: App) -> None:
    """The queue's own housekeeping, on the worker's connection."""
    for function, cron in ((retry_stalled, "* * * * *"), (remove_old, "20 3 * * *")):
        name = f"kernel.{function.__name__}"
        app.periodic(cron=cron)(app.task(name=name, pass_context=True, queueing_lock=name)(function))


@dataclass(frozen=True)
class QueueState:
    """What an operator asks of the queue; `late_seconds` is the age of the oldest job that is due and not begun."""

    waiting: int
    running: int
    failed: int
    late_seconds: int
    workers: int


def state() -> QueueState:
    """The queue at this moment, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE job.status = 'todo'), count(*) FILTER (WHERE job.status = 'doing'),
                count(*) FILTER (WHERE job.status = 'failed'),
                min(coalesce(job.scheduled_at, event.at)) FILTER (WHERE job.status = 'todo'),
                (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s)
            FROM procrastinate_jobs job
            LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id) event ON true
            """,
            [timezone.now() - timedelta(seconds=STALLED_AFTER)],
        )
        waiting, running, failed, oldest, workers = cursor.fetchone()
    late = max(0, int((timezone.now() - oldest).total_seconds())) if oldest else 0
    return QueueState(waiting, running, failed, late, workers)


def try_again(numbers: list[int] | None = None) -> int:
    """Let failed jobs (all of them without numbers) run again; gives how many. What waits or runs is left alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE status = 'failed' AND (%(all)s OR id = ANY(%(numbers)s))"
            " ORDER BY id FOR UPDATE",
            {"all": numbers is None, "numbers": numbers or []},
        )
        chosen = [row[0] for row in cursor.fetchall()]
        for number in chosen:
            DjangoConnector().execute_query(
                query=sql.queries["retry_job"], job_id=number, retry_at=timezone.now(),
                new_priority=None, new_queue_name=None, new_lock=None,
            )  # fmt: skip
    return len(chosen)
