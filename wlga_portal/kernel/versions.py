"""No lost update: a version for each thing that is edited by itself, and a draft for each person and thing.

A form of a `VersionedModel` sends the version that it was filled from. `save_version` merges what two people changed in
different fields; where both changed the same field it raises `Clash`, and `clash_page` shows both texts. What the row
said at the form's version comes from the history.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from .audit import audited
from .history import event_model
from .screens import page

CHOICE = "clash_"  # what a person chose for a field: mine, theirs or new
MINE = "mine_"  # the text that they had typed


class VersionedModel(models.Model):
    """A model whose row says how often it was saved. It must be `tracked`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class FieldClash:
    """One field that two people changed."""

    name: str
    label: str
    mine: Any
    theirs: Any
    field: forms.BoundField
    lang: str = ""


class Clash(Exception):
    """The same fields changed meanwhile. `fields` holds both texts; `current` is the row as it is."""

    def __init__(self, fields: list[FieldClash], current: VersionedModel) -> None:
        super().__init__([field.name for field in fields])
        self.fields, self.current = fields, current


def sent_version(form: forms.BaseForm) -> int:
    """The version that the form was filled from; 0 where the browser sent none or nonsense."""
    value = str(form.data.get(form.add_prefix("version"), "")).strip()
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def save_version(form: forms.ModelForm[Any], *, by: Any, why: str = "") -> Any:
    """Save a valid form of a versioned thing and give its row, with the new version. Raises Clash."""
    with audited(by=by, why=why):
        row = type(form.instance)._base_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
        names = [name for name in form.cleaned_data if has_column(row, name)]
        base = sent_version(form)
        before = row if base == row.version else value_at(row, base)
        clashes = []
        for name in names:
            mine, theirs = form.cleaned_data[name], getattr(row, name)
            was = getattr(before, name) if before is not None else None
            if mine == theirs or (before is not None and mine == was):
                continue
            if before is not None and theirs == was:
                setattr(row, name, mine)
                continue
            language = name.rsplit("_", 1)[-1]
            clashes.append(
                FieldClash(
                    name,
                    str(form.fields[name].label or name),
                    mine,
                    theirs,
                    form[name],
                    language if language in {"en", "cy"} else "",
                )
            )
        if clashes:
            raise Clash(clashes, row)
        row.version += 1
        row.save()
    form.instance = row
    return row


def has_column(row: models.Model, name: str) -> bool:
    return any(field.name == name for field in row._meta.concrete_fields)


def value_at(row: VersionedModel, version: int) -> Any:
    """The event that holds the row as it was saved with this version, or None."""
    events = event_model(type(row))._base_manager.filter(pgh_obj_id=row.pk, version=version)
    return events.order_by("pgh_id").first()


def resolved(data: QueryDict, row: VersionedModel) -> QueryDict:
    """The posted data after a clash page: each chosen text in its field, and the version that the person has seen."""
    chosen = data.copy()
    for key in data:
        name = key.removeprefix(CHOICE)
        if key == name or not has_column(row, name):
            continue
        if data[key] == "mine":
            chosen[name] = data.get(MINE + name, "")
        elif data[key] == "theirs":
            theirs = getattr(row, name)
            chosen[name] = "" if theirs is None else str(theirs)
    return chosen


def clash_page(request: HttpRequest, clash: Clash, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """Both texts of each field that clashes, side by side; what else was typed goes along unseen. Status 409."""
    names = {field.name for field in clash.fields}
    skip = {*names, "version", "csrfmiddlewaretoken"}
    kept = [
        (key, value)
        for key in request.POST
        if key not in skip and not key.startswith((CHOICE, MINE))
        for value in request.POST.getlist(key)
    ]
    return page(
        request,
        "components/clash.html",
        {"clash": clash, "form": form, "kept": kept, "version": clash.current.version, **context},
        status=409,
    )


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
