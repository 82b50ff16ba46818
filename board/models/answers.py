"""What members say before a meeting: whether they come, who comes for them, what they answer in writing."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.history import tracked

from ..querysets.answers import SubstituteQuerySet
from .boards import Person, Seat, term
from .meetings import AgendaItem, Meeting


@tracked()
class Substitute(models.Model):
    """Somebody who may come for the holder of a seat, from a day, until a day (both included) or without an end."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="substitutes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    starts = models.DateField(pgettext_lazy("term of a seat", "From"))
    ends = models.DateField(pgettext_lazy("term of a seat", "Until"), null=True, blank=True)

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["seat", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="substitute_dates_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))),
            ExclusionConstraint(
                name="substitute_once_at_once",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (term(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Answer(models.TextChoices):
    """Whether a member comes."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", pgettext_lazy("coming to a meeting", "Online")
    APOLOGIES = "apologies", _("Apologies")
    SUBSTITUTE = "substitute", _("A substitute comes")


class Speaks(models.TextChoices):
    """The language that a member means to speak at the meeting."""

    UNSAID = "", _("Not said")
    WELSH = "cy", _("Welsh")
    ENGLISH = "en", _("English")
    BOTH = "both", _("Welsh and English")


@tracked()
class Response(models.Model):
    """What the holder of a seat answered to a meeting; the secretariat may write it down for them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(_("Are you coming?"), max_length=10, choices=Answer.choices)
    substitute = models.ForeignKey(
        Substitute,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
        verbose_name=_("Who comes for you"),
    )
    speaks = models.CharField(
        _("Language that you mean to speak"), max_length=4, choices=Speaks.choices, default=Speaks.UNSAID, blank=True
    )
    interpretation = models.BooleanField(_("I would like interpretation"), default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_responses", editable=False
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="response_once"),
            models.CheckConstraint(name="response_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(name="response_language_known", condition=Q(speaks__in=Speaks.values)),
            models.CheckConstraint(
                name="response_names_its_substitute",
                condition=Q(answer=Answer.SUBSTITUTE, substitute__isnull=False)
                | (~Q(answer=Answer.SUBSTITUTE) & Q(substitute=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.answer}"


class InWriting(models.TextChoices):
    """A member's answer to an item that is decided by correspondence."""

    AGREE = "agree", _("I agree")
    DISAGREE = "disagree", _("I do not agree")
    MEET = "meet", _("I ask for a meeting about it")


@tracked()
class WrittenAnswer(models.Model):
    """The answer from a seat to an item of a decision by correspondence, with what its holder adds."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="written_answers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="written_answers")
    answer = models.CharField(_("Your answer"), max_length=8, choices=InWriting.choices)
    comment = models.CharField(_("What you would add"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="written_answers", editable=False
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "seat"], name="written_answer_once"),
            models.CheckConstraint(name="written_answer_known", condition=Q(answer__in=InWriting.values)),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.answer}"
