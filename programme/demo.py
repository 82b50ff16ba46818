"""The demonstration of what spans the areas: a job that failed, for whoever looks after the portal; composed papers."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from board.actions import paper_publish, paper_step
from board.models import Board
from wlga_portal.kernel.queue import enqueue, give_up

from .composing.actions import update_compose
from .models import Composition
from .tasks import search_settle


def load_demo() -> None:
    """One failed job, and two composed papers."""
    load_job()
    load_compositions()


def load_compositions() -> None:
    """An update of the demonstration board that was published, and the draft of the next."""
    if Composition.objects.filter(paper__board__is_demo=True).exists():
        return
    board = Board.objects.filter(is_demo=True).order_by("pk").first()
    people = {user.demo_slug: user for user in User.objects.filter(demo_slug__in=["secretariat", "clearer"])}
    if board is None or len(people) < 2:
        return
    secretary, today = people["secretariat"], timezone.localdate()
    last = today - timedelta(days=30)
    made = update_compose(board, by=secretary, starts=last - timedelta(days=90), ends=last, drafted_in="en")
    paper_step(made.paper, "submit", by=secretary)
    paper_step(made.paper, "clear", by=people["clearer"])
    paper_publish(made.paper, by=secretary)
    update_compose(board, by=secretary, starts=last, ends=today, drafted_in="cy")


def load_job() -> None:
    """One failed job, which harms nothing when it is tried again."""
    if ProcrastinateJob.objects.filter(task_name=search_settle.name, status="failed").exists():
        return
    number = enqueue(search_settle, timestamp=0)
    if number is not None:
        give_up(number)
