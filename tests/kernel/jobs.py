"""Jobs that only the tests run. Each leaves a mark: a draft whose key says that it ran."""

import os
import time
from pathlib import Path

from django.utils import timezone

from wlga_portal.kernel.models import Draft
from wlga_portal.kernel.queue import enqueue, task


@task("tests.mark")
def mark(*, user: int, key: str) -> None:
    Draft.objects.create(user_id=user, key=key, data={}, saved_at=timezone.now())


@task("tests.fail", retry=2)
def fail(*, why: str) -> None:
    raise ValueError(why)


@task("tests.chain")
def chain(*, user: int) -> None:
    """Causes a job and then fails, in one transaction; and causes another that stands."""
    from django.db import transaction

    enqueue(mark, user=user, key="stands")
    try:
        with transaction.atomic():
            enqueue(mark, user=user, key="never")
            raise ValueError("undone")
    except ValueError:
        return


@task("tests.slow")
def slow(*, user: int, begun: str) -> None:
    """The first run waits to be killed; the next finds the file of the first and ends."""
    if Path(begun).exists():
        Draft.objects.create(user_id=user, key="slow", data={"pid": os.getpid()}, saved_at=timezone.now())
        return
    Path(begun).write_text(str(os.getpid()))
    time.sleep(600)


@task("tests.nap")
def nap(*, user: int, begun: str) -> None:
    """Takes its time before it leaves its mark."""
    Path(begun).touch()
    time.sleep(2)
    mark(user=user, key="nap")
