"""How training is read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.roles import Role, Roles, roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import ENDED, LIVE, TAKING, BookingStatus, SessionStatus
from ..years import Year

if TYPE_CHECKING:
    from ..models import Booking, Correction, Course, LearnerMembership, Session, Stream


def counted(rows: models.QuerySet[Any], by: str) -> Coalesce:
    """The number of `rows` that point at the outer row by the column `by`; 0 where there is none."""
    number = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(0))


def enough(percent: str, course: str, also: Q | None = None) -> Q:
    """Whether the attended part is the one that the course counts from; an empty one is the whole."""
    part = Q(**{f"{percent}__isnull": True}) | Q(**{f"{percent}__gte": F(f"{course}__counts_from_percent")})
    return part & also if also is not None else part


class StreamQuerySet(models.QuerySet["Stream"]):
    """Streams are public."""

    def by_title(self) -> "StreamQuerySet":
        return self.order_by(sort_column("title"))

    def with_courses(self) -> "StreamQuerySet":
        """Adds `course_count`, of those that are shown."""
        shown = Q() if settings.DEMO else Q(courses__is_demo=False)
        return self.annotate(course_count=Count("courses", filter=shown))


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses are public; those of the demonstration in demonstration mode alone."""

    def shown(self) -> "CourseQuerySet":
        return self.all() if settings.DEMO else self.filter(is_demo=False)

    def by_title(self) -> "CourseQuerySet":
        return self.order_by(sort_column("title"))


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions are public once they are open; a planned one is for the team and its trainers.

    Those of the demonstration are seen in demonstration mode alone.
    """

    def visible_to(self, user: Any) -> "SessionQuerySet":
        roles = roles_of(user)
        if not settings.DEMO:
            return self.filter(course__is_demo=False).in_a_state_for(user, roles)
        return self.in_a_state_for(user, roles)

    def in_a_state_for(self, user: Any, roles: Roles) -> "SessionQuerySet":
        if roles.has(Role.TEAM):
            return self.all()
        public = ~Q(status=SessionStatus.PLANNED)
        if roles.has(Role.TRAINER):
            from ..models import SessionTrainer

            return self.filter(public | Q(pk__in=SessionTrainer.objects.filter(user=user).values("session")))
        return self.filter(public)

    def given_by(self, user: Any) -> "SessionQuerySet":
        from ..models import SessionTrainer

        return self.filter(Exists(SessionTrainer.objects.filter(session=OuterRef("pk"), user=user)))

    def coming(self) -> "SessionQuerySet":
        """Open ones that have not begun, the next first."""
        return self.filter(status=SessionStatus.OPEN, starts_at__gt=timezone.now()).order_by("starts_at", "pk")

    def with_course(self) -> "SessionQuerySet":
        return self.select_related("course__stream", "course__provider")

    def with_title(self) -> "SessionQuerySet":
        """With the title of its course, and of both no more than a line that leads there needs."""
        titles = ("course__title_en", "course__title_cy")
        return self.select_related("course").only("starts_at", "ends_at", "cut_off_at", *titles)

    def with_places(self) -> "SessionQuerySet":
        """Adds `taken`, `waiting` and `places_left`."""
        from ..models import Booking

        bookings = Booking.objects.filter(session=OuterRef("pk"))
        return self.annotate(
            taken=counted(bookings.filter(status__in=TAKING, walk_in=False), "session"),
            waiting=counted(bookings.filter(status=BookingStatus.WAITING), "session"),
        ).annotate(places_left=F("capacity") - F("taken"))

    def with_free_place(self) -> "SessionQuerySet":
        """Those that can be booked now without waiting; after `with_places`."""
        return self.filter(status=SessionStatus.OPEN, cut_off_at__gt=timezone.now(), taken__lt=F("capacity"), waiting=0)

    def below_minimum(self) -> "SessionQuerySet":
        """Those with fewer people than they need; after `with_places`."""
        return self.filter(taken__lt=F("minimum"))


class LearnerMembershipQuerySet(models.QuerySet["LearnerMembership"]):
    """Where learners belong."""

    def current(self) -> "LearnerMembershipQuerySet":
        """Those that hold today; the last day is included."""
        today = timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections of closed registers."""

    def last_of_each(self) -> "CorrectionQuerySet":
        """The last one of each booking: the one that counts."""
        return self.order_by("booking", "-pk").distinct("booking")


