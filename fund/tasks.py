"""What the fund does by the clock, and later."""

from wlga_portal.kernel.queue import task

from . import actions
from . import tasks_rounds as tasks_rounds  # registered by being imported
from . import tasks_similar as tasks_similar  # likewise


@task(every="20 5 * * *")
def offer_bids(*, timestamp: int) -> None:
    """Bids whose owner left are offered to the officers and the digital lead of their council."""
    actions.owners_offer()
