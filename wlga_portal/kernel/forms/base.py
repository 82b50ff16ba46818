"""The portal's forms: sentences that name the field, fields that parse as people write."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .dates import DayField, MomentField
from .drawing import draw_fields
from .fields import MoneyField, NumberField, TextArea

UNPRINTABLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")  # a null is refused, with a sentence
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)
if TYPE_CHECKING:
    Mixed = forms.BaseForm
else:
    Mixed = object


class PortalFormMixin(Mixed):
    """What every form of the portal shares. `pair_labels` names language pairs that are not a model's texts."""

    use_required_attribute = False
    marks_optional = True
    pair_labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        for field in self.fields.values():
            prepare(field)

    def only(self, *names: str) -> SafeString:
        """These fields drawn in this order, for a form in several parts."""
        return draw_fields(self, names)


def printable(field: forms.CharField) -> None:
    """Drop what no page, feed or file can hold from what is typed: it comes along when people paste."""
    read = field.to_python

    def to_python(value: Any) -> Any:
        text = read(value)
        return UNPRINTABLE.sub("", text) if isinstance(text, str) else text

    field.to_python = to_python  # type: ignore[method-assign]  # of this form's own copy of the field


def prepare(field: forms.Field) -> None:
    """Give a field the portal's text area, and a sentence of its own for being left empty; texts are printable."""
    if isinstance(field, forms.CharField):
        printable(field)
    if type(field.widget) is forms.Textarea:
        kept = {key: value for key, value in field.widget.attrs.items() if key not in {"rows", "cols"}}
        field.widget = TextArea(kept)
    stock = forms.Field.default_error_messages["required"]
    if field.required and field.label and field.error_messages.get("required") == stock:
        messages: dict[str, Any] = field.error_messages
        messages["required"] = Missing(field)


class Missing:
    """ "Enter “Title”.": made when it is shown, in the page's language."""

    def __init__(self, field: forms.Field) -> None:
        self.field = field

    def __str__(self) -> str:
        if isinstance(self.field, forms.FileField):
            sentence = _("Choose a file for “%(label)s”.")
        elif isinstance(self.field, CHOSEN):
            sentence = _("Choose an answer to “%(label)s”.")
        elif isinstance(self.field, forms.BooleanField):
            sentence = _("Tick “%(label)s”.")
        else:
            sentence = _("Enter “%(label)s”.")
        return str(sentence) % {"label": self.field.label}


class PortalForm(PortalFormMixin, forms.Form):
    """A form that is not of one model."""


def portal_formfield(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The portal's field for a column: money for `…_pence`, three parts for a date, a limit in words kept."""
    if isinstance(column, models.URLField):
        options.setdefault("assume_scheme", "https")
    if "form_class" not in options and not column.choices:
        chosen = form_class(column)
        if chosen:
            options["form_class"] = chosen
    return column.formfield(**options)


def form_class(column: models.Field[Any, Any]) -> type[forms.Field] | None:
    if isinstance(column, models.DateTimeField):
        return MomentField
    if isinstance(column, models.DateField):
        return DayField
    if isinstance(column, models.IntegerField):
        return MoneyField if column.name.endswith("_pence") else NumberField
    return None


class PortalModelFormMetaclass(ModelFormMetaclass):
    """Gives every model form the portal's fields without each Meta having to ask."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(portal_formfield)
        return super().__new__(mcs, name, bases, attrs)


class PortalModelForm(PortalFormMixin, forms.ModelForm[Any], metaclass=PortalModelFormMetaclass):
    """A form of one model's columns."""


def pair_names(name: str) -> tuple[str, str]:
    """The names of the two sides of a text."""
    return f"{name}_en", f"{name}_cy"
