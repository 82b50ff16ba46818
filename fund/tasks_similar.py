"""What the worker does so that similar bids are found at once."""

from wlga_portal.kernel.queue import task

from .actions.merging import merges_expire
from .likeness import likenesses_store
from .models import Bid, ProblemText
from .problems import lacking, problem_store, problems_read, untold
from .similar import meaning


@task("fund.read_problem", retry=3)
def read_problem(*, bid: int) -> None:
    """The vectors of a bid's texts, where they are missing; then which sent bids are near to it."""
    problems_read(ProblemText.objects.filter(bid=bid).exclude(model=meaning.MODEL).defer("vector"))
    found = Bid.objects.filter(pk=bid).first()
    if found is not None:
        likenesses_store(found)


@task("fund.read_lacking", every="40 2 * * *")
def read_lacking(*, timestamp: int) -> None:
    """Whatever was missed: bids without a text, texts without a vector."""
    for bid in untold():
        problem_store(bid)
    problems_read(lacking())


@task("fund.expire_merges", every="*/10 * * * *")
def expire_merges(*, timestamp: int) -> None:
    """Proposals to merge whose time is over."""
    merges_expire()
