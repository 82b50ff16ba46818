"""A form of a round's set-up: what is typed is kept, and what two people change at once is put together or shown.

Each field is sent back with a mark of what it said when the page was drawn (`version`). A field that only the other
person changed keeps their text; one that both changed is shown with both, and saved when the person saves again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.models import Round
from projects.drafts import initial_of, keep, posted
from projects.views.updates import wants_draft
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page
from wlga_portal.kernel.versions import drop_draft, load_draft
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused


@dataclass(frozen=True, slots=True)
class SetupForm:
    """`make(data, initial)` gives the form, of the row as it stands; `save(form)` saves it and gives the next address.
    `key` names where what is typed is kept; `round` is locked while it is saved (None: it is being made)."""

    key: str
    make: Callable[[Any, dict[str, Any]], Any]
    save: Callable[[Any], str]
    said: str
    context: dict[str, Any] = field(default_factory=dict)
    round: Round | None = None
    template: str = "fund/round_form.html"


@dataclass(frozen=True, slots=True)
class Theirs:
    """What a field says now, since somebody else changed it."""

    label: Any
    text: Any


def setup_form(request: HttpRequest, shown: SetupForm) -> HttpResponse:
    """Draw, keep or save the form."""
    standing = shown.make(None, {})
    fields = SimpleNamespace(base_fields=standing.fields)
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        keep(request, shown.key, fields)
        return JsonResponse({"saved": True})
    if request.method == "POST" and wants_draft(request):
        keep(request, shown.key, fields)
        return redirect(switch_target(request) or request.path)
    if "discard" in request.POST:
        drop_draft(request.user, shown.key)
        messages.info(request, _("The text that was not saved is thrown away."))
        return redirect(request.path)
    draft = load_draft(request.user, shown.key)
    form = shown.make(posted(request), initial_of(fields, draft))
    seen = request.POST.get("version") or (draft and draft.data.get("version")) or marks_of(standing)
    theirs: list[Theirs] = []
    if request.method == "POST":
        if form.is_valid():
            try:
                theirs, address = saved(request, shown, form)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                if not theirs:
                    messages.success(request, shown.said)
                    return redirect(address)
                seen = marks_of(shown.make(None, {}))
        keep(request, shown.key, fields)
    context = {
        "form": form,
        "version": seen,
        "theirs": theirs,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "switch_saves": True,
    }
    return page(request, shown.template, context | shown.context, status=409 if theirs else 200)


@transaction.atomic
def saved(request: HttpRequest, shown: SetupForm, form: Any) -> tuple[list[Theirs], str]:
    """Save the valid form where no field clashes; gives the fields that do, or the next address. Raises Refused."""
    if shown.round is not None:
        Round.objects.select_for_update().get(pk=shown.round.pk)
        theirs = put_together(form, shown.make(None, {}), request.POST.get("version", ""))
        if theirs:
            return theirs, ""
    address = shown.save(form)
    drop_draft(request.user, shown.key)
    return [], address


def put_together(form: Any, standing: Any, sent: str) -> list[Theirs]:
    """Take over what only somebody else changed; gives the fields that both changed. `standing` is the form of the row
    as it is now, `sent` the marks of how it was when this person saw it."""
    try:
        seen = dict(json.loads(sent))
    except ValueError:
        return []
    theirs = []
    for name, mine in form.cleaned_data.items():
        now = standing.get_initial_for_field(standing.fields[name], name)
        if name not in seen or seen[name] == mark(now) or mark(mine) == mark(now):
            continue
        if mark(mine) == seen[name]:
            form.cleaned_data[name] = now
            if hasattr(form, "instance"):
                setattr(form.instance, name, now)
        else:
            theirs.append(Theirs(standing.fields[name].label, moment(now) if isinstance(now, datetime) else now))
    return theirs


def marks_of(form: Any) -> str:
    """How each field of the form's row stands, as marks."""
    return json.dumps({name: mark(form.get_initial_for_field(one, name)) for name, one in form.fields.items()})


def mark(value: Any) -> str:
    """A short mark of a value; nothing, an empty text and an unticked box are one."""
    text = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value or "")
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:12]
