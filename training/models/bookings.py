"""Bookings, which are also the register, and the corrections of a closed register."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import BookingQuerySet, CorrectionQuerySet
from ..states import BOOKING, ENDED, LIVE, BookingStatus
from .catalogue import Session
from .people import Learner, Standing

FROZEN = """
PERFORM 1 FROM training_session
    WHERE id = {row}.session_id AND status = 'closed' FOR SHARE;
IF FOUND THEN
    RAISE EXCEPTION 'the register of this session is closed' USING ERRCODE = 'check_violation';
END IF;
"""
# The session's row is locked, so that two who take the last place come one after the other. Who walked in took no
# place: the register says who came, even when more came than there were places.
CAPACITY = """
IF NEW.status IN ('booked', 'offered', 'attended', 'did_not_attend') AND NOT NEW.walk_in THEN
    PERFORM 1 FROM training_session WHERE id = NEW.session_id FOR UPDATE;
    IF (SELECT count(*) FROM training_booking WHERE session_id = NEW.session_id AND id <> NEW.id AND NOT walk_in
            AND status IN ('booked', 'offered', 'attended', 'did_not_attend'))
        >= (SELECT capacity FROM training_session WHERE id = NEW.session_id) THEN
        RAISE EXCEPTION 'every place of this session is taken' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""
WALK_IN = """
PERFORM 1 FROM training_session WHERE id = NEW.session_id AND status = 'held' FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'only an open register takes people who walked in' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


@tracked()
class Booking(WorkflowModel):
    """A person's place in a session, or in its queue: the earlier row stands first.

    `organisation` and `standing` say for whom and as what the person came on that day; they stay when the person
    moves. A closed register changes no more: the database refuses, and a `Correction` is added instead.
    `offer_ends_at`: until when an offered place is held. `attended_percent`: the part of the session, from 1 to 99, for
    which somebody came; empty for the whole. `walk_in`: came without a booking, and was added to the register.
    """

    workflow = BOOKING
    status = BOOKING.field()
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("Session"))
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("Learner"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("Organisation")
    )
    standing = models.CharField(max_length=7, choices=Standing.choices)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(pgettext_lazy("booking", "Booked on"), auto_now_add=True)
    offer_ends_at = models.DateTimeField(_("The place is held until"), null=True, editable=False)
    attended_percent = models.PositiveSmallIntegerField(_("Part attended, in percent"), null=True, editable=False)
    walk_in = models.BooleanField(_("Came without a booking"), default=False, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            BOOKING.constraint("booking_status_known"),
            models.CheckConstraint(name="booking_standing_known", condition=Q(standing__in=Standing.values)),
            models.UniqueConstraint(
                fields=["session", "learner"],
                condition=~Q(status__in=ENDED),
                name="booking_once_at_a_time",
            ),
            models.CheckConstraint(
                name="booking_offer_has_an_end", condition=~Q(status=BookingStatus.OFFERED) | ~Q(offer_ends_at=None)
            ),
            models.CheckConstraint(
                name="booking_part_of_the_attended",
                condition=Q(attended_percent=None)
                | Q(status=BookingStatus.ATTENDED, attended_percent__gte=1, attended_percent__lte=99),
            ),
            models.CheckConstraint(
                name="booking_walk_in_is_in_the_register",
                condition=Q(walk_in=False)
                | Q(status__in=[BookingStatus.ATTENDED, BookingStatus.ABSENT, BookingStatus.CANCELLED]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["session", "status"], name="booking_of_session"),
            models.Index(fields=["organisation", "session"], name="booking_of_organisation"),
            models.Index(fields=["offer_ends_at"], name="booking_offer_end", condition=Q(status=BookingStatus.OFFERED)),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FROZEN.format(row="NEW") + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="frozen_row",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=FROZEN.format(row="OLD") + "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
            ),
            pgtrigger.Trigger(name="places", when=pgtrigger.Before, operation=pgtrigger.Insert, func=CAPACITY),
            pgtrigger.Trigger(
                name="places_later",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.session_id <> NEW.session_id OR OLD.walk_in <> NEW.walk_in"
                    " OR OLD.status NOT IN ('booked', 'offered', 'attended', 'did_not_attend')"
                ),
                func=CAPACITY,
            ),
            pgtrigger.Trigger(
                name="walk_in",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.walk_in"),
                func=WALK_IN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.session_id}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("training:booking_page", kwargs={"pk": self.pk})

    @property
    def is_live(self) -> bool:
        """Whether it still stands for a place to come."""
        return self.status in LIVE


@append_only
class Correction(models.Model):
    """What a closed register should have said of one booking. The last one counts; none is ever changed.

    `attended_percent` as in a booking: from 1 to 99, or empty for the whole.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="corrections")
    attended = models.BooleanField(_("Attended"))
    attended_percent = models.PositiveSmallIntegerField(_("Part attended, in percent"), null=True)
    why = models.TextField(_("Reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="correction_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="correction_part_of_the_attended",
                condition=Q(attended_percent=None)
                | Q(attended=True, attended_percent__gte=1, attended_percent__lte=99),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="closed_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                PERFORM 1 FROM training_booking JOIN training_session ON training_session.id = session_id
                    WHERE training_booking.id = NEW.booking_id AND training_session.status = 'closed';
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'the register is open: change it there' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.attended}"
