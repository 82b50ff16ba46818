"""Forms: fields that parse as people write, drawn by the design system's markup, with an error summary."""

from .base import PortalForm, PortalFormMixin, PortalModelForm, pair_names, portal_formfield
from .dates import DayField, MomentField
from .drawing import draw_field, draw_pair
from .fields import (
    CodeField,
    MoneyField,
    NumberField,
    TextArea,
    WordLimit,
    WordsField,
    words_in,
)
from .renderer import PortalRenderer
from .summary import ErrorItem, draw_summary, errors_of
from .switching import switch_target

__all__ = [
    "CodeField",
    "DayField",
    "ErrorItem",
    "MomentField",
    "MoneyField",
    "NumberField",
    "PortalForm",
    "PortalFormMixin",
    "PortalModelForm",
    "PortalRenderer",
    "TextArea",
    "WordLimit",
    "WordsField",
    "draw_field",
    "draw_pair",
    "draw_summary",
    "errors_of",
    "pair_names",
    "portal_formfield",
    "switch_target",
    "words_in",
]
