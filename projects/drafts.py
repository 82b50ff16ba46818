"""What a person has typed into a form and not yet sent."""

from typing import Any

from django.http import HttpRequest, QueryDict

from wlga_portal.kernel.versions import save_draft

LONGEST = 20_000  # characters of one field that are kept


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even nothing; None where nothing was sent yet."""
    return request.POST if request.method == "POST" else None


def keep(request: HttpRequest, key: str, form_class: Any) -> None:
    """Keep the fields of the form that were sent, and the version from which it was filled."""
    stems = ("version", *form_class.base_fields)
    data = {
        name: value[:LONGEST]
        for name, value in request.POST.items()
        if isinstance(value, str) and any(name == stem or name.startswith(f"{stem}_") for stem in stems)
    }
    save_draft(request.user, key, data)


def initial_of(form_class: Any, draft: Any) -> dict[str, Any]:
    """The initial values of a form from a draft: each as its widget reads it, dates in their parts."""
    if draft is None:
        return {}
    fields = form_class.base_fields
    return {
        name: field.widget.value_from_datadict(draft.data, {}, name)
        for name, field in fields.items()
        if not field.widget.value_omitted_from_data(draft.data, {}, name)
    }
