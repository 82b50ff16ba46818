"""What training does by itself for learners."""

from wlga_portal.kernel.queue import task

from . import actions, importing, retention
from .models import Import


@task("training.find_doubles", every="35 2 * * *")
def find_doubles(*, timestamp: int) -> None:
    """Compare all learners, once a night."""
    actions.find_doubles()


@task("training.check_import")
def check_import(*, batch: int) -> None:
    """Say of each row of a file what it is."""
    importing.check(Import.objects.with_all().get(pk=batch))


@task("training.run_import")
def run_import(*, batch: int) -> None:
    """Put the good rows of a file into the register."""
    importing.put_in(Import.objects.with_all().get(pk=batch))


@task("training.undo_import")
def undo_import(*, batch: int) -> None:
    """Take back what a file brought."""
    importing.take_back(Import.objects.with_all().get(pk=batch))


@task("training.run_retention", every="5 3 * * *")
def run_retention(*, timestamp: int) -> None:
    """What ran out goes, once a night."""
    retention.run_all()
