"""PostgreSQL is restarted, and killed, while people read and write."""

import os
import signal
import time
from collections.abc import Iterator

from drill.ground import Ground, wait_for
from drill.load import Load

from . import Result

MOST_FAILED = 10
CALM_S = 3.0  # before the restart
AFTER_S = 6.0  # within which nothing may fail, from the first answer that is right again


def drill(short: bool) -> Iterator[Result]:
    with Ground() as ground:
        ground.web()
        for kind in ("restarted",) if short else ("restarted", "killed"):
            yield broken(ground, kind)


def broken(ground: Ground, kind: str) -> Result:
    with Load(ground) as load:
        time.sleep(CALM_S)
        began = time.monotonic()
        if kind == "restarted":
            ground.server.stop()
        else:
            os.kill(ground.server.process() or 0, signal.SIGKILL)
            wait_for(lambda: not ground.server.running(), 30, "the end of the server")
        ground.server.start()
        again = time.monotonic()
        time.sleep(AFTER_S)
    whole = len(load.requests)
    failed, lost = load.failed(), load.lost()
    # the last that failed was asked before the server was back, or in its first second: the pool's connections are dead
    late = [at for at, _said in failed if at > again + 1]
    return Result(
        f"PostgreSQL {kind} under load ({load.readers} readers, {load.writers} writers)",
        (kind == "killed" or len(failed) <= MOST_FAILED) and not late and not lost,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"{len(failed)} of {whole} requests failed ({load.kinds()}), {len(late)} after it was back; "
        f"away {again - began:.1f} s, the slowest request took {load.slowest():.1f} s",
    )
