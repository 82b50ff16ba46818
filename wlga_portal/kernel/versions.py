"""No lost update: a version for each thing that is edited by itself, and a draft for each person and thing.

A form of a `VersionedModel` sends the version that it was filled from. `save_version` merges what two people changed in
different fields; where both changed the same field it raises `Clash`, and `clash_page` shows both texts. What the row
said at the form's version comes from the history. The version is counted by the database, so that a bulk update, a move
of the workflow or raw SQL counts too.
"""

from dataclasses import dataclass
from typing import Any, cast

import pgtrigger
from django import forms
from django.db import models
from django.db.models.signals import class_prepared
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from .audit import audited
from .history import event_model
from .screens import page

# What a clash page sends for each field that clashed; the field's name follows.
CHOICE = "clash_"  # what the person chose: mine, theirs or new
MINE = "mine_"  # what they had typed, under the names of its inputs
SEEN = "seen_"  # the version whose text they saw beside their own
PARTS = ("day", "month", "year", "time")  # the inputs of a date


class VersionedModel(models.Model):
    """A model whose row says how often it was changed. It must be `tracked`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def install_version_trigger(sender: type[models.Model], **_kwargs: Any) -> None:
    """Give each concrete versioned model the trigger that counts its changes."""
    if not issubclass(sender, VersionedModel) or sender._meta.abstract or sender._meta.proxy:
        return
    kept = [field.name for field in sender._meta.local_fields if not isinstance(field, models.GeneratedField)]
    pgtrigger.register(
        pgtrigger.Trigger(
            name="version",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*kept),
            func="NEW.version := OLD.version + 1; RETURN NEW;",
        )
    )(sender)


class_prepared.connect(install_version_trigger)


@dataclass(frozen=True, slots=True)
class FieldClash:
    """One field that two people changed: both values as a reader sees them.

    `sent` is what the person's form sent for it, by the names of its inputs without `start`, the form's prefix.
    """

    name: str
    label: str
    mine: Any
    theirs: Any
    field: forms.BoundField
    lang: str
    start: str
    sent: tuple[tuple[str, str], ...]


class Clash(Exception):
    """The same fields changed meanwhile. `fields` holds both texts; `current` is the row as it is."""

    def __init__(self, fields: list[FieldClash], current: VersionedModel) -> None:
        super().__init__([field.name for field in fields])
        self.fields, self.current = fields, current


def sent_version(form: forms.BaseForm, name: str = "version") -> int:
    """The version that the form was filled from; 0 where the browser sent none or nonsense."""
    value = str(form.data.get(form.add_prefix(name), "")).strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def save_version(form: forms.ModelForm[Any], *, by: Any, why: str = "") -> Any:
    """Save the columns of a valid form of a versioned thing and give its row. Raises Clash.

    Raises ValidationError, with nothing saved, where two changes that were each valid break a constraint together.
    """
    with audited(by=by, why=why):
        row = type(form.instance)._base_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
        clashes, changed = [], False
        known = {row.version: row}
        for name, mine in form.cleaned_data.items():
            column = column_of(row, name)
            theirs = getattr(row, name) if column else mine
            if mine == theirs:
                continue
            base = sent_version(form, SEEN + name) or sent_version(form)
            if base not in known:
                known[base] = value_at(row, base)
            before = known[base]
            if before is not None and mine == getattr(before, name):
                continue  # only the other person changed it
            if before is not None and theirs == getattr(before, name):
                setattr(row, name, mine)
                changed = True
            else:
                clashes.append(field_clash(form, name, column, theirs))
        if clashes:
            raise Clash(clashes, row)
        if changed:
            row.validate_constraints()
            row.save()
            row.refresh_from_db(fields=["version"])
    form.instance = row
    return row


def column_of(row: models.Model, name: str) -> Any:
    """The column of this name, or None."""
    return next((field for field in row._meta.concrete_fields if field.name == name), None)


def value_at(row: VersionedModel, version: int) -> Any:
    """The event that holds the row as it was with this version, or None."""
    events = event_model(type(row))._base_manager.filter(pgh_obj_id=row.pk, version=version)
    return events.order_by("pgh_id").first()


# --- The clash page -------------------------------------------------------------------------------
def field_clash(form: forms.ModelForm[Any], name: str, column: Any, theirs: Any) -> FieldClash:
    language, start = name.rsplit("_", 1)[-1], form.add_prefix("")
    return FieldClash(
        name,
        str(form.fields[name].label or name),
        shown(column, form.cleaned_data[name]),
        shown(column, theirs),
        form[name],
        language if language in {"en", "cy"} else "",
        start,
        tuple((one, form.data[start + one]) for one in inputs_of(column) if start + one in form.data),
    )


def inputs_of(column: Any) -> list[str]:
    """The names under which a column is sent: its own, and those of the parts of a date."""
    parts = PARTS if isinstance(column, models.DateField) else ()
    return [column.name, *(f"{column.name}_{part}" for part in parts)]


def shown(column: Any, value: Any) -> str:
    """A value as a reader sees it: the label of a choice, pounds, a day in words."""
    from .wording import day, moment, pounds

    if value is None or value == "":
        return ""
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.name.endswith("_pence"):
        return str(pounds(value))
    if isinstance(column, models.DateTimeField):
        return str(moment(value))
    if isinstance(column, models.DateField):
        return str(day(value))
    return str(value)


def as_sent(column: Any, value: Any) -> str | None:
    """A value as a form sends it; None where a form sends nothing (an unticked box)."""
    from .forms import portal_formfield

    if isinstance(value, bool):
        return "on" if value else None
    if value is None:
        return ""
    if isinstance(column, models.DateField):
        return str(value.isoformat())
    field = portal_formfield(column)
    return str(field.prepare_value(value) if field else value)


def resolved(data: QueryDict, row: VersionedModel, prefix: str = "") -> QueryDict:
    """The posted data after a clash page: the chosen value in each field. `prefix` is the form's, if it has one."""
    chosen, start = data.copy(), f"{prefix}-" if prefix else ""
    for column in row._meta.concrete_fields:
        choice = data.get(f"{start}{CHOICE}{column.name}")
        if choice not in {"mine", "theirs"}:
            continue
        for one in inputs_of(column):
            chosen.pop(start + one, None)
            if choice == "mine" and f"{start}{MINE}{one}" in data:
                chosen[start + one] = str(data[f"{start}{MINE}{one}"])
        if choice == "theirs" and (value := as_sent(column, getattr(row, column.name))) is not None:
            chosen[start + column.name] = value
    return chosen


