"""The fund: its money, its topics, and the bids or awards with their councils. Nothing that is not public."""

from collections.abc import Sequence

from fund.models import Award, Bid, Fund, Round, StatedProcess
from organisations.models import Organisation
from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import NONE, Cell, Page, Value, bound, or_none
from wlga_portal.kernel.bilingual import Text


def fund(page: Page, about: Period) -> None:
    """The published rounds of the year."""
    if not about.rounds:
        page.section("fund", "The fund", "Y gronfa")
        page.paragraph(
            "none", "Rounds of the fund in {year}: {none}.", "Rowndiau’r gronfa yn {year}: {none}.",
            year=bound(about.year, counted="year of the period"), none=bound(NONE, counted="fund.round"),
        )  # fmt: skip
        return
    for number, found in enumerate(about.rounds):
        of_round(page, found, f"fund-{found.pk}", whole_fund=not number)


def of_round(page: Page, found: Round, key: str = "fund", *, whole_fund: bool = True) -> None:
    """One round; `whole_fund`: with what the fund itself is."""
    page.section(key, "{name}", "{name}", name=bound(found.name, found))
    on = found.source_date
    page.paragraph(
        "money",
        "Budget for {year}: {budget}. How it is run: {run_as:.}",
        "Cyllideb ar gyfer {year}: {budget}. Sut y’i rhedir: {run_as:.}",
        year=bound(found.year, found),
        budget=or_none(words.money(found.budget_pence) if found.budget_pence is not None else None, found, day=on),
        run_as=or_none(found.run_as or None, found, day=on),
    )
    if whole_fund:
        whole(page, found.fund)
    topics = list(found.topics.all())
    page.paragraph(
        "topics",
        "When councils applied: {applications}. Topics: {count}, {topics}.",
        "Pryd y gwnaeth cynghorau gais: {applications}. Pynciau: {count}, {topics}.",
        applications=or_none(found.applications or None, found, day=on),
        count=bound(words.counted(len(topics), "topic"), found, *topics, day=on),
        topics=or_none(words.listed(topic.name for topic in topics) if topics else None, found, *topics, day=on),
    )
    bids(page, found)
    awards(page, found)


def whole(page: Page, found: Fund) -> None:
    """What the fund itself is, as far as it is published."""
    if found.created_year:
        page.paragraph(
            "history",
            "The fund was created in {year}. Managed before by: {manager}. {pain:.}",
            "Crëwyd y gronfa yn {year}. Rheolwyd cyn hyn gan: {manager}. {pain:.}",
            year=bound(str(found.created_year), found),
            manager=or_none(found.previous_manager or None, found),
            pain=or_none(found.known_pain or None, found),
        )
    if found.support:
        page.paragraph("support", "{support:.}", "{support:.}", support=bound(found.support, found))


def councils_of(bid: Bid) -> list[Organisation]:
    """The councils of a bid, its lead first; what is inferred or only possible is left out."""
    stated = [one.organisation for one in bid.partners.all() if not one.inferred and not one.possible]
    lead = [bid.lead] if bid.lead else []
    return lead + [one for one in stated if one.is_council and one.pk != bid.lead_id]


def bids(page: Page, found: Round) -> None:
    """The bids of a round of the past, as published: topic, councils, sums, problems and proposals."""
    published = Bid.objects.filter(round=found, is_historic=True, round__published_at__isnull=False)
    rows: Sequence[Bid] = list(
        published.select_related("topic", "lead").prefetch_related(Bid.objects.partners()).order_by("order", "pk")
    )
    if not rows:
        return
    on = found.source_date
    page.paragraph(
        "count", "Bids that progressed: {count}.", "Ceisiadau a symudodd ymlaen: {count}.",
        count=bound(words.counted(len(rows), "bid"), found, *rows, day=on),
    )  # fmt: skip

    def cells(number: int, bid: Bid) -> list[Cell]:
        councils = councils_of(bid)
        return [
            bound(Text(f"Bid {number}", f"Cais {number}"), bid, day=on),
            or_none(Text(bid.title, bid.title) if bid.title else None, bid, day=on),
            or_none(None if bid.topic_inferred else bid.topic.name, bid, bid.topic, day=on),
            or_none(words.listed(one.name for one in councils) if councils else None, bid, *councils, day=on),
            or_none(bid.lead.name if bid.lead else None, bid, day=on),
            or_none(words.money(bid.amount_pence) if bid.amount_pence is not None else None, bid, day=on),
        ]

    page.table(
        "bids",
        ("The bids that progressed", "Y ceisiadau a symudodd ymlaen"),
        [
            ("Bid", "Cais"), ("Title", "Teitl"), ("Topic", "Pwnc"), ("Councils", "Cynghorau"),
            ("Lead council", "Cyngor arweiniol"), ("Amount", "Swm"),
        ],
        ((str(bid.pk), cells(number, bid)) for number, bid in enumerate(rows, 1)),
    )  # fmt: skip
    for number, bid in enumerate(rows, 1):
        told(page, number, bid)


