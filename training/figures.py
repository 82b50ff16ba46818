"""The parts of a year's count as pages and files show them: named, in order, small ones left out, with their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from organisations.models import Organisation, Region
from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.charts import Chart, Series, bars, lines
from wlga_portal.kernel.tilemap import Tile, TileMap

from .counting import Count, Figures
from .models import Standing, Stream, Target
from .years import FIRST_MONTH, Year


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table: what it is of, its count (None: so few that it might point at a person), its rows."""

    label: Any
    count: Count | None
    url: str = ""
    rows_url: str = ""
    people_url: str = ""
    thing: Any = None

    @property
    def is_hidden(self) -> bool:
        return self.count is None


def hidden(parts: dict[Any, Count], groups: dict[Any, Any]) -> set[Any]:
    """The keys whose figures are not shown: one to four people; and where that is the only one hidden of its group,

    the next smallest as well, so that nobody works it out from the group's sum.
    """
    found = {key for key, part in parts.items() if part.is_small}
    for group in {groups.get(key) for key in found}:
        there = [key for key, part in parts.items() if groups.get(key) == group and part.people]
        if len(found & set(there)) == 1 and len(there) > 1:
            found.add(min(set(there) - found, key=lambda key: (parts[key].people, str(key))))
    return found


class Parts:
    """The parts of one year's figures for one reader: `link(name=value)` gives the rows that they may open."""

    def __init__(self, figures: Figures, year: Year, *, link: Callable[..., str], all_shown: bool) -> None:
        self.figures, self.year, self.link, self.all_shown = figures, year, link, all_shown

    def opened(self, label: Any, count: Count | None, page: str = "", thing: Any = None, **narrow: Any) -> Part:
        """A part with the rows of its opportunities and, apart, those of its officers."""
        people = {"standing": Standing.STAFF.value, **narrow}
        return Part(label, count, page, self.link(**narrow), self.link(**people), thing)

    def of(self, by: str) -> list[Part]:
        return list(getattr(self, f"by_{by}")())

    def by_stream(self) -> Iterable[Part]:
        for stream in Stream.objects.by_title():
            if stream.pk in self.figures.stream:
                count, address = self.figures.stream[stream.pk], stream.get_absolute_url()
                yield self.opened(stream.title, count, address, stream, stream=stream.pk)

    def by_council(self) -> Iterable[Part]:
        councils = list(Organisation.objects.filter(pk__in=self.figures.council).order_by(sort_column("name")))
        left_out = set() if self.all_shown else hidden(self.figures.council, {one.pk: one.region for one in councils})
        for council in councils:
            count = None if council.pk in left_out else self.figures.council[council.pk]
            address = council.get_absolute_url()
            if council.is_council:
                yield self.opened(council.name, count, address, council, organisation=council.pk)
            else:
                yield Part(council.name, count, address, thing=council)

    def by_region(self) -> Iterable[Part]:
        left_out = set() if self.all_shown else hidden(self.figures.region, {})
        for value, label in [*Region.choices, ("", _("Outside the councils"))]:
            if value in self.figures.region:
                count = None if value in left_out else self.figures.region[value]
                yield self.opened(label, count, region=value) if value else Part(label, count)

    def by_month(self) -> Iterable[Part]:
        for month in self.months():
            count = self.figures.month.get(month, Count())
            yield self.opened(f"{MONTHS[month.month]} {month.year}", count, month=f"{month:%Y-%m}")

    def by_role(self) -> Iterable[Part]:
        names = {Standing.STAFF: "officers", Standing.MEMBER: "councillors", Standing.PARTNER: "partners"}
        for standing, name in names.items():
            found = self.figures.role.get(standing, Count())
            count = Count(found.opportunities, getattr(found, name), getattr(found, f"{name}_least"))
            yield self.opened(standing.label, count, standing=standing.value)

    def months(self) -> list[date]:
        """The months of the year up to this one."""
        first = self.year.first
        wanted = [date(first + (month <= 3), month, 1) for month in [*range(FIRST_MONTH, 13), *range(1, FIRST_MONTH)]]
        return [month for month in wanted if month <= timezone.localdate()]

    def csv_rows(self, by: str, heading: Any) -> Iterable[list[Any]]:
        """As data: a range is two columns; what is not shown is empty."""
        yield [heading, _("Learning opportunities"), _("Officers trained, at least"), _("Officers trained, at most")]
        for part in self.of(by):
            count = part.count
            numbers = [None] * 3 if count is None else [count.opportunities, count.officers_least, count.officers]
            yield [part.label, *numbers]


def month_chart(parts: list[Part], csv_url: str) -> Chart:
    rows = [(part.label, part.count.opportunities if part.count else None) for part in parts]
    title = _("Learning opportunities by month")
    return bars(title, rows, value_label=_("Learning opportunities"), header=_("Month"), csv_url=csv_url)


def stream_chart(parts: list[Part], csv_url: str) -> Chart:
    rows = [(part.label, part.count.opportunities if part.count else None) for part in parts]
    title = _("Learning opportunities by stream")
    return bars(title, rows, value_label=_("Learning opportunities"), header=_("Stream"), csv_url=csv_url)


def progress_chart(parts: list[Part], target: Target, csv_url: str) -> Chart:
    """Learning opportunities added up month by month, beside the target at an even pace."""
    total, so_far = 0, []
    for part in parts:
        total += part.count.opportunities if part.count else 0
        so_far.append(total)
    pace = [round(target.value * (place + 1) / 12) for place in range(len(parts))]
    series = [Series(_("Learning opportunities so far"), so_far), Series(_("The target at an even pace"), pace)]
    return lines(
        _("On the way to the target"), [part.label for part in parts], series, header=_("Month"), csv_url=csv_url
    )


def council_map(parts: list[Part], csv_url: str) -> TileMap:
    """Officers trained by council; one that is not shown has a dash, and says why."""
    known = {part.thing.pk: part for part in parts}
    tiles = []
    for council in Organisation.objects.councils().exclude(tile_column=None).by_name():
        part = known.get(council.pk)
        hidden_here = part is not None and part.count is None
        value = None if hidden_here else part.count.officers if part is not None and part.count else 0
        note = _("too few people to be shown") if hidden_here else ""
        tiles.append(
            Tile(
                council.tile_label,
                council.name,
                council.get_absolute_url(),
                cast(int, council.tile_column),
                cast(int, council.tile_row),
                value,
                note,
            )
        )
    title = _("Officers trained by council")
    return TileMap(title, tiles, value_label=_("Officers trained"), csv_url=csv_url, name="councils-map")


def targets_of(year: Year, *, demonstration: bool) -> dict[str, Target]:
    return {one.kind: one for one in Target.objects.of_year(year, demonstration=demonstration)}
