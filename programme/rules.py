"""Who may: what spans the areas."""

from typing import Any

from accounts.roles import Role, roles_of
from board.rules import paper_clear, paper_write, secretary
from board.states import PaperStatus
from projects import rules as projects


def texts_translate(user: Any, thing: Any = None) -> bool:
    """Translators see the worklist, write translations, and they alone mark a text as reviewed."""
    return roles_of(user).has(Role.TRANSLATOR)


def portal_operate(user: Any) -> bool:
    """Administrators see how the portal runs, and let failed work be tried again."""
    return roles_of(user).has(Role.ADMINISTRATOR)


def update_compose(user: Any, thing: Any = None) -> bool:
    """The secretariat begins a composed paper."""
    return secretary(user)


def team_write(user: Any, statement: Any = None) -> bool:
    """The team and its head, who keep the delivery plans, and the secretariat say what is known of the team."""
    return projects.team(user) or secretary(user)


def composition_follow(user: Any, composition: Any) -> bool:
    """Whoever writes the paper brings its figures up to date until it is cleared; in review, a clearer too."""
    paper = composition.paper
    in_review = paper.status == PaperStatus.REVIEW
    return composition.follows and (paper_write(user, paper) or (in_review and paper_clear(user, paper)))
