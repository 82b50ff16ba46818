"""The error summary at the top of a page: each error a link to its field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..bilingual import page_language
from .dates import DayInput

Form = forms.BaseForm | BaseFormSet[Any]


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One error: its sentence and the address of its field on the page ('' for the whole form's)."""

    text: str
    href: str


def errors_of(*given: Form) -> Iterator[ErrorItem]:
    """The errors of these forms and formsets, in the order of their fields."""
    for form in given:
        if isinstance(form, BaseFormSet):
            yield from (ErrorItem(str(text), "") for text in form.non_form_errors())
            yield from errors_of(*form.forms)
        elif form.is_bound:
            yield from (ErrorItem(str(text), "") for text in form.non_field_errors())
            for bound in as_drawn(form):
                yield from (ErrorItem(with_label(bound, str(text)), target(bound)) for text in bound.errors)


def as_drawn(form: forms.BaseForm) -> Iterator[forms.BoundField]:
    """The fields as the page shows them: of a text in both languages the page's own first."""
    if page_language() == "en":
        yield from form
        return
    for name in form.fields:
        stem, side = name[:-3], name[-3:]
        if side in {"_en", "_cy"} and {f"{stem}_en", f"{stem}_cy"} <= form.fields.keys():
            yield form[f"{stem}_cy" if side == "_en" else f"{stem}_en"]
        else:
            yield form[name]


def with_label(bound: forms.BoundField, text: str) -> str:
    """The sentence, after the field's name where it does not say that: the summary stands far from the field."""
    label = str(bound.label)
    return text if not label or bound.is_hidden or label.casefold() in text.casefold() else f"{label}: {text}"


def target(bound: forms.BoundField) -> str:
    """The link to the field: of a date, to the part at fault."""
    if bound.is_hidden:
        return ""
    name = bound.auto_id or bound.html_name
    widget = bound.field.widget
    if isinstance(widget, DayInput):
        faults = [fault.code for fault in bound.errors.as_data() if fault.code in widget.part_names]
        return f"#{name}_{faults[0] if faults else 'day'}"
    return f"#{name}"


def draw_summary(items: Iterable[ErrorItem], *, title: Any = "") -> SafeString:
    """The summary, or nothing where there is no error."""
    rows = [
        (format_html('<a href="{}">{}</a>', item.href, item.text) if item.href else format_html("{}", item.text),)
        for item in items
    ]
    if not rows:
        return SafeString("")
    return format_html(
        '<div class="govuk-error-summary" data-module="govuk-error-summary">\n<div role="alert">\n'
        '<h2 class="govuk-error-summary__title">{}</h2>\n<div class="govuk-error-summary__body">\n'
        '<ul class="govuk-list govuk-error-summary__list">\n{}\n</ul>\n</div>\n</div>\n</div>',
        title or _("There is a problem"),
        format_html_join("\n", "<li>{}</li>", rows),
    )
