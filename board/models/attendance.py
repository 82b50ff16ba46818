"""The day of a meeting: who came, who left when, and which interests they declared."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked

from ..querysets.attendance import AttendanceQuerySet, DeclarationQuerySet
from .boards import Person, Seat
from .meetings import AgendaItem, Meeting
from .triggers import item_of_its_meeting, seat_of_its_board


class Presence(models.TextChoices):
    """Whether somebody was there."""

    IN_PERSON = "in_person", pgettext_lazy("attendance", "In person")
    ONLINE = "online", pgettext_lazy("attendance", "Online")
    APOLOGIES = "apologies", pgettext_lazy("attendance", "Apologies")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


THERE = (Presence.IN_PERSON, Presence.ONLINE)


class Capacity(models.TextChoices):
    """As what somebody was there."""

    MEMBER = "member", pgettext_lazy("capacity at a meeting", "Member")
    SUBSTITUTE = "substitute", pgettext_lazy("capacity at a meeting", "Substitute")
    ATTENDEE = "attendee", pgettext_lazy("capacity at a meeting", "In attendance")


@tracked()
class Attendance(models.Model):
    """One person at one meeting. `seat`: the place that they hold, or that of the member whom they replace.

    A person with no row is not recorded yet: that is not the same as absent.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    capacity = models.CharField(_("As"), max_length=10, choices=Capacity.choices, default=Capacity.MEMBER)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(_("Attendance"), max_length=9, choices=Presence.choices)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="attendance_presence_known", condition=Q(presence__in=Presence.values)),
            models.CheckConstraint(name="attendance_capacity_known", condition=Q(capacity__in=Capacity.values)),
            models.CheckConstraint(
                name="attendance_seat_for_members_and_substitutes",
                condition=Q(capacity=Capacity.ATTENDEE, seat=None)
                | (~Q(capacity=Capacity.ATTENDEE) & Q(seat__isnull=False)),
            ),
            models.CheckConstraint(
                name="attendance_others_are_there",
                condition=Q(capacity=Capacity.MEMBER) | Q(presence__in=[str(one) for one in THERE]),
            ),
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_person_once"),
            models.UniqueConstraint(fields=["meeting", "seat", "capacity"], name="attendance_seat_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [seat_of_its_board()]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_presence_display()}"

    @property
    def is_there(self) -> bool:
        return self.presence in THERE


class MovementKind(models.TextChoices):
    """Somebody came after the beginning, or went before the end."""

    ARRIVED = "arrived", pgettext_lazy("at a meeting", "Arrived")
    LEFT = "left", pgettext_lazy("at a meeting", "Left")


@tracked()
class Movement(models.Model):
    """An arrival or a departure before an item was taken: whoever left is away for that item and those after it."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="movements")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("What happened"), max_length=7, choices=MovementKind.choices)
    at = models.TimeField(pgettext_lazy("of a movement", "Time"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="movement_kind_known", condition=Q(kind__in=MovementKind.values)),
            models.UniqueConstraint(fields=["attendance", "item"], name="movement_once_for_an_item"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [item_of_its_meeting()]

    def __str__(self) -> str:
        return f"{self.attendance.person}: {self.get_kind_display()}, {self.item}"


class DeclarationKind(models.TextChoices):
    """What a declared interest means for the item. Members' code of conduct: personal, or prejudicial."""

    PERSONAL = "personal", pgettext_lazy("interest", "Personal interest: stays")
    PREJUDICIAL = "prejudicial", pgettext_lazy("interest", "Prejudicial interest: leaves")
    DISPENSATION = "dispensation", pgettext_lazy("interest", "Prejudicial interest with a dispensation: stays")


@tracked()
class Declaration(BilingualModel):
    """An interest that somebody declared in an item. A prejudicial one closes the item's restricted papers to them.

    It may be made before the meeting. `granted`: who gave the dispensation, and when or under which number.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(
        _("Kind of interest"), max_length=12, choices=DeclarationKind.choices, default=DeclarationKind.PERSONAL
    )
    nature = Bilingual(label=_("Nature of the interest"), max_length=300)
    granted = models.CharField(_("Dispensation granted by"), max_length=160, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="declaration_kind_known", condition=Q(kind__in=DeclarationKind.values)),
            models.CheckConstraint(name="declaration_says_its_nature", condition=~Q(nature_en="") | ~Q(nature_cy="")),
            models.CheckConstraint(
                name="declaration_dispensation_is_granted",
                condition=Q(kind=DeclarationKind.DISPENSATION) & ~Q(granted="")
                | ~Q(kind=DeclarationKind.DISPENSATION) & Q(granted=""),
            ),
            models.UniqueConstraint(fields=["item", "person"], name="declaration_once_for_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def leaves(self) -> bool:
        """Whether the person leaves for the item."""
        return self.kind == DeclarationKind.PREJUDICIAL
