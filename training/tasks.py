"""What the clock does: moves queues up, and reminds."""

from wlga_portal.kernel.queue import task

from . import tasks_people as tasks_people  # registered by being imported
from .actions import due_reminders, queues_to_turn, remind, turn_queue
from .models import Ahead


@task(every="*/5 * * * *")
def turn_queues(*, timestamp: int) -> None:
    """Offers that are over end, and free places are offered on."""
    for session in queues_to_turn():
        turn_queue(session)


@task(every="*/15 * * * *")
def send_reminders(*, timestamp: int) -> None:
    """Those that are due, each in a transaction of its own."""
    for ahead in Ahead:
        for booking in due_reminders(ahead):
            remind(booking, ahead)
