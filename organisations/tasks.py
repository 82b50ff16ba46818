"""What the worker does for organisations."""

from wlga_portal.kernel.queue import task

from . import succession


@task(every="10 * * * *")
def settle_ended(*, timestamp: int) -> None:
    """Each hour: the successor of an organisation whose last day is over takes what is open. Done once."""
    succession.settle_ended()