def told(page: Page, number: int, bid: Bid) -> None:
    """What one bid says of its problem and what it proposes, and who else is in it."""
    partners = list(bid.partners.all())
    bodies = [
        one.organisation
        for one in partners
        if not one.inferred and not one.possible and not one.organisation.is_council
    ]
    possible = [one.organisation for one in partners if one.possible]
    en, cy = (
        "{bid}. The problem: {problem:.} The proposal: {proposal:.}",
        "{bid}. Y broblem: {problem:.} Y cynnig: {proposal:.}",
    )
    values = {
        "bid": bound(Text(f"Bid {number}", f"Cais {number}"), bid),
        "problem": or_none(bid.problem or None, bid),
        "proposal": or_none(bid.proposal or None, bid),
    }
    if bodies:
        en, cy = f"{en} Other partners: {{bodies}}.", f"{cy} Partneriaid eraill: {{bodies}}."
        values["bodies"] = bound(words.listed(one.name for one in bodies), bid, *bodies)
    if possible:
        en, cy = f"{en} Possible partners: {{possible}}.", f"{cy} Partneriaid posibl: {{possible}}."
        values["possible"] = bound(words.listed(one.name for one in possible), bid, *possible)
    page.paragraph(f"bid-{bid.pk}", en, cy, **values)


def awards(page: Page, found: Round) -> None:
    """The awards that the lead councils accepted, with their councils and money."""
    accepted = Award.objects.accepted().filter(bid__round=found).select_related("bid__topic", "bid__lead")
    rows: Sequence[Award] = list(accepted.prefetch_related("shares__organisation").order_by("bid__reference", "pk"))
    if not rows:
        if not found.is_historic:
            page.paragraph(
                "awards", "Awards accepted: {count}.", "Dyfarniadau a dderbyniwyd: {count}.",
                count=bound(words.counted(0, "award"), found, counted=f"fund.award of round {found.pk}"),
            )  # fmt: skip
        return
    total = sum(one.amount_pence for one in rows)
    page.paragraph(
        "awards",
        "Awards accepted: {count}, {total} in all.",
        "Dyfarniadau a dderbyniwyd: {count}, cyfanswm o {total}.",
        count=bound(words.counted(len(rows), "award"), found, *rows, counted=f"fund.award of round {found.pk}"),
        total=bound(words.money(total), *rows, counted=f"sum of fund.award of round {found.pk}"),
    )

    def cells(one: Award) -> list[Cell]:
        councils = [share.organisation for share in one.shares.all()]
        title = Text(one.bid.heading, one.bid.heading)
        return [
            bound(title, one.bid, day=one.awarded_on),
            bound(one.bid.topic.name, one.bid.topic, one.bid, day=one.awarded_on),
            or_none(
                words.listed(body.name for body in councils) if councils else None, one, *councils, day=one.awarded_on
            ),
            bound(words.money(one.amount_pence), one, day=one.awarded_on),
        ]

    page.table(
        "award-table",
        ("Awards and their councils", "Dyfarniadau a’u cynghorau"),
        [("Bid", "Cais"), ("Topic", "Pwnc"), ("Councils", "Cynghorau"), ("Amount", "Swm")],
        ((str(one.pk), cells(one)) for one in rows),
    )


def process(page: Page, found: Round) -> None:
    """How a round of the past ran, by its own source."""
    stated = getattr(found, "stated_process", None)
    if stated is None:
        return
    page.section("process", "How the round ran", "Sut y rhedodd y rownd")
    page.paragraph(
        "source",
        "Statements received: {received}; expected: {expected}. Shortlisted: {shortlisted}. To the panel: {panel}. {merged:.}",  # noqa: E501
        "Datganiadau a ddaeth i law: {received}; disgwyliwyd: {expected}. Rhestr fer: {shortlisted}. I’r panel: {panel}. {merged:.}",  # noqa: E501
        received=count_or_none(stated.statements_received, stated),
        expected=or_none(stated.statements_expected_words or None, stated),
        shortlisted=count_or_none(stated.shortlisted, stated),
        panel=count_or_none(stated.to_panel, stated),
        merged=or_none(stated.merged or None, stated),
    )
    page.paragraph(
        "sift",
        "Interest was open for {weeks}. The sift: {sift:.} Source: {source}.",
        "Bu’r cyfnod diddordeb ar agor am {weeks}. Y sifft: {sift:.} Ffynhonnell: {source}.",
        weeks=or_none(
            words.counted(stated.interest_window_weeks, "week") if stated.interest_window_weeks else None, stated
        ),
        sift=or_none(stated.sift or None, stated),
        source=bound(stated.source, stated),
    )


def count_or_none(number: int | None, stated: StatedProcess) -> Value:
    return or_none(words.number(number) if number is not None else None, stated)
