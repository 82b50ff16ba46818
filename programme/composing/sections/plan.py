"""The delivery plan that runs: its agreement and money, its projects with their confidence, and what changed."""

from collections.abc import Mapping, Sequence

from organisations.models import Organisation
from organisations.models import Partnership as Named
from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import NONE, Cell, Page, bound, or_none
from projects.knowing import Reading, readings
from projects.models import DeliveryPlan, Lineage, PlanChange, PlanProject, Project
from projects.states import ChangeStatus, Confidence
from wlga_portal.kernel.bilingual import Text, in_both

from .annual import phase_of


def plan(page: Page, about: Period) -> None:
    """The plan of the last day of the period."""
    found = about.plan
    if found is None:
        page.section("plan", "Delivery plan", "Cynllun cyflawni")
        page.paragraph(
            "none", "The delivery plan: {none}.", "Y cynllun cyflawni: {none}.",
            none=bound(NONE, counted="projects.deliveryplan that runs"),
        )  # fmt: skip
        return
    page.section("plan", "{title}", "{title}", title=bound(found.title, found))
    agreement(page, found)
    listed = list(found.listings.select_related("project").order_by("position"))
    ids = [one.project_id for one in listed]
    before, now = readings(ids, about.starts), readings(ids, about.state_on)
    page.paragraph(
        "count",
        "The plan has {count}.",
        "Yn y cynllun mae {count}.",
        count=bound(words.counted(len(listed), "project"), found, *listed),
    )
    table(page, about, listed, before, now)
    moved(page, about, listed, before, now)
    details(page, listed)
    agreed_changes(page, about, found)


def agreement(page: Page, found: DeliveryPlan) -> None:
    on = found.source.published_on if found.source else None
    agreed = found.agreed_with
    page.paragraph(
        "agreed",
        "Agreed with: {body}. Agreed on: {day}. Status: {status:.}",
        "Cytunwyd gyda: {body}. Dyddiad y cytundeb: {day}. Statws: {status:.}",
        body=or_none(agreed.name if agreed else None, found, *([agreed] if agreed else [])),
        day=or_none(words.day(found.agreed_on) if found.agreed_on else None, found),
        status=or_none(found.status_note or None, found, day=on),
    )
    page.paragraph(
        "money",
        "The amount of the funding: {amount}. About it: {note:.}",
        "Swm y cyllid: {amount}. Amdano: {note:.}",
        amount=or_none(words.money(found.grant_pence) if found.grant_pence is not None else None, found, day=on),
        note=or_none(found.grant_note or None, found, day=on),
    )


def confidence_of(reading: Reading) -> Text | None:
    return in_both(lambda: Confidence(reading.confidence).label) if reading.confidence else None


def table(
    page: Page,
    about: Period,
    listed: Sequence[PlanProject],
    before: Mapping[int, Reading],
    now: Mapping[int, Reading],
) -> None:
    """Each project with its phase and confidence on the last day, and what the confidence was on the first."""

    def cells(one: PlanProject) -> list[Cell]:
        project, reading, was = one.project, now[one.project_id], before[one.project_id]
        return [
            bound(project.title, project),
            or_none(Text(one.printed_ref, one.printed_ref) if one.printed_ref else None, one),
            or_none(project.aim or None, project),
            or_none(phase_of(reading.phase), project),
            or_none(confidence_of(reading), project, counted="projects.readings", day=reading.said_on),
            or_none(confidence_of(was), project, counted="projects.readings", day=was.said_on or about.starts),
        ]

    page.table(
        "projects",
        ("The projects of the plan", "Prosiectau’r cynllun"),
        [
            ("Project", "Prosiect"), ("Reference", "Cyfeirnod"), ("What it is for", "Ei bwrpas"), ("Phase", "Cyfnod"),
            ("Delivery confidence", "Hyder cyflawni"), ("Confidence on {first}", "Hyder ar {first}"),
        ],
        ((str(one.project_id), cells(one)) for one in listed),
        first=bound(words.day(about.starts), counted="period"),
    )  # fmt: skip


