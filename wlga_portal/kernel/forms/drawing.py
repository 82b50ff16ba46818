"""The markup of fields: GOV.UK Frontend 6 class names, checked against the package's own examples in the tests."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import widgets
from .counting import count_attributes, count_message
from .dates import DayInput
from .fields import MoneyInput

Context = dict[str, Any]
LANGUAGE_NAMES = {"en": "English", "cy": "Cymraeg"}


def join(parts: Iterable[Any]) -> SafeString:
    """Drawn parts, one a line; what is empty is left out."""
    return SafeString("\n".join(conditional_escape(part) for part in parts if part))


def draw_form(context: Context) -> SafeString:
    """`{{ form }}`: its own errors, hidden fields, then the visible fields; language pairs side by side."""
    form: forms.BaseForm = context["form"]
    return draw_fields(form, list(form.fields))


def draw_fields(form: forms.BaseForm, names: Iterable[str]) -> SafeString:
    """These fields in this order; `title` or the first of `title_en`, `title_cy` draws the pair."""
    drawn: list[Any] = []
    done: set[str] = set()
    for name in names:
        stem = name if name not in form.fields else name.removesuffix("_en").removesuffix("_cy")
        if stem in done:
            continue
        if {f"{stem}_en", f"{stem}_cy"} <= form.fields.keys():
            done.add(stem)
            drawn.append(draw_pair(form, stem))
        else:
            drawn.append(draw_field(form[name]))
    return join(drawn)


def draw_formset(context: Context) -> SafeString:
    formset = context["formset"]
    return join([formset.management_form, *formset.forms])


def draw_field(
    bound: forms.BoundField,
    *,
    label: Any = None,
    size: str = "",
    lang: str = "",
    describedby: str = "",
) -> SafeString:
    """One field: label, hint, error, input. `size` (s, m, l) is the label's, `lang` the language of the value."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    name, text = bound.auto_id or bound.html_name, label_of(bound, label)
    hint = hint_of(name, bound.help_text)
    error = error_message(name, bound.errors)
    count = count_attributes(bound)
    described = " ".join(
        part
        for part, wanted in (
            (describedby, describedby),
            (f"{name}-info", count),
            (f"{name}-hint", hint),
            (f"{name}-error", error),
        )
        if wanted
    )
    group = "govuk-form-group govuk-form-group--error" if error else "govuk-form-group"
    attributes: dict[str, Any] = {"error": True} if error else {}
    if described and not is_group(widget):
        attributes["aria-describedby"] = described
    if isinstance(widget, MoneyInput):
        attributes["prefix"] = widget.prefix
    if lang:
        attributes |= {"lang": lang, "spellcheck": "true"}
    if count:
        attributes["counted"] = True
    if isinstance(widget, forms.CheckboxInput):
        box = bound.as_widget(attrs=attributes | {"label": text})
        box = format_html('<div class="govuk-checkboxes" data-module="govuk-checkboxes">\n{}\n</div>', box)
        return format_html('<div class="{}">\n{}\n</div>', group, join([hint, error, box]))
    if is_group(widget):
        if isinstance(widget, DayInput):
            attributes["faults"] = [fault.code for fault in bound.errors.as_data()] if error else []
        legend_class = f" govuk-fieldset__legend--{size}" if size else ""
        inner = bound.as_widget(attrs=attributes)
        return format_html(
            '<div class="{}">\n<fieldset class="govuk-fieldset"{}{}>\n'
            '<legend class="govuk-fieldset__legend{}">{}</legend>\n{}\n</fieldset>\n</div>',
            group,
            SafeString(' role="group"') if isinstance(widget, DayInput) else "",
            flatatt({"aria-describedby": described}) if described else "",
            legend_class,
            text,
            join([hint, error, inner]),
        )
    label_class = f"govuk-label govuk-label--{size}" if size else "govuk-label"
    drawn_label = format_html('<label class="{}" for="{}">{}</label>', label_class, bound.id_for_label, text)
    group += " govuk-character-count" if count else ""
    return format_html(
        '<div class="{}"{}>\n{}\n</div>',
        group,
        flatatt(count),
        join([drawn_label, hint, error, bound.as_widget(attrs=attributes), count_message(name, count)]),
    )


def draw_pair(form: forms.BaseForm, stem: str, *, label: Any = None) -> SafeString:
    """The English and the Welsh of one text side by side, the page's language first; each says its language."""
    from ..bilingual import page_language

    first = page_language()
    order = (first, "en" if first == "cy" else "cy")
    whole = label or pair_label(form, stem)
    pair_id = f"{form[f'{stem}_{first}'].auto_id or stem}-pair"
    help_text = form[f"{stem}_{first}"].help_text
    sides = []
    for language in order:
        bound = form[f"{stem}_{language}"]
        bound.help_text = ""
        name = SafeString(f'<span lang="{language}">{LANGUAGE_NAMES[language]}</span>')
        field = draw_field(bound, label=name, lang=language, describedby=f"{pair_id}-hint" if help_text else "")
        sides.append(format_html('<div class="portal-pair__of">\n{}\n</div>', field))
    return format_html(
        '<fieldset class="govuk-fieldset">\n'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{}</legend>\n'
        '{}<div class="portal-pair">\n{}\n</div>\n</fieldset>',
        whole,
        hint_of(pair_id, help_text),
        join(sides),
    )


def pair_label(form: forms.BaseForm, stem: str) -> Any:
    """What both sides are called: by the form's `pair_labels`, the model's text or the English side's label."""
    labels = getattr(form, "pair_labels", {})
    model = getattr(getattr(form, "_meta", None), "model", None)
    text = getattr(model, "bilingual", {}).get(stem)
    return labels.get(stem) or (text.label if text else form.fields[f"{stem}_en"].label or stem)


def label_of(bound: forms.BoundField, label: Any = None) -> SafeString:
    """The label, with "(optional)" where the form says which of its fields may be left empty."""
    text = conditional_escape(bound.label if label is None else label)
    optional = getattr(bound.form, "marks_optional", False) and not bound.field.required
    if optional and label is None:
        return format_html("{} ({})", text, pgettext("field", "optional"))
    return text


def hint_of(name: str, text: Any) -> SafeString | str:
    return format_html('<div id="{}-hint" class="govuk-hint">{}</div>', name, text) if text else ""


def error_message(name: str, errors: Iterable[Any]) -> SafeString | str:
    sentences = list(errors)
    if not sentences:
        return ""
    text = format_html_join(SafeString("<br>"), "{}", ((sentence,) for sentence in sentences))
    return format_html(
        '<p id="{}-error" class="govuk-error-message"><span class="govuk-visually-hidden">{}:</span> {}</p>',
        name,
        _("Error"),
        text,
    )


def is_group(widget: forms.Widget) -> bool:
    """Whether the field is several inputs under one legend."""
    return isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, DayInput))


DRAWN: dict[str, Callable[[Context], SafeString]] = {
    "components/form.html": draw_form,
    "components/formset.html": draw_formset,
    "components/field.html": lambda context: draw_field(context["field"]),
    **widgets.DRAWN,
}

__all__ = ["DRAWN", "draw_field", "draw_fields", "draw_pair"]
