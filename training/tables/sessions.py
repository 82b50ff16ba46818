"""The lists of training, column by column."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from wlga_portal.kernel.components import bi, tag
from wlga_portal.kernel.tables import Column, MomentColumn, NumberColumn, PortalTable, TagColumn

from ..models import Mode, SessionLanguage, Standing
from ..states import BookingStatus, SessionStatus

SESSION_COLOURS = {"planned": "yellow", "open": "green", "held": "purple", "closed": "grey", "cancelled": "red"}
BOOKING_COLOURS = {
    "booked": "green",
    "requested": "yellow",
    "waiting": "yellow",
    "offered": "purple",
    "attended": "",
    "did_not_attend": "orange",
    "cancelled": "grey",
    "cancelled_late": "orange",
    "refused": "grey",
}


class CourseColumn(Column):
    """The course, marked where it is of the demonstration."""

    def __init__(self, *args: Any, path: str = "course", **options: Any) -> None:
        super().__init__(*args, accessor=path, order_by=f"{path.replace('.', '__')}__title_key", **options)

    def cell(self, value: Any) -> Any:
        if not value.is_demo:
            return bi(value.title)
        return format_html("{} {}", bi(value.title), tag(pgettext("course", "Demonstration"), "orange"))


class SessionTable(PortalTable):
    """Sessions by their start."""

    caption = _("Training sessions")
    default_sort = "starts_at"
    no_rows = _("No session fits. Clear the filters, or come back later: new sessions are added through the year.")
    starts_at = MomentColumn(pgettext_lazy("session", "Starts"), link=True, order_by="starts_at")
    course = CourseColumn(_("Course"))
    stream = Column(_("Stream"), accessor="course.stream.title", order_by="course__stream__title_key")
    where = Column(_("Place"), accessor="mode", order_by="mode")
    language = Column(_("Language"), order_by="language")
    places_left = NumberColumn(_("Places left"), order_by="places_left")
    status = TagColumn(_("Status"), labels=SessionStatus.choices, colours=SESSION_COLOURS)

    languages = dict(SessionLanguage.choices)

    def render_where(self, record: Any, value: Any) -> Any:
        return Mode.ONLINE.label if value == Mode.ONLINE else bi(record.place)

    def render_language(self, record: Any, value: Any) -> Any:
        return self.languages[value]

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s session", "%(count)s sessions", total) % {"count": f"{total:,}"}


class ComingTable(SessionTable):
    """The next sessions, on another page: without sort links."""

    no_rows = _("No session is open for booking now.")

    @classmethod
    def sortable(cls) -> dict[str, tuple[str, ...]]:
        return {}


class BookingTable(PortalTable):
    """Bookings as a coordinator, a trainer or the team sees them."""

    caption = _("Bookings")
    default_sort = "-starts_at"
    row_header = "learner"
    no_rows = _("No booking fits.")
    learner = Column(_("Learner"), link=True)
    organisation = Column(_("Organisation"), accessor="organisation.name", order_by="organisation__name_key")
    standing = Column(_("Role"), order_by="standing")
    course = CourseColumn(_("Course"), path="session.course")
    starts_at = MomentColumn(_("Session"), accessor="session.starts_at", order_by="session__starts_at")
    status = TagColumn(_("Status"), labels=BookingStatus.choices, colours=BOOKING_COLOURS, order_by="status")
    created_at = MomentColumn(pgettext_lazy("booking", "Booked on"), order_by="created_at")

    standings = dict(Standing.choices)

    def render_standing(self, record: Any, value: Any) -> Any:
        return self.standings[value]

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s booking", "%(count)s bookings", total) % {"count": f"{total:,}"}


class OwnTable(PortalTable):
    """A person's own bookings."""

    caption = _("My bookings")
    no_rows = _("You have no bookings here.")
    starts_at = MomentColumn(_("Session"), accessor="session.starts_at", link=True)
    course = CourseColumn(_("Course"), path="session.course")
    where = Column(_("Place"), accessor="session.mode")
    language = Column(_("Language"), accessor="session.language")
    status = TagColumn(_("Status"), labels=BookingStatus.choices, colours=BOOKING_COLOURS)
    place_in_queue = Column(_("Place in the queue"), empty="–")

    languages = dict(SessionLanguage.choices)

    @classmethod
    def sortable(cls) -> dict[str, tuple[str, ...]]:
        return {}

    def render_where(self, record: Any, value: Any) -> Any:
        return Mode.ONLINE.label if value == Mode.ONLINE else bi(record.session.place)

    def render_language(self, record: Any, value: Any) -> Any:
        return self.languages[value]

    def render_place_in_queue(self, record: Any, value: Any) -> Any:
        return value or "–"
