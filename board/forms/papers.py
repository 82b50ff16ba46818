"""What people type in: a new paper, its front, a block, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm, PortalModelForm, TextArea

from ..cells import is_rectangular, read_cells
from ..models import AgendaItem, Block, BlockKind, Paper, Part, Purpose

LEVELS = [(2, pgettext_lazy("level of a heading", "Section")), (3, pgettext_lazy("level of a heading", "Subsection"))]
CELLS_HINT = _("One row on each line, cells parted by |. The first line names the columns.")
TEXT_HINT = _("Markdown: **bold**, *italic*, - a list, [words](https://example.org).")


def authors() -> Any:
    """Everybody who is an author today."""
    current = Membership.objects.current().filter(role=Role.AUTHOR)
    return User.objects.filter(pk__in=current.values("user"), is_active=True).order_by("name", "pk")


def authors_field() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Authors"), widget=forms.CheckboxSelectMultiple, required=False
    )


class PaperFrontForm(PortalModelForm):
    """The front of a paper: what it is called, what it asks, who writes it."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, widget=forms.RadioSelect)
    authors = authors_field()

    class Meta:
        model = Paper
        fields = ["title_en", "title_cy", "purpose", "summary_en", "summary_cy", "drafted_in", "authors"]
        widgets = {name: TextArea({"rows": "3"}) for name in ("summary_en", "summary_cy")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["authors"]
        field.queryset = authors()
        if self.instance.pk:
            self.initial["authors"] = list(
                self.instance.credits.filter(part=Part.AUTHOR, user__isnull=False).values_list("user", flat=True)
            )

    def clean(self) -> dict[str, Any]:
        """A draft may lack one language, not both."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("title_en") and not data.get("title_cy"):
            self.add_error(f"title_{page_language()}", _("Enter a title in at least one language."))
        return data


class PaperNewForm(PaperFrontForm):
    """A new paper for an agenda item, with the item's title and purpose to begin with."""

    def __init__(self, *args: Any, item: AgendaItem, **options: Any) -> None:
        begin = {
            "title_en": item.title.en,
            "title_cy": item.title.cy,
            "purpose": item.kind,
            "drafted_in": page_language(),
        }
        super().__init__(*args, initial=begin, **options)


class CorrectionForm(PaperFrontForm):
    """The front while a correction is written: it also says what is corrected."""

    class Meta(PaperFrontForm.Meta):
        fields = [*PaperFrontForm.Meta.fields, "correction_en", "correction_cy"]


class BlockForm(PortalModelForm):
    """A block in both languages; a heading has its level, a table or a figure its rows."""

    class Meta:
        model = Block
        fields = ["text_en", "text_cy", "level", "cells_en", "cells_cy"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.instance.kind
        if kind == BlockKind.HEADING:
            self.fields["level"] = forms.TypedChoiceField(
                label=_("Level"), choices=LEVELS, coerce=int, widget=forms.RadioSelect, initial=self.instance.level
            )
        else:
            del self.fields["level"]
        for language in ("en", "cy"):
            if self.instance.has_cells:
                self.fields[f"cells_{language}"].help_text = CELLS_HINT
                self.fields[f"cells_{language}"].widget.attrs["rows"] = "8"
            else:
                del self.fields[f"cells_{language}"]
        if kind in (BlockKind.PARAGRAPH, BlockKind.RECOMMENDATION):
            self.fields["text_en"].help_text = self.fields["text_cy"].help_text = TEXT_HINT
        else:
            for language in ("en", "cy"):
                self.fields[f"text_{language}"].widget.attrs["rows"] = "2"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("cells_en", "cells_cy"):
            rows = read_cells(data.get(name, ""))
            if rows and not is_rectangular(rows):
                self.add_error(
                    name, _("Each row needs the same number of cells as the first line, and there must be a row.")
                )
        return data


class BlockAddForm(PortalForm):
    """Which kind of block, and after which."""

    kind = forms.ChoiceField(label=_("Kind of block"), choices=BlockKind.choices, initial=BlockKind.PARAGRAPH)
    after = forms.ModelChoiceField(Block.objects.none(), label=_("Place"), required=False, empty_label=_("At the end"))

    marks_optional = False

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["after"]
        field.queryset = paper.blocks.order_by("position")
        field.label_from_instance = lambda block: _("After %(block)s") % {"block": block}


class ReasonForm(PortalForm):
    """Why: asked where the table of statuses says that a step needs a reason."""

    why = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not required:
            del self.fields["why"]
