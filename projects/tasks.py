"""What the worker does for the projects."""

from wlga_portal.kernel.queue import task

from .actions.nudges import nudge_all


@task("projects.nudge", every="0 8 * * 1-5")
def nudge_leads(*, timestamp: int) -> None:
    """On working days: remind whom a stale status concerns. Said twice on a day, it does nothing more."""
    nudge_all()
