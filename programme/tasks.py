"""What the worker does for all areas together."""

from wlga_portal.kernel.queue import task

from .composing.actions import follow_all
from .search import keeping


@task("programme.search_settle", every="* * * * *")
def search_settle(*, timestamp: int) -> None:
    """Each minute: what changed is put into the index of the search. Said twice, it does nothing more."""
    keeping.settle()


@task("programme.search_rebuild", every="40 2 * * *")
def search_rebuild(*, timestamp: int) -> None:
    """Each night: the whole index anew, and with it the words of texts that are there no more go."""
    keeping.rebuild()


@task("programme.compositions_follow", every="20 * * * *")
def compositions_follow(*, timestamp: int) -> None:
    """Each hour: composed papers that are not cleared follow the data. Said twice, it does nothing more."""
    follow_all()
