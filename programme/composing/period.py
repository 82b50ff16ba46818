"""What a composed document is about: a board, a period, and which plans and rounds belong to it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from board.models import Board
from fund.models import Round
from projects.models import DeliveryPlan
from training.years import Year

from ..models import TeamStatement


@dataclass(frozen=True)
class Period:
    """From `starts` to `ends`, both included. A board of the demonstration sees that alone, another none of it."""

    board: Board
    starts: date
    ends: date
    today: date | None = None  # what stands (confidence, seats, the team) is asked of this day where it is given

    @property
    def state_on(self) -> date:
        """The day of which the paper says how things stand."""
        return self.today or self.ends

    @property
    def demonstration(self) -> bool:
        return self.board.is_demo

    @cached_property
    def reported(self) -> DeliveryPlan | None:
        """The plan of the last year that was over; where none is, nothing is reported."""
        plans = DeliveryPlan.objects.filter(is_demo=self.demonstration, ends__lt=self.ends)
        return plans.select_related("strategy", "source").order_by("-ends").first()

    @cached_property
    def plan(self) -> DeliveryPlan | None:
        """The plan that runs on the last day."""
        plans = DeliveryPlan.objects.filter(is_demo=self.demonstration, starts__lte=self.ends, ends__gte=self.ends)
        return plans.select_related("strategy", "agreed_with", "source").order_by("-starts").first()

    @cached_property
    def year(self) -> str:
        return str(Year.of(self.ends))

    @cached_property
    def rounds(self) -> list[Round]:
        """The published rounds of the year."""
        rounds = Round.objects.filter(is_demo=self.demonstration, year=self.year, published_at__isnull=False)
        return list(rounds.select_related("fund").prefetch_related("topics").order_by("pk"))

    @cached_property
    def team(self) -> TeamStatement | None:
        """What was last known of the team."""
        return TeamStatement.objects.filter(is_demo=self.demonstration, dated__lte=self.state_on).newest()
