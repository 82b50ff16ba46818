"""What spans the areas and waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from wlga_portal.kernel.panels import Need, needs
from wlga_portal.kernel.unchanged import snapshot, while_unchanged

from . import rules
from .translating.texts import Sum, Worklist

BEHIND = ("missing", "stale")


@needs
def texts_to_translate(user: Any) -> Iterator[Need]:
    """How many texts have no translation, or an old one, for translators."""
    if rules.texts_translate(user):
        sums: list[Sum] = while_unchanged(("translating", user.pk), lambda: Worklist(user).sums(), snapshot())
        count = sum(one.texts for one in sums if one.state in BEHIND)
        text = ngettext("%(count)s text waits for its translation", "%(count)s texts wait for their translation", count)
        if sums:
            yield Need(text % {"count": f"{count:,}"}, reverse("programme:translating_list"))