TITLED = (
    "status",
    "offer_ends_at",
    "session__starts_at",
    "session__cut_off_at",
    "session__course__title_en",
    "session__course__title_cy",
)  # of a booking and of what it is for, what a line that leads there needs


class BookingQuerySet(models.QuerySet["Booking"]):
    """Bookings are seen by the learner, the coordinators of the council, the trainers of the session and the team."""

    def visible_to(self, user: Any) -> "BookingQuerySet":
        roles = roles_of(user)
        if roles.has(Role.TEAM):
            return self.all()
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        from ..models import Learner

        mine = Q(learner__in=Learner.objects.of_user(user)) | Q(
            organisation_id__in=roles.organisation_ids(Role.COORDINATOR)
        )
        if roles.has(Role.TRAINER):
            from ..models import SessionTrainer

            mine |= Q(session_id__in=SessionTrainer.objects.filter(user=user).values("session"))
        return self.filter(mine)

    def of(self, user: Any) -> "BookingQuerySet":
        """A person's own, also what stands with a row of theirs that is merged."""
        from ..models import Learner

        return self.filter(learner__in=Learner.objects.of_user(user))

    def live(self) -> "BookingQuerySet":
        """Those that may still become attendance."""
        return self.filter(status__in=LIVE)

    def standing(self) -> "BookingQuerySet":
        """Those that have not ended, attendance too: of a session a person has one (`booking_once_at_a_time`)."""
        return self.exclude(status__in=ENDED)

    def waiting(self) -> "BookingQuerySet":
        """The queue, first in front."""
        return self.filter(status=BookingStatus.WAITING).order_by("pk")

    def with_all(self) -> "BookingQuerySet":
        """With what a line of a list shows."""
        return self.select_related("session__course__stream", "learner__user", "organisation")

    def with_title(self) -> "BookingQuerySet":
        """With its session's times and its course's title, and no more."""
        return self.select_related("session__course").only(*TITLED)

    def with_who(self) -> "BookingQuerySet":
        """The same, and with its learner's name."""
        names = ("learner__erased_at", "learner__name", "learner__user__name", "learner__user__email")
        return self.select_related("session__course", "learner__user").only(*TITLED, *names)

    def with_place_in_queue(self) -> "BookingQuerySet":
        """Adds `place_in_queue`: 1 for who is next; 0 for who is not waiting."""
        ahead = self.model.objects.filter(
            session=OuterRef("session"), status=BookingStatus.WAITING, pk__lte=OuterRef("pk")
        )
        return self.annotate(
            place_in_queue=models.Case(
                models.When(status=BookingStatus.WAITING, then=counted(ahead, "session")), default=Value(0)
            )
        )

    def with_corrections(self) -> "BookingQuerySet":
        """Adds `corrected`, what the last correction says, or None, and `corrected_percent`, its part."""
        from ..models import Correction

        last = Correction.objects.filter(booking=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            corrected=Subquery(last.values("attended")[:1]),
            corrected_percent=Subquery(last.values("attended_percent")[:1]),
        ).prefetch_related(Prefetch("corrections", Correction.objects.select_related("by").order_by("pk")))

    def attended(self) -> "BookingQuerySet":
        """Learning opportunities: attended by the register, or by its last correction, for the part that counts."""
        from ..models import Correction

        latest = Correction.objects.filter(pk__in=Correction.objects.last_of_each().values("pk"), attended=True)
        corrected = Correction.objects.values("booking")
        return self.filter(
            enough("attended_percent", "session__course", Q(status=BookingStatus.ATTENDED) & ~Q(pk__in=corrected))
            | Q(pk__in=latest.filter(enough("attended_percent", "booking__session__course")).values("booking"))
        )

    def in_year(self, year: Year) -> "BookingQuerySet":
        """Of sessions that began in the plan year."""
        return self.filter(session__starts_at__gte=year.starts, session__starts_at__lt=year.ends)

    def demonstration(self, wanted: bool) -> "BookingQuerySet":
        return self.filter(session__course__is_demo=wanted)
