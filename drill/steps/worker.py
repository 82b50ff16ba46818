"""The worker is killed at random moments while messages are written and sent."""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator

from drill.ground import Ground, wait_for

from . import Result

KILLS = 100
WAITING = 60  # messages that always wait while the worker is killed
WINDOW_S = 1.0  # of docs/decisions/mail-once.md: the mail is taken, the worker dies before it commits
DRAIN_S = 300


def drill(short: bool) -> Iterator[Result]:
    kills = 4 if short else KILLS
    with Ground() as ground:
        feeder = ground.begin("-m", "drill.rows", "feed", str(WAITING), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        killed = []
        for turn in range(kills):
            worker = ground.worker()
            if turn % 4:  # each fourth may die while it starts
                before = len(ground.mail.taken)
                wait_for(lambda before=before: len(ground.mail.taken) > before, 90, "a mail")
            time.sleep(ground.chance.random() * 1.5)
            ground.kill(worker)
            killed.append(time.monotonic())
        written, _ = feeder.communicate()  # its input ends, and so does it
        ground.processes.remove(feeder)
        messages = {int(number) for number in written.split()}
        ground.worker()
        drained = wait_for(lambda: ground.jobs() == 0, DRAIN_S, "the queue")
        taken = Counter(int(name[2:].partition(".")[0]) for _at, name in ground.mail.taken)
        lost = messages - set(taken)
        unsent = ground.ask("SELECT count(*) FROM kernel_notification WHERE kind = 'drill.message' AND sent_at IS NULL")
        twice = {number for number, times in taken.items() if times > 1}
        first = {
            number: at
            for at, number in reversed([(at, int(name[2:].partition(".")[0])) for at, name in ground.mail.taken])
        }
        outside = {number for number in twice if not any(0 <= at - first[number] <= WINDOW_S for at in killed)}
        failed = ground.failed()
        held = not lost and not outside and not failed and not unsent[0][0]
        yield Result(
            f"the worker killed (SIGKILL) at {kills} random moments while messages were written and sent",
            held,
            f"{len(lost)} of {len(messages)} messages, {len(failed)} jobs{''.join(f' ({name})' for name in failed)}",
            f"{len(twice)} mails twice, each within {WINDOW_S:.0f} s before a kill ({len(outside)} outside of it); "
            f"the last was sent {drained:.0f} s after the last kill",
        )
