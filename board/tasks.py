"""What the worker does for the board."""

from wlga_portal.kernel.queue import task

from .actions import papers_out_all, remind_all
from .actions.notes import notes_expire
from .actions.packs import pack_make, packs_tidy
from .finding import keep_missing


@task("board.remind", every="0 8 * * 1-5")
def remind_owners(*, timestamp: int) -> None:
    """On working days: remind owners of actions that are due or overdue. Said twice on a day, it does nothing more."""
    remind_all()


@task("board.papers_out", every="0 16 * * 1-5")
def tell_papers_out(*, timestamp: int) -> None:
    """In the afternoon of the day of publication: the members hear that the papers are out. Said twice, told once."""
    papers_out_all()


@task("board.make_pack", retry=2)
def make_pack(*, pack: int) -> None:
    """The pack of a meeting as a PDF."""
    pack_make(pack)


@task("board.forget", every="40 2 * * *")
def forget(*, timestamp: int) -> None:
    """Notes and marks that have had their time, files of packs that nobody asked for lately."""
    notes_expire()
    packs_tidy()


@task("board.keep_missing_passages", every="50 2 * * *")
def keep_missing_passages(*, timestamp: int) -> None:
    """Editions that were published before their words were kept for finding."""
    keep_missing()
