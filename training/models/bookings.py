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
from ..states import BOOKING, BookingStatus
from .catalogue import Session
from .people import Learner, Standing

FROZEN = """
PERFORM 1 FROM training_session
    WHERE id = {row}.session_id AND status = 'closed' FOR SHARE;
IF FOUND THEN
    RAISE EXCEPTION 'the register of this session is closed' USING ERRCODE = 'check_violation';
END IF;
"""
# The session's row is locked, so that two who take the last place come one after the other.
CAPACITY = """
IF NEW.status IN ('booked', 'attended', 'did_not_attend') THEN
    PERFORM 1 FROM training_session WHERE id = NEW.session_id FOR UPDATE;
    IF (SELECT count(*) FROM training_booking WHERE session_id = NEW.session_id AND id <> NEW.id
            AND status IN ('booked', 'attended', 'did_not_attend'))
        >= (SELECT capacity FROM training_session WHERE id = NEW.session_id) THEN
        RAISE EXCEPTION 'every place of this session is taken' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""


@tracked()
class Booking(WorkflowModel):
    """A person's place in a session, or in its queue: the earlier row stands first.

    `organisation` and `standing` say for whom and as what the person came on that day; they stay when the person
    moves. A closed register changes no more: the database refuses, and a `Correction` is added instead.
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

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            BOOKING.constraint("booking_status_known"),
            models.CheckConstraint(name="booking_standing_known", condition=Q(standing__in=Standing.values)),
            models.UniqueConstraint(
                fields=["session", "learner"],
                condition=~Q(status=BookingStatus.CANCELLED),
                name="booking_once_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["session", "status"], name="booking_of_session"),
            models.Index(fields=["organisation", "session"], name="booking_of_organisation"),
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
                    "OLD.session_id <> NEW.session_id OR OLD.status NOT IN ('booked', 'attended', 'did_not_attend')"
                ),
                func=CAPACITY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.session_id}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("training:booking_page", kwargs={"pk": self.pk})

    @property
    def is_live(self) -> bool:
        """Whether it still stands for a place to come."""
        return self.status in {BookingStatus.BOOKED, BookingStatus.WAITING}


@append_only
class Correction(models.Model):
    """What a closed register should have said of one booking. The last one counts; none is ever changed."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="corrections")
    attended = models.BooleanField(_("Attended"))
    why = models.TextField(_("Reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="correction_says_why", condition=~Q(why=""))
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
