"""What the worker does for the board."""

from wlga_portal.kernel.queue import task

from .actions import remind_all


@task("board.remind", every="0 8 * * 1-5")
def remind_owners(*, timestamp: int) -> None:
    """On working days: remind owners of actions that are due or overdue. Said twice on a day, it does nothing more."""
    remind_all()
