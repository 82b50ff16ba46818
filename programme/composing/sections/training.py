"""Training: officers, learning opportunities, how they spread over councils and regions; by register or by source."""

from organisations.models import Organisation, Region
from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import Cell, Page, Value, or_none
from projects.annual import figure_text
from projects.states import Measure
from training.counting import Count, Figures, figures
from training.figures import hidden
from training.models import StatedTotal, Stream
from training.years import Year
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.figures import Basis, figure_of

from ..writing import bound

OUTSIDE = ""  # the region of what is no council
TOO_FEW = Text("too few people to be shown", "rhy ychydig o bobl i’w dangos")


def training(page: Page, about: Period) -> None:
    """The year that is reported, and the year of the last day."""
    page.section("training", "Training", "Hyfforddiant")
    years = [about.reported.year] if about.reported else []
    for year in dict.fromkeys([*years, about.year]):
        of_year(page, year, demonstration=about.demonstration)
    streams = list(Stream.objects.order_by("pk"))
    if streams:
        page.paragraph(
            "streams",
            "The training streams: {streams}.",
            "Y ffrydiau hyfforddi: {streams}.",
            streams=bound(words.listed(one.title for one in streams), *streams),
        )


def of_year(page: Page, year: str, *, demonstration: bool) -> None:
    """Officers, opportunities, spread. What is stated carries its note."""
    stated = {} if demonstration else {one.kind: one for one in StatedTotal.objects.filter(plan_year=year)}
    known = Year.read(year)
    register = figures(known, demonstration=demonstration) if known else Figures(Count())
    councils = list(Organisation.objects.councils().filter(pk__in=register.council).order_by("pk"))
    came = words.counted(len(councils), "council") if councils else None
    page.paragraph(
        f"year-{year}",
        "In {year}: officers trained: {officers}; learning opportunities: {opportunities}; councils: {spread}.",
        "Yn {year}: swyddogion a hyfforddwyd: {officers}; cyfleoedd dysgu: {opportunities}; cynghorau: {spread}.",
        year=bound(year, counted="year of the plan"),
        officers=figure_value(Measure.OFFICERS, year, stated, demonstration=demonstration),
        opportunities=figure_value(Measure.OPPORTUNITIES, year, stated, demonstration=demonstration),
        spread=or_none(came, *councils, counted=f"training.counting.figures {year} council"),
    )
    by_region(page, year, register.region)
    for one in stated.values():
        if one.note:
            page.paragraph(
                f"note-{one.pk}",
                "{label}: {note:.}",
                "{label}: {note:.}",
                label=bound(one.label, one, day=one.source_date),
                note=bound(one.note, one, day=one.source_date),
            )


def by_region(page: Page, year: str, counts: dict[str, Count]) -> None:
    """A region without a row has 0, where the register has rows of the year at all; without any there is no table.
    So few people that they might be known are not said.
    """
    left_out = hidden(counts, {})
    rows: list[tuple[str, list[Cell]]] = []
    for key in [*Region.values, OUTSIDE] if counts else []:
        if key in counts or key != OUTSIDE:
            count = counts.get(key, Count())
            said = (officers_said(count), words.number(count.opportunities))
            query = f"training.counting.figures {year} region {key}".strip()
            cells = [bound(TOO_FEW if key in left_out else one, counted=query) for one in said]
            rows.append((key or "outside", [region_name(key), *cells]))
    page.table(
        f"regions-{year}",
        ("Training by region, {year}", "Hyfforddiant fesul rhanbarth, {year}"),
        [
            ("Region", "Rhanbarth"),
            ("Officers trained", "Swyddogion a hyfforddwyd"),
            ("Learning opportunities", "Cyfleoedd dysgu"),
        ],
        rows,
        year=bound(year, counted="year of the plan"),
    )


def officers_said(count: Count) -> Text:
    return in_both(lambda: count.officers_said)


def region_name(key: str) -> Text:
    return in_both(lambda: Region(key).label) if key else Text("Outside the councils", "Y tu allan i’r cynghorau")


def figure_value(measure: Measure, year: str, stated: dict[str, StatedTotal], *, demonstration: bool) -> Value:
    """A figure with what stands behind it: the register's count, or the stated total."""
    found = figure_of(measure, year, demonstration=demonstration)
    said: Text | None = in_both(lambda: figure_text(found)) if found and figure_text(found) else None
    row = stated.get(str(measure)) if found and found.basis != Basis.COUNTED else None
    counted = f"training.counting {measure} {year}"
    return or_none(said, *([row] if row else []), counted=counted, day=row.source_date if row else None)
