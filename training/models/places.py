"""The parts of a session that is given on several days, and the places that it keeps for councils."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from .catalogue import Session


@tracked()
class SessionPart(models.Model):
    """One stretch of time of a session that has several, in order; the session reaches from the first to the last.

    A session without parts is one stretch.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "number"], name="session_part_number_once"),
            models.CheckConstraint(name="session_part_dates_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="session_parts_apart",
                expressions=[
                    ("session", RangeOperators.EQUAL),
                    (
                        Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="within_its_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                PERFORM 1 FROM training_session WHERE id = NEW.session_id
                    AND starts_at <= NEW.starts_at AND ends_at >= NEW.ends_at FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a part lies within its session' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"


@tracked()
class KeptPlaces(models.Model):
    """So many places of a session are for the people of one council first, until the session's `kept_until`."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="kept_places")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Council")
    )
    places = models.PositiveSmallIntegerField(_("Places"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "organisation"], name="kept_places_once_for_a_council"),
            models.CheckConstraint(name="kept_places_are_some", condition=Q(places__gte=1)),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                PERFORM 1 FROM training_session WHERE id = NEW.session_id FOR UPDATE;
                IF NEW.places + (SELECT coalesce(sum(places), 0) FROM training_keptplaces
                        WHERE session_id = NEW.session_id AND id <> NEW.id)
                    > (SELECT capacity FROM training_session WHERE id = NEW.session_id) THEN
                    RAISE EXCEPTION 'more places are kept than the session has' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.places}"
