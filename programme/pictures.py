"""The pictures of the front page: what is real and public, counted from the rows that the files of open data hold."""

from collections import Counter
from collections.abc import Callable
from typing import cast

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from board.models import Meeting
from fund.models import Bid
from organisations.models import Organisation
from projects.models import DeliveryPlan, Milestone, PlanProject
from projects.states import Outcome
from training.models import Kind
from wlga_portal.kernel.charts import Chart, Series, bars, grouped_bars
from wlga_portal.kernel.tilemap import Tile, TileMap
from wlga_portal.kernel.wording import number

from .opendata.training import YearOfTraining, counts, year_of
from .plan_timeline import PlanLane, PlanTimeline


class Over(int):
    """A number that a source states no more of than that it was passed."""


def csv_of(name: str) -> str:
    return reverse("programme:picture_csv", kwargs={"name": name})


def published_bids() -> list[Bid]:
    return list(Bid.objects.public().select_related("topic", "lead").prefetch_related("partners__organisation"))


def bids_by_topic() -> Chart:
    """Each topic with its published bids, the most first."""
    found = Counter(str(bid.topic.name) for bid in published_bids())
    rows = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    title, label = _("Published bids by topic"), _("Bids")
    return bars(title, rows, value_label=label, header=_("Topic"), csv_url=csv_of("topics"))


def bids_by_council() -> TileMap:
    """Each council with the published bids in which it takes part; not where a source calls it possible alone."""
    found: Counter[int] = Counter()
    for bid in published_bids():
        joined = {one.organisation_id for one in bid.partners.all() if not one.possible}
        found.update(joined | ({bid.lead_id} if bid.lead_id else set()))
    tiles = [
        Tile(
            council.tile_label,
            council.name,
            council.get_absolute_url(),
            cast(int, council.tile_column),
            cast(int, council.tile_row),
            found[council.pk],
        )
        for council in Organisation.objects.councils().exclude(tile_column=None).by_name()
    ]
    title = _("Published bids by council")
    return TileMap(title, tiles, value_label=_("Bids"), csv_url=csv_of("councils"), name="bids-map")


def training_by_year() -> Chart:
    """Officers trained and learning opportunities of each plan year, counted or stated."""
    known = {(year_of(row), row.kind): value_of(row) for row in counts(False)}
    years = sorted({year for year, _kind in known})
    series = [Series(kind.label, [known.get((year, kind.value)) for year in years]) for kind in Kind]
    return grouped_bars(
        _("Training by year"), years, series, sentence=latest_of(years, series), header=_("Plan year"), say=said,
        csv_url=csv_of("training"),
        note=_("Counted from the register; where it has no rows of a year, as a source states it."),
    )  # fmt: skip


def latest_of(years: list[str], series: list[Series]) -> str:
    """The latest year of which each number is known, in a sentence; nothing where none is."""
    told = []
    for one in series:
        known = [(year, value) for year, value in zip(years, one.values, strict=True) if value is not None]
        if known:
            words = {"label": one.label, "year": known[-1][0], "value": said(known[-1][1])}
            told.append(_("%(label)s, %(year)s: %(value)s.") % words)
    return " ".join(told)


def value_of(row: YearOfTraining) -> int | None:
    return row.most if row.most is not None else Over(row.over) if row.over is not None else None


def said(value: float) -> str:
    shown = str(number(value))
    return _("over %(number)s") % {"number": shown} if isinstance(value, Over) else shown


def plans_over_time() -> PlanTimeline | None:
    """The real plans with their projects and promises; None where there is none."""
    dated = Milestone.objects.filter(dropped_on=None)
    listings = PlanProject.objects.prefetch_related(Prefetch("project__milestones", dated)).select_related("project")
    plans = DeliveryPlan.objects.real().order_by("starts").prefetch_related(Prefetch("listings", listings))
    plans = plans.annotate(
        promised=Count("deliverables"), met=Count("deliverables", filter=Q(deliverables__outcome=Outcome.MET))
    )
    lanes = [lane_of(plan) for plan in plans]
    meetings = Meeting.objects.visible_to(None).filter(board__is_demo=False).exclude(status="cancelled")
    days = list(meetings.order_by("date").values_list("date", flat=True))
    today = timezone.localdate()
    return PlanTimeline(lanes, days, today, csv_of("plans")) if lanes else None


def lane_of(plan: DeliveryPlan) -> PlanLane:
    listed = list(plan.listings.all())
    milestones = [one for listing in listed for one in listing.project.milestones.all()]
    days = [at for one in milestones if (at := one.actual or one.forecast or one.baseline)]
    inside = tuple(sorted(at for at in days if plan.starts <= at <= plan.ends))
    numbers = cast("dict[str, int]", vars(plan))  # of the annotations
    return PlanLane(
        str(plan.title), plan.get_absolute_url(), plan.starts, plan.ends, len(listed), numbers["promised"],
        numbers["met"], inside,
    )  # fmt: skip


FILES: dict[str, Callable[[], Chart | TileMap | PlanTimeline | None]] = {
    "plans": plans_over_time,
    "topics": bids_by_topic,
    "councils": bids_by_council,
    "training": training_by_year,
}
