"""There is no room on the database's disk; every connection of the pool is held: the portal says so, and comes back."""

import subprocess
import time
from collections.abc import Iterator

import psycopg

from drill.ground import Ground, small_disk, wait_for
from drill.load import Load, say
from wlga_portal.kernel.postgres import url

from . import Result

DISK_MB = 420
BOTH = ('lang="cy"', 'lang="en"')
ASKING = 40  # more than two processes serve and let wait


def drill(short: bool) -> Iterator[Result]:
    with Ground() as ground:
        ground.web()
        yield exhausted(ground)
    if short:
        return
    with small_disk(DISK_MB) as folder:
        if folder is None:
            yield Result("the database's disk full", False, "not known", "no disk could be mounted for it")
            return
        with Ground(folder=folder) as ground:
            ground.web()
            yield full(ground)


def exhausted(ground: Ground) -> Result:
    with psycopg.connect(url("portal_owner", ground.var)) as holder:
        holder.execute("LOCK TABLE programme_pagefeedback IN ACCESS EXCLUSIVE MODE")
        with Load(ground, readers=0, writers=ASKING, pause=1) as load:
            time.sleep(4)  # each connection is now held by somebody who waits for the table
            probes, began = [ground.get("/livez", timeout=5)[0] for _turn in range(20)], time.monotonic()
            ready, (status, page) = ground.status("/readyz"), ground.get("/en/projects/")
            time.sleep(6)
            refused = sum(said == "503" for _at, _took, said in load.requests)
            holder.rollback()
            back = wait_for(lambda: ground.status("/readyz") == 200, 60, "/readyz")
            time.sleep(2)
            clear = time.monotonic()
            time.sleep(4)
    said = status == 503 and all(word in page for word in BOTH)
    late, lost = load.failed(clear), load.lost()
    return Result(
        "every connection of the pool held by a locked table",
        set(probes) == {200} and ready == 503 and said and not late and not lost,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"/livez {sorted(set(probes))} within {time.monotonic() - began:.0f} s, /readyz {ready}, a page {status} "
        f"{'in both languages' if said else ''}; {refused} told to come back; ready {back:.1f} s after it",
    )


def full(ground: Ground) -> Result:
    filler = ground.folder / "filler"
    with Load(ground, readers=2, writers=4) as load:
        time.sleep(3)
        began = time.monotonic()
        subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=64k"], check=False, capture_output=True)
        wait_for(lambda: load.failed(began), 120, "a write that finds no room")
        alive, ready = ground.status("/livez"), ground.status("/readyz")
        status, page = 0, ""
        for _turn in range(50):  # a write that needs a new page of the table
            status, page = say(ground, "x" * 1900)
            if status == 503:
                break
        filler.unlink()
        if not ground.server.running():
            ground.server.start()  # as the supervisor does: it stopped rather than lose its log
        back = wait_for(lambda: ground.status("/readyz") == 200, 120, "/readyz")
        time.sleep(2)
        clear = time.monotonic()
        time.sleep(4)
    said = status == 503 and all(word in page for word in BOTH)
    late, lost = load.failed(clear), load.lost()
    other = sorted({word for _at, word in load.failed(began) if word != "503"})
    return Result(
        "the database's disk full under load",
        alive == 200 and ready == 503 and said and not late and not lost and not other,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"/livez {alive}, /readyz {ready}, a write {status} {'in both languages' if said else ''}; no answer but 503: "
        f"{', '.join(other) or 'none'}; ready {back:.1f} s after there was room",
    )