def moved(
    page: Page,
    about: Period,
    listed: Sequence[PlanProject],
    before: Mapping[int, Reading],
    now: Mapping[int, Reading],
) -> None:
    """What changed since the last update, with the reason that was given."""
    changed = [one for one in listed if not now[one.project_id].says_the_same(before[one.project_id])]
    page.paragraph(
        "changed",
        "Projects of which something else is said than on {day}: {count}.",
        "Nifer y prosiectau y dywedir rhywbeth gwahanol amdanynt i’r hyn a ddywedwyd ar {day}: {count}.",
        day=bound(words.day(about.starts), counted="period"),
        count=bound(
            words.number(len(changed)), *[one.project for one in changed],
            counted=f"projects.readings {about.starts} {about.ends}",
        ),
    )  # fmt: skip
    for one in changed:
        reading, project = now[one.project_id], one.project
        page.paragraph(
            f"changed-{project.pk}",
            "{title}: delivery confidence: {confidence}, said on {day}. {reason:.}",
            "{title}: hyder cyflawni: {confidence}, dywedwyd ar {day}. {reason:.}",
            title=bound(project.title, project),
            confidence=or_none(confidence_of(reading), project, counted="projects.readings", day=reading.said_on),
            day=or_none(words.day(reading.said_on) if reading.said_on else None, project, day=reading.said_on),
            reason=or_none(reading.reason, project, day=reading.said_on),
        )


def details(page: Page, listed: Sequence[PlanProject]) -> None:
    """How long projects last, what is noted of them, and what they come from."""
    came: dict[int, list[Project]] = {}
    links = Lineage.objects.filter(later__in=[one.project_id for one in listed]).select_related("earlier")
    for link in links.order_by("pk"):
        came.setdefault(link.later_id, []).append(link.earlier)
    for one in listed:
        project, parts = one.project, []
        values = {"title": bound(project.title, project)}
        if project.duration_months is not None:
            values["months"] = bound(words.counted(project.duration_months, "month"), project)
            parts.append(("Duration: {months}.", "Hyd: {months}."))
        if project.pk in came:
            values["from"] = bound(words.listed(other.title for other in came[project.pk]), *came[project.pk], project)
            parts.append(("It comes from: {from}.", "Mae’n deillio o: {from}."))
        if project.note:
            values["note"] = bound(project.note, project)
            parts.append(("{note:.}", "{note:.}"))
        if parts:
            en, cy = (" ".join(part[side] for part in parts) for side in (0, 1))
            page.paragraph(f"about-{project.pk}", f"{{title}}. {en}", f"{{title}}. {cy}", **values)


def agreed_changes(page: Page, about: Period, found: DeliveryPlan) -> None:
    """Changes of the plan that were agreed in the period, each with its reason."""
    changes = PlanChange.objects.filter(
        plan=found, status=ChangeStatus.AGREED, agreed_on__gte=about.starts, agreed_on__lte=about.ends
    )
    for one in changes.select_related("project", "deliverable", "milestone", "plan").order_by("agreed_on", "pk"):
        page.paragraph(
            f"change-{one.pk}",
            "Changed by agreement on {day}: {kind}, {thing}. {reason:.}",
            "Newidiwyd drwy gytundeb ar {day}: {kind}, {thing}. {reason:.}",
            day=or_none(words.day(one.agreed_on) if one.agreed_on else None, one, day=one.agreed_on),
            kind=bound(in_both(lambda one=one: one.get_kind_display()), one, day=one.agreed_on),  # type: ignore[misc]  # bound now
            thing=bound(one.thing.title, one, one.thing, day=one.agreed_on),
            reason=bound(one.reason, one, day=one.agreed_on),
        )


def partners(page: Page, about: Period) -> None:
    """The programme's own partners, as a source states them; the inferred are left out."""
    if about.demonstration:
        return
    stated = list(Organisation.objects.filter(partnership=Named.STATED).order_by("pk"))
    if not stated:
        return
    page.section("partners", "Partners", "Partneriaid")
    page.paragraph(
        "named",
        "The partners of the programme: {partners}.",
        "Partneriaid y rhaglen: {partners}.",
        partners=bound(words.listed(one.name for one in stated), *stated),
    )
