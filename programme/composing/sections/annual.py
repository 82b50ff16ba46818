"""The annual report of a plan that is over: money, deliverables, what was not met and why, and its projects."""

from collections.abc import Sequence

from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import Cell, Page, bound, or_none
from projects.annual import deliverable_of
from projects.models import Deliverable, DeliveryPlan, PlanProject, Project
from projects.states import ListedAs, Measure, Outcome, Phase
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.figures import Figure, figure_of


def annual(page: Page, about: Period) -> None:
    """The report of the last plan that was over by the end of the period."""
    plan = about.reported
    if plan is None:
        page.section("annual", "Annual report", "Adroddiad blynyddol")
        page.paragraph(
            "none",
            "The annual report: {none}.",
            "Yr adroddiad blynyddol: {none}.",
            none=or_none(None, counted="projects.deliveryplan that is over"),
        )
        return
    of_plan(page, plan)


def of_plan(page: Page, plan: DeliveryPlan) -> None:
    """What came of one plan."""
    page.section("annual", "Annual report {year}", "Adroddiad blynyddol {year}", year=bound(plan.year, plan))
    on = plan.source.published_on if plan.source else None
    strategy(page, plan)
    grant = {
        "year": bound(plan.year, plan),
        "grant": or_none(words.money(plan.grant_pence) if plan.grant_pence is not None else None, plan, day=on),
    }
    if plan.grant_note:
        grant["note"] = bound(plan.grant_note, plan, day=on)
    note = " {note:.}" if plan.grant_note else ""
    en, cy = f"The grant for {{year}}: {{grant}}.{note}", f"Y grant ar gyfer {{year}}: {{grant}}.{note}"
    page.paragraph("grant", en, cy, **grant)
    figures = {
        measure: figure_of(measure, plan.year, demonstration=plan.is_demo)
        for measure in (Measure.OFFICERS, Measure.OPPORTUNITIES)
    }
    deliverables(page, plan, list(plan.deliverables.order_by("position")), figures)
    listed = list(plan.listings.select_related("project__source").order_by("position"))
    projects(page, plan, listed)
    earlier(page, plan)


def strategy(page: Page, plan: DeliveryPlan) -> None:
    found = plan.strategy
    if found is None:
        return
    themes = list(found.themes.order_by("pk"))
    page.paragraph(
        "strategy",
        "The strategy: {title}. Approved by: {by}, {month}. Themes named: {themes}.",
        "Y strategaeth: {title}. Cymeradwywyd gan: {by}, {month}. Themâu a enwir: {themes}.",
        title=bound(found.title, found),
        by=bound(found.approved_by, found),
        month=or_none(words.month(found.approved_month) if found.approved_month else None, found),
        themes=or_none(words.listed(theme.title for theme in themes) if themes else None, found, *themes),
    )


def deliverables(
    page: Page, plan: DeliveryPlan, rows: Sequence[Deliverable], figures: dict[Measure, Figure | None]
) -> None:
    """Targets, what came of them, and why where one was not met."""
    met = [one for one in rows if one.outcome == Outcome.MET]
    missed = [one for one in rows if one.outcome == Outcome.NOT_MET]
    if plan.overall:
        page.paragraph("overall", "{overall:.}", "{overall:.}", overall=bound(plan.overall, plan))
    page.paragraph(
        "count",
        "The plan lists {count}. Met: {met}. Not met: {missed}.",
        "Mae’r cynllun yn rhestru {count}. Cyflawnwyd: {met}. Ni chyflawnwyd: {missed}.",
        count=bound(words.counted(len(rows), "deliverable"), plan, *rows),
        met=bound(words.number(len(met)), plan, *met),
        missed=bound(words.number(len(missed)), plan, *missed),
    )
    said = {one.pk: deliverable_of(one, figures) for one in rows}

    def cells(one: Deliverable) -> list[Cell]:
        told, on = said[one.pk], one.source.published_on if one.source else None
        return [
            bound(one.title, one, day=on),
            or_none(text_of(told["target"]), one, day=on),
            or_none(text_of(told["actual"]), one, counted=one.measured_by, day=on),
            or_none(text_of(told["outcome"]), one, day=on),
        ]

    page.table(
        "deliverables",
        ("The deliverables of {year}", "Y pethau i’w cyflawni yn {year}"),
        [
            ("Deliverable", "Peth i’w gyflawni"), ("Target", "Targed"), ("Actual", "Gwirioneddol"),
            ("Outcome", "Canlyniad"),
        ],
        ((str(one.pk), cells(one)) for one in rows),
        year=bound(plan.year, plan),
    )  # fmt: skip
    for one in rows:
        if one.note:
            page.paragraph(
                f"note-{one.pk}",
                "{title}: {note:.}",
                "{title}: {note:.}",
                title=bound(one.title, one),
                note=bound(one.note, one),
            )


def text_of(pair: dict[str, str] | None) -> Text | None:
    return Text(**pair) if pair else None


def projects(page: Page, plan: DeliveryPlan, listed: Sequence[PlanProject]) -> None:
    """The discoveries by name, and the other work with what came next."""
    discoveries = [one.project for one in listed if one.listed_as == ListedAs.DISCOVERY]
    if discoveries:
        page.paragraph(
            "discoveries",
            "Discovery projects ({count}): {titles}.",
            "Prosiectau darganfod ({count}): {titles}.",
            count=bound(words.number(len(discoveries)), plan, *discoveries),
            titles=bound(words.listed(one.title for one in discoveries), *discoveries),
        )
    page.table(
        "projects",
        ("Other work of {year}", "Gwaith arall {year}"),
        [("Project", "Prosiect"), ("Phase", "Cyfnod"), ("About it", "Amdano"), ("What came next", "Beth ddaeth wedyn")],
        ((str(one.project.pk), work(one.project)) for one in listed if one.listed_as != ListedAs.DISCOVERY),
        year=bound(plan.year, plan),
    )


def work(project: Project) -> list[Cell]:
    """A project's name, phase, note and what came next."""
    return [
        bound(project.title, project),
        or_none(phase_of(project.phase), project),
        or_none(project.note or None, project),
        or_none(project.next_step or None, project),
    ]


def phase_of(phase: str) -> Text | None:
    return in_both(lambda: Phase(phase).label) if phase else None


def earlier(page: Page, plan: DeliveryPlan) -> None:
    """Work before the plans that a later row comes from: of a year before this one, in no plan."""
    found = Project.objects.filter(is_demo=plan.is_demo, listings=None, first_year__lt=plan.year).exclude(first_year="")
    for one in found.order_by("first_year", "pk"):
        page.paragraph(
            f"earlier-{one.pk}",
            "Earlier, in {year}: {title}. Phase: {phase}. Councils: {councils}. {note:.}",
            "Yn gynharach, yn {year}: {title}. Cyfnod: {phase}. Cynghorau: {councils}. {note:.}",
            year=bound(one.first_year, one),
            title=bound(one.title, one),
            phase=or_none(phase_of(one.phase), one),
            councils=or_none(words.number(one.councils_stated) if one.councils_stated else None, one),
            note=or_none(one.note or None, one),
        )
