"""The documents that the portal composes: each is a list of blocks with bound values. Nothing is written here."""

from programme.composing.period import Period
from programme.composing.sections import annual, board, fund, plan, team, training
from programme.composing.writing import Composed, Page


def update(about: Period) -> list[Composed]:
    """The update about a board and the programme for a period."""
    page = Page(about.ends)
    board.purpose(page, about)
    board.board(page, about)
    team.people(page, about)
    annual.annual(page, about)
    plan.plan(page, about)
    fund.fund(page, about)
    training.training(page, about)
    plan.partners(page, about)
    recommendation(page)
    return page.blocks


def recommendation(page: Page) -> None:
    page.section("recommendations", "Recommendation", "Argymhelliad")
    page.recommendation("note", "Members are asked to note the paper.", "Gofynnir i’r aelodau nodi’r papur.")
