"""Streams, courses and their sessions: public."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import CourseQuerySet, SessionQuerySet, StreamQuerySet
from ..states import SESSION, SessionStatus


class Level(models.TextChoices):
    """How much a course asks of those who come."""

    INTRODUCTION = "introduction", pgettext_lazy("level of a course", "Introduction")
    PRACTICE = "practice", pgettext_lazy("level of a course", "Practice")
    ADVANCED = "advanced", pgettext_lazy("level of a course", "Advanced")


class Audience(models.TextChoices):
    """Whom a course is for."""

    OFFICERS = "officers", _("Council officers")
    MEMBERS = "members", _("Councillors")
    BOTH = "both", _("Officers and councillors")


class Approval(models.TextChoices):
    """Who agrees to a request before it becomes a booking."""

    NONE = "none", pgettext_lazy("approval of a booking", "Nobody")
    COUNCIL = "council", pgettext_lazy("approval of a booking", "The training coordinator of the council")
    TEAM = "team", pgettext_lazy("approval of a booking", "The digital team")


class Mode(models.TextChoices):
    """Where a session takes place."""

    IN_PERSON = "in_person", pgettext_lazy("session", "In person")
    ONLINE = "online", pgettext_lazy("session", "Online")


class SessionLanguage(models.TextChoices):
    """The language in which a session is given."""

    ENGLISH = "en", pgettext_lazy("language of a session", "English")
    WELSH = "cy", pgettext_lazy("language of a session", "Welsh")
    BOTH = "both", pgettext_lazy("language of a session", "Welsh and English")


@tracked()
class Stream(SluggedModel, BilingualModel):
    """A subject of the training."""

    url_name = "training:stream_page"
    title = Bilingual(label=_("Title"), max_length=120, sort=True)

    objects = StreamQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="stream_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class Course(VersionedModel, SluggedModel, BilingualModel):
    """What can be learnt, given in sessions. `is_demo`: invented for demonstration, in no public figure.

    `cost_pence`: what one place costs the council; 0 is free, empty is not published. `counts_from_percent`: the least
    part of a session, in percent, that counts as having attended it.
    """

    url_name = "training:course_page"
    title = Bilingual(label=_("Title"), max_length=200, sort=True)
    summary = Bilingual(label=_("Summary"))
    outcomes = Bilingual(label=_("What you will be able to do"), blank=True)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="courses", verbose_name=_("Stream"))
    level = models.CharField(_("Level"), max_length=12, choices=Level.choices, default=Level.INTRODUCTION)
    length_minutes = models.PositiveIntegerField(_("Length in minutes"))
    audience = models.CharField(_("Who it is for"), max_length=8, choices=Audience.choices, default=Audience.OFFICERS)
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Provider")
    )
    cost_pence = models.PositiveIntegerField(_("Cost of a place"), null=True, blank=True)
    approval = models.CharField(_("Who approves a booking"), max_length=7, choices=Approval.choices, default="none")
    counts_from_percent = models.PositiveSmallIntegerField(_("Counts as attended from, in percent"), default=50)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="course_told_in_both",
                condition=~Q(title_en="") & ~Q(title_cy="") & ~Q(summary_en="") & ~Q(summary_cy=""),
            ),
            models.CheckConstraint(
                name="course_outcomes_in_both_or_none",
                condition=Q(outcomes_en="", outcomes_cy="") | (~Q(outcomes_en="") & ~Q(outcomes_cy="")),
            ),
            models.CheckConstraint(name="course_takes_time", condition=Q(length_minutes__gte=1)),
            models.CheckConstraint(name="course_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="course_audience_known", condition=Q(audience__in=Audience.values)),
            models.CheckConstraint(name="course_approval_known", condition=Q(approval__in=Approval.values)),
            models.CheckConstraint(
                name="course_counts_from_a_part",
                condition=Q(counts_from_percent__gte=1, counts_from_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class Session(VersionedModel, WorkflowModel, BilingualModel):
    """A course given once. It can be booked and cancelled until `cut_off_at`.

    `reference` names it in a list from outside. Who books locks this row first, and then the booking's. With fewer
    than `minimum` people it does not take place. Places kept for councils are everybody's from `kept_until` (empty:
    from the cut-off).
    """

    workflow = SESSION
    status = SESSION.field()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("Course"))
    reference = models.CharField(max_length=40, blank=True, editable=False)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    cut_off_at = models.DateTimeField(_("Book or cancel until"))
    mode = models.CharField(_("In person or online"), max_length=10, choices=Mode.choices)
    place = Bilingual(label=_("Place"), max_length=200, blank=True)
    joining_url = models.URLField(_("Link for joining online"), blank=True)
    language = models.CharField(_("Language"), max_length=4, choices=SessionLanguage.choices)
    capacity = models.PositiveSmallIntegerField(_("Places"))
    minimum = models.PositiveSmallIntegerField(_("Least number of people"), null=True, blank=True)
    kept_until = models.DateTimeField(_("Places are kept for councils until"), null=True, blank=True)
    trainers = models.ManyToManyField(User, through="SessionTrainer", related_name="training_sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            SESSION.constraint("session_status_known"),
            models.CheckConstraint(name="session_dates_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="session_cut_off_before_start", condition=Q(cut_off_at__lte=F("starts_at"))),
            models.CheckConstraint(name="session_has_places", condition=Q(capacity__gte=1)),
            models.CheckConstraint(
                name="session_minimum_within_places",
                condition=Q(minimum=None) | Q(minimum__gte=1, minimum__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="session_kept_until_cut_off",
                condition=Q(kept_until=None) | Q(kept_until__lte=F("cut_off_at")),
            ),
            models.CheckConstraint(name="session_mode_known", condition=Q(mode__in=Mode.values)),
            models.CheckConstraint(name="session_language_known", condition=Q(language__in=SessionLanguage.values)),
            models.CheckConstraint(
                name="session_in_person_has_a_place",
                condition=~Q(mode=Mode.IN_PERSON) | (~Q(place_en="") & ~Q(place_cy="")),
            ),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="session_reference_unique"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["starts_at"], name="session_by_start")]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("capacity"),
                func="""
                IF NEW.capacity < (SELECT count(*) FROM training_booking WHERE session_id = NEW.id AND NOT walk_in
                    AND status IN ('booked', 'offered', 'attended', 'did_not_attend')) THEN
                    RAISE EXCEPTION 'more places of this session are taken than that' USING ERRCODE = 'check_violation';
                END IF;
                IF NEW.capacity < (SELECT sum(places) FROM training_keptplaces WHERE session_id = NEW.id) THEN
                    RAISE EXCEPTION 'more places of this session are kept than that' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            ),
            pgtrigger.Trigger(
                name="around_its_parts",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("starts_at", "ends_at"),
                func="""
                PERFORM 1 FROM training_sessionpart WHERE session_id = NEW.id
                    AND (starts_at < NEW.starts_at OR ends_at > NEW.ends_at);
                IF FOUND THEN
                    RAISE EXCEPTION 'a part of this session lies outside it' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {timezone.localtime(self.starts_at):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("training:session_page", kwargs={"pk": self.pk})

    @property
    def several_parts(self) -> list[Any]:
        """Its parts in order, where there are several."""
        parts = list(self.parts.all())
        return parts if len(parts) > 1 else []

    @property
    def is_open(self) -> bool:
        """Whether it can be booked, or a booking be cancelled, now."""
        return self.status == SessionStatus.OPEN and timezone.now() < self.cut_off_at

    @property
    def has_begun(self) -> bool:
        return timezone.now() >= self.starts_at


@tracked()
class SessionTrainer(models.Model):
    """Who gives a session and keeps its register."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="trainer_links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trainer_links")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "user"], name="session_trainer_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.session_id}"
