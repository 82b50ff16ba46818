"""A process of the web server is killed; the web server is told to load a new release; both while people use it."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from drill.ground import Ground, Process, wait_for
from drill.load import Load

from . import Result

CALM_S = 3.0
MOST_FAILED = 16  # eight are at work: what the process had in its hands, and what was on its way to it


def children(process: Process) -> set[int]:
    return {int(one) for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}


def drill(short: bool) -> Iterator[Result]:
    with Ground() as ground:
        server = ground.web()
        yield reloaded(ground, server, 1 if short else 3)
        if not short:
            yield killed(ground, server)


def reloaded(ground: Ground, server: Process, times: int) -> Result:
    took = []
    with Load(ground) as load:
        time.sleep(CALM_S)
        for _turn in range(times):
            before = children(server)
            server.send_signal(signal.SIGHUP)
            took.append(wait_for(lambda before=before: not before & children(server), 120, "the new processes"))
            time.sleep(CALM_S)
    failed, lost = load.failed(), load.lost()
    return Result(
        f"the web server reloaded (SIGHUP) {times} times under load",
        not failed and not lost,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"{len(failed)} of {len(load.requests)} requests failed ({load.kinds()}), the slowest took "
        f"{load.slowest():.1f} s; the old processes were gone after {max(took):.1f} s",
    )


def killed(ground: Ground, server: Process) -> Result:
    with Load(ground) as load:
        time.sleep(CALM_S)
        before, began = children(server), time.monotonic()
        os.kill(min(before), signal.SIGKILL)
        back = wait_for(
            lambda: len(children(server)) == len(before) and min(before) not in children(server), 60, "a process"
        )
        time.sleep(2 * CALM_S)
    failed, lost = load.failed(began), load.lost()
    late = [at for at, _said in failed if at > began + back + 1]
    return Result(
        "one of two web processes killed (SIGKILL) under load",
        len(failed) <= MOST_FAILED and not late and not lost,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"{len(failed)} of {len(load.requests)} requests failed, none later than {back + 1:.1f} s after the kill",
    )
