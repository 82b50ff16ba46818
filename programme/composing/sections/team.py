"""The digital team and its posts, as the last statement about them has it."""

from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import NONE, Page, bound, or_none
from programme.models import TeamStatement


def people(page: Page, about: Period) -> None:
    """The team and its posts, as the last statement has them."""
    known = about.team
    page.section("people", "People and posts", "Pobl a swyddi")
    if known is None:
        page.paragraph(
            "none",
            "What is known of the team on {day}: {none}.",
            "Yr hyn sy’n hysbys am y tîm ar {day}: {none}.",
            day=bound(words.day(about.ends), counted="period"),
            none=bound(NONE, counted="programme.teamstatement"),
        )
        return
    on = known.dated
    note = {"note": bound(known.team_note, known, day=on)} if known.team_note else {}
    page.paragraph(
        "team",
        "People in the team: {size} ({note})." if note else "People in the team: {size}.",
        "Pobl yn y tîm: {size} ({note})." if note else "Pobl yn y tîm: {size}.",
        size=or_none(words.number(known.team_size) if known.team_size is not None else None, known, day=on),
        **note,
    )
    if known.post:
        post(page, known)
    if known.note:
        page.paragraph("changes", "{note:.}", "{note:.}", note=bound(known.note, known, day=on))
    if known.open_work:
        page.paragraph("open", "{open:.}", "{open:.}", open=bound(known.open_work, known, day=on))


def post(page: Page, team: TeamStatement) -> None:
    """The post that the statement is about: how it began, and what it is now."""
    on, within = team.dated, team.sits_within
    form = {"set_up": bound(team.set_up_as, team, day=on)} if team.set_up_as else {}
    page.paragraph(
        "post",
        "Post: {post}. Recruited: {recruited}"
        + (", as a {set_up}" if form else "")
        + ". The post sits within: {within}.",
        "Swydd: {post}. Recriwtiwyd: {recruited}"
        + (", ar ffurf {set_up}" if form else "")
        + ". Mae’r swydd yn rhan o: {within}.",
        post=bound(team.post, team, day=on),
        recruited=or_none(words.month(team.recruited_month) if team.recruited_month else None, team, day=on),
        **form,
        within=or_none(within.short_name if within else None, team, *([within] if within else []), day=on),
    )
    page.paragraph(
        "permanent",
        "Permanent from: {permanent}. Confirmed by: {confirmed}. Paid for before by: {before}; now by: {after}.",
        "Yn barhaol o: {permanent}. Cadarnhawyd gan: {confirmed}. Telid amdani gynt drwy: {before}; bellach drwy: {after}.",  # noqa: E501
        permanent=or_none(words.day(team.permanent_from) if team.permanent_from else None, team, day=on),
        confirmed=bound(team.confirmed_by, team, day=on),
        before=bound(team.funding_before, team, day=on),
        after=bound(team.funding_after, team, day=on),
    )
