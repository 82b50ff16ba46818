"""How the lists of training are narrowed."""

from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation, Region
from wlga_portal.kernel.forms import PortalForm

from ..models import Audience, Booking, Level, Mode, Session, SessionLanguage, Standing, Stream
from ..states import BookingStatus
from ..years import Year

ALL = pgettext_lazy("filter", "All")
MONTHS_SHOWN = 12
YEARS_SHOWN = 6


class ByTitle(forms.ModelChoiceField):
    """A choice among things with a title or a name, in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ByTitleFilter(django_filters.ModelChoiceFilter):
    field_class = ByTitle


def months() -> list[tuple[str, str]]:
    """This month and the eleven after it: `2026-11`, "November 2026"."""
    today = timezone.localdate()
    found = [divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(MONTHS_SHOWN)]
    return [(f"{year}-{month + 1:02}", f"{MONTHS[month + 1]} {year}") for year, month in found]


def years() -> list[tuple[str, str]]:
    """This plan year and those before it."""
    first = Year.current().first
    return [(str(Year(first - back)), str(Year(first - back))) for back in range(YEARS_SHOWN)]


class SessionFilter(django_filters.FilterSet):
    """Sessions to come, unless the past is asked for, by words of the course and by what it and the session are."""

    q = django_filters.CharFilter(label=_("Words in the title"), method="with_words")

    stream = ByTitleFilter(
        label=_("Stream"), field_name="course__stream", queryset=Stream.objects.none(), empty_label=ALL
    )
    month = django_filters.ChoiceFilter(label=_("Month"), empty_label=ALL, method="in_month")
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=SessionLanguage.choices, empty_label=ALL, method="in_language"
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), field_name="course__level", choices=Level.choices, empty_label=ALL
    )
    audience = django_filters.ChoiceFilter(
        label=_("Who it is for"),
        choices=[(value, label) for value, label in Audience.choices if value != Audience.BOTH],
        empty_label=ALL,
        method="for_audience",
    )
    mode = django_filters.ChoiceFilter(label=_("In person or online"), choices=Mode.choices, empty_label=ALL)
    when = django_filters.ChoiceFilter(
        label=pgettext_lazy("sessions", "When"),
        choices=[("past", pgettext_lazy("sessions", "Past"))],
        empty_label=pgettext_lazy("sessions", "To come"),
        method="as_it_is",
    )
    free = django_filters.ChoiceFilter(
        label=_("Places"),
        choices=[("on", _("Only with a free place"))],
        empty_label=ALL,
        method="with_free_place",
    )

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["stream"].queryset = Stream.objects.by_title()
        self.filters["month"].extra["choices"] = months()

    def filter_queryset(self, queryset: QuerySet[Session]) -> Any:
        narrowed = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("when") == "past":
            return narrowed.filter(starts_at__lte=timezone.now()).order_by("-starts_at", "pk")
        return narrowed.filter(starts_at__gt=timezone.now())

    def as_it_is(self, queryset: QuerySet[Session], _name: str, _value: str) -> QuerySet[Session]:
        return queryset

    def in_month(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        first, after = month_bounds(value)
        return queryset.filter(starts_at__gte=first, starts_at__lt=after)

    def in_language(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        """A session in both languages fits whichever is asked for."""
        return queryset.filter(language__in=[value, SessionLanguage.BOTH])

    def for_audience(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        """A course for both fits whoever asks."""
        return queryset.filter(course__audience__in=[value, Audience.BOTH])

    def with_words(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        """Every word in the title, in either language."""
        for word in value.split()[:8]:
            in_either = Q(course__title_en__icontains=word) | Q(course__title_cy__icontains=word)
            queryset = queryset.filter(in_either)
        return queryset

    def with_free_place(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset.with_free_place()


def midnight(day: date) -> datetime:
    """The first moment of a day by the clock in Wales."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def month_bounds(value: str) -> tuple[datetime, datetime]:
    """The first moment of the month `2026-11`, and the first after it."""
    first = date.fromisoformat(f"{value}-01")
    return midnight(first), midnight(date(first.year + first.month // 12, first.month % 12 + 1, 1))


def months_of(year: Year) -> list[tuple[str, str]]:
    """The twelve months of a plan year."""
    found = [(year.first + (place > 8), (place + 3) % 12 + 1) for place in range(12)]
    return [(f"{one}-{month:02}", f"{MONTHS[month]} {one}") for one, month in found]


class BookingFilter(django_filters.FilterSet):
    """Bookings by plan year, status, stream and council; `counted` leaves the learning opportunities."""

    year = django_filters.ChoiceFilter(label=_("Plan year"), empty_label=ALL, method="in_year")
    status = django_filters.ChoiceFilter(label=_("Status"), choices=BookingStatus.choices, empty_label=ALL)
    stream = ByTitleFilter(
        label=_("Stream"), field_name="session__course__stream", queryset=Stream.objects.none(), empty_label=ALL
    )
    organisation = ByTitleFilter(label=_("Council"), queryset=Organisation.objects.none(), empty_label=ALL)
    region = django_filters.ChoiceFilter(
        label=_("Region"), field_name="organisation__region", choices=Region.choices, empty_label=ALL
    )
    month = django_filters.ChoiceFilter(label=_("Month"), empty_label=ALL, method="in_month")
    standing = django_filters.ChoiceFilter(label=_("Role"), choices=Standing.choices, empty_label=ALL)
    counted = django_filters.ChoiceFilter(
        label=_("Counted"),
        choices=[("on", _("Only learning opportunities"))],
        empty_label=ALL,
        method="learning_opportunities",
    )
    courses = django_filters.ChoiceFilter(
        label=_("Courses"),
        choices=[
            ("real", pgettext_lazy("courses", "Without the demonstration")),
            ("demonstration", pgettext_lazy("courses", "The demonstration alone")),
        ],
        empty_label=ALL,
        method="of_courses",
    )

    class Meta:
        model = Booking
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["stream"].queryset = Stream.objects.by_title()
        self.filters["year"].extra["choices"] = years()
        self.filters["month"].extra["choices"] = months_of(Year.read(self.data.get("year") or "") or Year.current())
        self.filters["organisation"].queryset = Organisation.objects.councils().by_name()
        if not settings.DEMO:
            del self.filters["courses"]

    def in_year(self, queryset: Any, _name: str, value: str) -> Any:
        year = Year.read(value)
        return queryset.in_year(year) if year else queryset

    def in_month(self, queryset: Any, _name: str, value: str) -> Any:
        first, after = month_bounds(value)
        return queryset.filter(session__starts_at__gte=first, session__starts_at__lt=after)

    def learning_opportunities(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset.attended()

    def of_courses(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.demonstration(value == "demonstration")
