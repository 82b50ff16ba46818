"""What training does by itself for learners."""

from wlga_portal.kernel.queue import task

from . import actions


@task("training.find_doubles", every="35 2 * * *")
def find_doubles(*, timestamp: int) -> None:
    """Compare all learners, once a night."""
    actions.find_doubles()
