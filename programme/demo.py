"""The demonstration of what spans the areas: a job that failed, statements about the team, composed papers."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from board.actions import paper_publish, paper_step
from board.models import Board
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.queue import enqueue, give_up

from .composing.actions import update_compose
from .models import Composition, TeamStatement
from .tasks import search_settle


def load_demo() -> None:
    """One failed job, two statements about the team, and two composed papers."""
    load_job()
    load_team()
    load_compositions()


POST = {
    "post_en": "Lead user researcher", "post_cy": "Prif ymchwilydd defnyddwyr",
    "set_up_as_en": "post for one year", "set_up_as_cy": "swydd am flwyddyn",
    "funding_before_en": "the delivery plan", "funding_before_cy": "y cynllun cyflawni",
    "recruited_month": "2025-09",
}  # fmt: skip
MADE_PERMANENT = {
    "confirmed_by_en": "the demonstration board", "confirmed_by_cy": "y bwrdd enghreifftiol",
    "funding_after_en": "the councils together", "funding_after_cy": "y cynghorau ar y cyd",
    "note_en": "One post is permanent now, and two people have joined.",
    "note_cy": "Mae un swydd bellach yn barhaol, ac mae dau berson wedi ymuno.",
}  # fmt: skip


def load_team() -> None:
    """What was known of the team before the published update of the demonstration, and what is known since."""
    if TeamStatement.objects.filter(is_demo=True).exists():
        return
    today = timezone.localdate()
    with audited(by=None, why="loaded for the demonstration"):
        TeamStatement.objects.create(
            dated=today - timedelta(days=60), team_size=7, source_en="Letter to the demonstration board",
            source_cy="Llythyr at y bwrdd enghreifftiol", is_demo=True, **POST,
        )  # fmt: skip
        TeamStatement.objects.create(
            dated=today - timedelta(days=10), team_size=9, source_en="Decision of the demonstration board",
            source_cy="Penderfyniad y bwrdd enghreifftiol", permanent_from=today - timedelta(days=10), is_demo=True,
            **POST, **MADE_PERMANENT,
        )  # fmt: skip


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
