"""Who may: what spans the areas."""

from typing import Any

from accounts.roles import Role, roles_of
from board.rules import paper_clear, paper_write, secretary


def texts_translate(user: Any, thing: Any = None) -> bool:
    """Translators see the worklist, write translations, and they alone mark a text as reviewed."""
    return roles_of(user).has(Role.TRANSLATOR)


def portal_operate(user: Any) -> bool:
    """Administrators see how the portal runs, and let failed work be tried again."""
    return roles_of(user).has(Role.ADMINISTRATOR)


def update_compose(user: Any, thing: Any = None) -> bool:
    """The secretariat begins a composed paper."""
    return secretary(user)


def composition_follow(user: Any, composition: Any) -> bool:
    """Whoever writes the paper, and whoever clears it, brings its figures up to date, until it is cleared."""
    paper = composition.paper
    return composition.follows and (paper_write(user, paper) or paper_clear(user, paper))
