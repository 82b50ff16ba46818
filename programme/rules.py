"""Who may: what spans the areas."""

from typing import Any

from accounts.roles import Role, roles_of


def texts_translate(user: Any, thing: Any = None) -> bool:
    """Translators see the worklist, write translations, and they alone mark a text as reviewed."""
    return roles_of(user).has(Role.TRANSLATOR)


def portal_operate(user: Any) -> bool:
    """Administrators see how the portal runs, and let failed work be tried again."""
    return roles_of(user).has(Role.ADMINISTRATOR)
