"""Every write of sets of columns."""

from typing import Any

from django.forms import ModelForm
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..columns import COLUMNS
from ..models import ColumnSet


def demand_team(by: Any) -> None:
    if not rules.columnset_edit(by):
        raise NotAllowed(_("You may not change sets of columns."))


def columnset_save(form: ModelForm[Any], *, by: Any) -> ColumnSet:
    """Save a set, new or not; columns that stay keep their order, new ones come last. Raises Clash, NotAllowed."""
    demand_team(by)
    chosen = form.cleaned_data["chosen"]
    with audited(by=by, why="columns chosen"):
        if form.instance.pk is None:
            made: ColumnSet = form.save(commit=False)
            made.columns = chosen
            made.set_slugs(made.title.en, made.title.cy)
            made.save(force_insert=True)
            return made
        kept: ColumnSet = save_version(form, by=by, why="columns chosen")
        ordered = [key for key in kept.columns if key in chosen]
        kept.columns = [*ordered, *(key for key in chosen if key not in ordered)]
        kept.save(update_fields=["columns"])
        return kept


def column_move(given: ColumnSet, key: str, *, up: bool, by: Any) -> ColumnSet:
    """Put a column one place earlier or later. Raises NotAllowed; Refused at an end, or where it is not in the set."""
    demand_team(by)
    with audited(by=by, why="columns ordered"):
        row = ColumnSet.objects.select_for_update().get(pk=given.pk)
        keys = [one for one in row.columns if one in COLUMNS]
        place = keys.index(key) if key in keys else -1
        other = place - 1 if up else place + 1
        if place < 0 or not 0 <= other < len(keys):
            raise Refused(_("The column cannot be moved there."))
        keys[place], keys[other] = keys[other], keys[place]
        row.columns = keys
        row.save(update_fields=["columns"])
    return row


def columnset_remove(given: ColumnSet, *, by: Any) -> None:
    """Take a set away. Raises NotAllowed; Refused for one that came with the portal."""
    demand_team(by)
    if given.is_supplied:
        raise Refused(_("This set came with the portal and stays."))
    with audited(by=by, why="columns removed"):
        given.delete()
