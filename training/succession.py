"""What becomes of learners, bookings and self-assessments when an organisation ends."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.succession import Part, end_and_begin, end_at, last_day, not_ended, register, remove

from .models import Booking, KeptPlaces, LearnerMembership, MaturityAssessment, SkillAssessment
from .states import BookingStatus, MaturityStatus, SkillAssessmentStatus

TO_COME = (BookingStatus.BOOKED, BookingStatus.REQUESTED, BookingStatus.WAITING, BookingStatus.OFFERED)


def bookings_to_come(ended: Organisation) -> models.QuerySet[Any]:
    """Places in sessions after its last day: who came before stays counted for it."""
    found = Booking.objects.filter(organisation=ended, status__in=TO_COME)
    return found.filter(session__starts_at__date__gt=last_day(ended))


register(
    Part(
        "training.LearnerMembership.organisation",
        _("Learners"),
        lambda ended: LearnerMembership.objects.filter(not_ended(ended), organisation=ended),
        end_and_begin,
        alone=end_at,
    ),
    Part("training.Booking.organisation", _("Bookings of sessions to come"), bookings_to_come),
    Part(
        "training.KeptPlaces.organisation",
        _("Places kept in sessions to come"),
        lambda ended: KeptPlaces.objects.filter(organisation=ended, session__starts_at__date__gt=last_day(ended)),
        alone=remove,
    ),
    Part(
        "training.SkillAssessment.organisation",
        _("Skills assessments that are not agreed yet"),
        lambda ended: SkillAssessment.objects.filter(organisation=ended).exclude(status=SkillAssessmentStatus.AGREED),
    ),
    Part("training.Course.provider", _("Courses that it gives")),  # who gave it then; the team says who gives it now
    Part(
        "training.MaturityAssessment.organisation",
        _("Self-assessments of maturity that are not agreed yet"),
        lambda ended: MaturityAssessment.objects.filter(organisation=ended, status=MaturityStatus.OPEN),
    ),
)
