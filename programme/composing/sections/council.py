"""A council on two pages: its bids, awards, projects, training and people in roles, as far as they are public."""

from django.db.models import Q

from board.models import Seat
from board.querysets import current_on
from fund.models import AwardShare, Bid
from fund.models.awards import SIGNED
from organisations.models import Organisation
from programme.composing import words
from programme.composing.writing import Cell, Page, bound, or_none
from projects.models import ProjectPartner
from projects.states import PartnerRole
from training.counting import count_of_council
from training.years import Year
from wlga_portal.kernel.bilingual import Text, in_both

from .annual import phase_of


def council(page: Page, organisation: Organisation, year: str) -> None:
    """All of it; the demonstration stays out."""
    page.section("council", "The council", "Y cyngor")
    region = in_both(lambda: organisation.get_region_display())
    place = words.in_place(organisation)
    page.paragraph(
        "about",
        "{name} is in {region}. This leaflet says what the digital programme does {place}.",
        "Rhanbarth {name} yw {region}. Mae’r daflen hon yn dweud beth y mae’r rhaglen ddigidol yn ei wneud {place}.",
        name=bound(organisation.official_name, organisation),
        region=bound(region, organisation),
        place=bound(place, organisation),
    )
    bids(page, organisation)
    money(page, organisation)
    projects(page, organisation)
    training(page, organisation, year)
    roles(page, organisation)


def bids(page: Page, organisation: Organisation) -> None:
    """The published bids in which it takes part; a topic that is only inferred is not said."""
    page.section("bids", "Bids to the fund", "Ceisiadau i’r gronfa")
    joined = Q(partners__organisation=organisation, partners__possible=False, partners__inferred=False)
    found = Bid.objects.public().filter(Q(lead=organisation) | joined).select_related("topic", "round")
    rows = list(found.distinct().order_by("-round__year", "order", "pk"))
    page.paragraph(
        "count",
        "Published bids: {count}.",
        "Ceisiadau a gyhoeddwyd: {count}.",
        count=bound(words.counted(len(rows), "bid"), *rows, counted=f"fund.bid of organisation {organisation.pk}"),
    )

    def cells(bid: Bid) -> list[Cell]:
        return [
            bound(Text(bid.title, bid.title) if bid.title else bid.label, bid),
            bound(bid.round.year, bid.round),
            or_none(None if bid.topic_inferred else bid.topic.name, bid),
        ]

    page.table(
        "table",
        ("Its bids", "Ei geisiadau"),
        [("Bid", "Cais"), ("Year", "Blwyddyn"), ("Topic", "Pwnc")],
        ((str(bid.pk), cells(bid)) for bid in rows),
    )


def money(page: Page, organisation: Organisation) -> None:
    """Its shares of the awards that were accepted; no row is no zero: what came before the portal is not published."""
    shares = AwardShare.objects.filter(organisation=organisation, award__status__in=SIGNED)
    rows = list(shares.filter(award__bid__round__is_demo=False).select_related("award__bid__round").order_by("pk"))
    query = f"fund.awardshare of organisation {organisation.pk}"
    page.paragraph(
        "money",
        "Shares of accepted awards: {count}, {total}.",
        "Cyfrannau o ddyfarniadau a dderbyniwyd: {count}, {total}.",
        count=or_none(words.counted(len(rows), "award") if rows else None, *[one.award for one in rows], counted=query),
        total=or_none(words.money(sum(one.amount_pence for one in rows)) if rows else None, counted=f"sum of {query}"),
    )


def projects(page: Page, organisation: Organisation) -> None:
    """The projects in which it takes part, as stated."""
    page.section("projects", "Projects", "Prosiectau")
    found = ProjectPartner.objects.filter(organisation=organisation, inferred=False, project__is_demo=False)
    rows = list(found.select_related("project").order_by("project__title_key_en", "pk"))
    page.paragraph(
        "count",
        "Projects in which it takes part: {count}.",
        "Prosiectau y mae’n cymryd rhan ynddynt: {count}.",
        count=or_none(
            words.counted(len(rows), "project") if rows else None, *[one.project for one in rows],
            counted=f"projects.projectpartner of organisation {organisation.pk}",
        ),
    )  # fmt: skip
    page.table(
        "table",
        ("Its projects", "Ei brosiectau"),
        [("Project", "Prosiect"), ("Part", "Rhan"), ("Phase", "Cyfnod")],
        (
            (
                str(one.pk),
                [
                    bound(one.project.title, one.project),
                    bound(in_both(lambda one=one: PartnerRole(one.role).label), one.project),  # type: ignore[misc]  # bound now
                    or_none(phase_of(one.project.phase), one.project),
                ],
            )
            for one in rows
        ),
    )


def training(page: Page, organisation: Organisation, year: str) -> None:
    """What the register counts for it; a figure so small that it could point at a person is not said."""
    page.section("training", "Training", "Hyfforddiant")
    known = Year.read(year)
    count = count_of_council(known, organisation.pk) if known else None
    said = count if count and count.opportunities and not count.is_small else None
    query = f"training.counting.count_of_council {year} {organisation.pk}"
    page.paragraph(
        "count",
        "In {year}: officers trained: {officers}; learning opportunities: {opportunities}.",
        "Yn {year}: swyddogion a hyfforddwyd: {officers}; cyfleoedd dysgu: {opportunities}.",
        year=bound(year, counted="year of the plan"),
        officers=or_none(in_both(lambda: said.officers_said) if said else None, counted=query),
        opportunities=or_none(words.number(said.opportunities) if said else None, counted=query),
    )


def roles(page: Page, organisation: Organisation) -> None:
    """Who holds a seat of the programme's boards from it; no seat that is only inferred."""
    held = Seat.objects.filter(current_on(), board__is_demo=False, inferred=False).of_organisation(organisation)
    rows = list(held.with_people().select_related("board").order_by("board", "position", "pk"))
    if not rows:
        return
    page.section("roles", "People in roles", "Pobl mewn rolau")
    page.table(
        "table",
        ("On the programme’s boards", "Ar fyrddau’r rhaglen"),
        [("Name", "Enw"), ("Role", "Rôl"), ("Board", "Bwrdd")],
        (
            (str(one.pk), [bound(one.person.named(), one), bound(one.role, one), bound(one.board.name, one.board)])
            for one in rows
        ),
    )
