"""Every component on one page, in demonstration mode only: to look at, and for the tests of accessibility."""

import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .bilingual import Text
from .charts import Chart, Series, bars, grouped_bars, lines, shares
from .forms import CodeField, DayField, MomentField, MoneyField, NumberField, PortalForm, TextArea, WordsField
from .screens import page, screen
from .tables import Column, ConfidenceColumn, DayColumn, MoneyColumn, NumberColumn, PortalTable, TagColumn
from .tilemap import Tile, TileMap

PHASES = [
    ("discovery", pgettext_lazy("phase", "Discovery")),
    ("alpha", pgettext_lazy("phase", "Alpha")),
    ("live", pgettext_lazy("phase", "Live")),
]
CONFIDENCE = [
    ("green", pgettext_lazy("delivery confidence", "Green")),
    ("amber", pgettext_lazy("delivery confidence", "Amber")),
    ("red", pgettext_lazy("delivery confidence", "Red")),
]


class SampleForm(PortalForm):
    """A field of every type."""

    pair_labels = {"title": _("Title")}
    title_en = forms.CharField(label=_("Title"), max_length=200, required=False, help_text=_("In a few words."))
    title_cy = forms.CharField(label=_("Title"), max_length=200, required=False)
    summary_en = forms.CharField(label=_("Summary"), widget=TextArea, required=False)
    summary_cy = forms.CharField(label=_("Summary"), widget=TextArea, required=False)
    reason = WordsField(label=_("Reason"), words=200, help_text=_("What changed, and what happens next."))
    note = forms.CharField(label=_("Note"), max_length=500, widget=TextArea, required=False)
    phase = forms.ChoiceField(label=pgettext_lazy("of a project", "Phase"), choices=[("", "---------"), *PHASES])
    confidence = forms.ChoiceField(label=_("Delivery confidence"), choices=CONFIDENCE, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(label=_("Phases"), choices=PHASES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=_("The council has agreed"))
    starts = DayField(label=_("First day"), help_text=_("For example, 27 3 2026"))
    meets = MomentField(label=_("Meeting"), help_text=_("For example, 27 3 2026, 09:30"))
    email = forms.EmailField(label=_("E-mail address"))
    people = NumberField(label=_("Number of people"))
    cost = MoneyField(label=_("Cost"))
    document = forms.FileField(label=_("Document"), required=False)
    search = forms.CharField(label=_("Search"), widget=forms.TextInput(attrs={"type": "search"}), required=False)
    code = CodeField(label=_("Code from the e-mail"))


class SampleFilter(forms.Form):
    """A filter panel."""

    q = forms.CharField(label=_("Search"), required=False)
    phase = forms.ChoiceField(
        label=pgettext_lazy("of a project", "Phase"),
        choices=[("", pgettext_lazy("any of them", "Any")), *PHASES],
        required=False,
    )


class SampleTable(PortalTable):
    """A column of every kind."""

    caption = _("Projects")
    default_sort = "title"
    title = Column(_("Title"), link=lambda record: "#table", order_by="title_key")
    phase = TagColumn(
        pgettext_lazy("of a project", "Phase"), labels=PHASES, colours={"live": "green", "alpha": "purple"}
    )
    confidence = ConfidenceColumn(_("Delivery confidence"), order_by="confidence")
    updated = DayColumn(_("Last update"), order_by="updated")
    people = NumberColumn(_("Number of people"), order_by="people")
    cost_pence = MoneyColumn(_("Cost"), order_by="cost_pence")


def sample_rows() -> list[dict[str, Any]]:
    """Invented rows: one lacks what is not published, one has only the other language."""
    day = datetime.date(2026, 3, 27)
    planning, bins, library = Text("Planning portal", "Porth cynllunio"), Text("Bins", "Biniau"), Text("", "Llyfrgell")
    names = ("title", "phase", "confidence", "updated", "people", "cost_pence")
    rows = [
        (planning, "discovery", "green", day, 1250, 12_500_000),
        (bins, "alpha", "amber", day, 0, 99_950),
        (library, "live", "red", None, None, None),
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


def sample_charts() -> list[Chart]:
    """A chart of each kind, one with a value that is not published."""
    phases = [label for _code, label in PHASES]
    years = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26"]
    people, meetings = Series(_("Number of people"), [120, 250, None, 310, 620]), Series(_("Meeting"), [5, 8, 8, 12, 9])
    parts = [Series(label, [5 - place, 3 + place]) for place, (_code, label) in enumerate(CONFIDENCE)]
    first, second = Series(_("Projects"), [12, 5, 3]), Series(_("Number of people"), [4, 9, None])
    return [
        bars(_("Bars"), [*zip(phases, (12, 5, None), strict=True)], value_label=_("Projects"), csv_url="#charts"),
        grouped_bars(_("Bars in groups"), phases, [first, second]),
        lines(_("Over time"), years, [people, meetings], header=_("Year"), area=True),
        shares(_("Parts of a whole"), years[:2], parts, header=_("Year")),
    ]


def sample_map() -> TileMap:
    places = (
        ("MÔN", "Ynys Môn", 1, 1, 4),
        ("GWY", "Gwynedd", 2, 2, 9),
        ("POW", "Powys", 3, 3, None),
        ("TOR", "Torfaen", 3, 2, 0),
    )
    tiles = [Tile(label, name, "#charts", column, row, value) for label, name, column, row, value in places]
    return TileMap(_("A tile map"), tiles, value_label=_("Projects"))


SENT = {
    "title_en": "Planning portal",
    "title_cy": "",
    "starts_day": "31",
    "starts_month": "2",
    "starts_year": "2026",
    "cost": "12.345",
}


@screen(public=True, methods=("GET", "HEAD"))
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Raises Http404 outside demonstration mode."""
    if not settings.DEMO:
        raise Http404
    rows = sample_rows()
    context = {
        "sent": SampleForm(SENT, auto_id="sent_%s"),
        "fresh": SampleForm(),
        "table": SampleTable(rows),
        "no_rows": SampleTable([]),
        "filterset": SimpleNamespace(form=SampleFilter(request.GET or {"phase": "alpha"}, auto_id="filter_%s")),
        "page_obj": Paginator(range(1, 460), 50).page(5),
        "welsh_only": Text("", "Llyfrgell ddelweddau"),
        "unreviewed": Text("Image library", "Llyfrgell ddelweddau"),
        "moment": datetime.datetime(2026, 3, 27, 14, 30, tzinfo=datetime.UTC),
        "charts": sample_charts(),
        "map": sample_map(),
        "demonstration": True,
    }
    return page(request, "components/gallery.html", context)
