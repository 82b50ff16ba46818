"""An organisation ends on a day: what its successor takes, and what stays the past's.

Every app says in its `succession.py`, of each of its fields that points at an organisation, what becomes of it. A test
asks that none is forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, InternalError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.audit import audited

from .models import Organisation

WHY = "the organisation ended and its successor takes its people and its open work"
Open = Callable[[Organisation], models.QuerySet[Any]]
Carry = Callable[[Any, Organisation], None]


class Stays(Exception):
    """This row cannot go to the successor: it has a part of its own there already, or may not hold it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field that points at organisations.

    `open_rows` gives the rows that the successor takes (None: all of them are the past's and stay). `carry` takes one
    row over; without it, the field is set. Raises Stays. `alone`: done to an organisation without a successor too.
    """

    field: str  # "fund.Bid.lead"
    label: Promise | str
    open_rows: Open | None = None
    carry: Carry | None = None
    alone: Carry | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one field: how many rows went to the successor, and which stayed though they are open."""

    label: Promise | str
    moved: int
    left: tuple[str, ...]


_parts: dict[str, Part] = {}


def register(*parts: Part) -> None:
    """Said once for each field, in an app's `succession.py`."""
    for part in parts:
        _parts[part.field] = part


def remove(row: Any, _organisation: Organisation) -> None:
    row.delete()


def parts() -> list[Part]:
    """In the order in which the apps stand on each other, the lowest first."""
    order = [config.label for config in apps.get_app_configs()]
    return sorted(_parts.values(), key=lambda part: -order.index(part.field.partition(".")[0]))


register(
    Part(
        "organisations.MailDomain.organisation", _("Mail domains"), lambda ended: ended.mail_domains.all(), alone=remove
    )
)


def pointing() -> set[str]:
    """Every field of the portal that points at an organisation, the history's copies aside."""
    return {
        f"{one.related_model._meta.app_label}.{one.related_model.__name__}.{one.field.name}"
        for one in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(one, models.ForeignObjectRel)
        and not hasattr(one.related_model, "pgh_tracked_model")
        and one.related_model is not Organisation
    }


def carry_over(organisation: Organisation) -> list[Outcome]:
    """Give the successor what is open; all of it or nothing. Said again, it finds nothing more to do."""
    return [outcome for part in parts() if (outcome := carried(part, organisation)) is not None]


def carried(part: Part, organisation: Organisation) -> Outcome | None:
    if part.open_rows is None:
        return None
    moved, left = 0, []
    for row in list(part.open_rows(organisation)):
        try:
            with transaction.atomic():
                take(part, row, organisation)
            moved += 1
        except (Stays, IntegrityError, InternalError):  # a rule of the database, or one of its triggers
            left.append(str(row))
    return Outcome(part.label, moved, tuple(left)) if moved or left else None


def take(part: Part, row: Any, organisation: Organisation) -> None:
    """One row goes to the successor, or ends with an organisation that has none."""
    if organisation.successor is None:
        if part.alone is None:
            raise Stays
        part.alone(row, organisation)
    elif part.carry is not None:
        part.carry(row, organisation)
    else:
        name = part.field.rpartition(".")[2]
        type(row)._default_manager.filter(pk=row.pk).update(**{name: organisation.successor})


def preview(organisation: Organisation) -> list[Outcome]:
    """What would happen: it is done, and taken back."""
    with transaction.atomic():
        with audited(by=None, why=WHY):
            found = carry_over(organisation)
            found = [Outcome(str(one.label), one.moved, one.left) for one in found]
        transaction.set_rollback(True)
    return found


def settle_ended() -> list[Organisation]:
    """Carry over what belongs to organisations whose last day is past, once; gives them."""
    ended = Organisation.objects.filter(ends_on__lt=timezone.localdate(), settled_at=None)
    done = []
    for number in ended.values_list("pk", flat=True):
        with audited(by=None, why=WHY):
            organisation = Organisation.objects.select_for_update().get(pk=number)
            if organisation.settled_at is not None:
                continue
            carry_over(organisation)
            organisation.settled_at = timezone.now()
            give_tile(organisation)
            done.append(organisation)
    return done


def give_tile(organisation: Organisation) -> None:
    """Its tile of the map is its successor's, where that has none; nobody's otherwise."""
    column, row = organisation.tile_column, organisation.tile_row
    organisation.tile_column = organisation.tile_row = None
    organisation.save()
    if organisation.successor_id is not None and column is not None:
        Organisation.objects.filter(pk=organisation.successor_id, tile_column=None).update(
            tile_column=column, tile_row=row, tile_en=organisation.tile_en, tile_cy=organisation.tile_cy
        )


def end_and_begin(row: Any, organisation: Organisation) -> Any:
    """A row with `starts` and `ends` ends with its organisation, and goes on in the successor from the day after.

    Gives the row that goes on; None where there is no successor, or where it has such a row on some of these days.
    """
    following = copied(row, organisation)
    end_at(row, organisation)
    if following is None:
        return None
    try:
        with transaction.atomic():
            following.save()
    except IntegrityError:
        return None
    return following


def copied(row: Any, organisation: Organisation, **changes: Any) -> Any:
    """The row as it goes on in the successor, not yet saved; None without a successor."""
    if organisation.successor is None:
        return None
    first = next_day(organisation)
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    values |= {"starts": max(row.starts, first) if row.starts else first}
    return type(row)(**values | (changes or {"organisation_id": organisation.successor_id}))


def last_day(organisation: Organisation) -> date:
    """Of an organisation that ends. ValueError for another."""
    if organisation.ends_on is None:
        raise ValueError(f"{organisation} does not end")
    return organisation.ends_on


def next_day(organisation: Organisation) -> date:
    return last_day(organisation) + timedelta(days=1)


def not_ended(organisation: Organisation) -> models.Q:
    """Of rows with `ends`: those that go on after the organisation's last day."""
    return models.Q(ends=None) | models.Q(ends__gt=last_day(organisation))


def end_at(row: Any, organisation: Organisation) -> None:
    """It ends on the organisation's last day; what would have begun later is no more."""
    if row.starts is not None and row.starts > last_day(organisation):
        row.delete()
    else:
        row.ends = last_day(organisation)
        row.save()