def clash_page(request: HttpRequest, clash: Clash, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """Both texts of each field that clashes, side by side; what else was typed goes along unseen. Status 409.

    What goes along keeps the version that the form was filled from; a field that clashes is answered against the
    version whose text the person sees here, so that nothing that was merged is undone.
    """
    start = form.add_prefix("")
    asked = {start + one for field in clash.fields for one in (field.name, SEEN + field.name, *dict(field.sent))}
    kept = [
        (key, value)
        for key, values in cast(QueryDict, form.data).lists()
        if key not in asked and key != "csrfmiddlewaretoken" and not key.startswith((start + CHOICE, start + MINE))
        for value in values
    ]
    return page(
        request,
        "components/clash.html",
        {"clash": clash, "form": form, "kept": kept, "version": clash.current.version, **context},
        status=409,
    )


# --- Drafts ---------------------------------------------------------------------------------------
def save_draft(user: Any, key: str, data: dict[str, Any]) -> Any:
    """Keep what a person has typed into the form `key` (`fund.answer:12`), saved or not. Gives the time of saving."""
    from .models import Draft

    now = timezone.now()
    Draft.objects.update_or_create(user=user, key=key, defaults={"data": data, "saved_at": now})
    return now


def load_draft(user: Any, key: str) -> Any:
    """The draft of this person, or None."""
    from .models import Draft

    return Draft.objects.filter(user=user, key=key).first()


def drop_draft(user: Any, key: str) -> None:
    """Forget the draft: it was saved, or thrown away."""
    from .models import Draft

    Draft.objects.filter(user=user, key=key).delete()
