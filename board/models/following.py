"""What comes of a decision: actions, what their owners report, and the reminders that they got."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from fund.models import Bid
from organisations.models import Organisation
from projects.models import Deliverable, PlanChange, StatusUpdate
from training.models import Course
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets.actions import ActionQuerySet
from ..states.actions import ACTION, WAITING, ActionStatus
from .boards import Person
from .meetings import AgendaItem
from .outcomes import Outcome
from .triggers import outcome_of_its_item

COLOURS = {
    ActionStatus.OPEN: "grey",
    ActionStatus.UNDER_WAY: "yellow",
    ActionStatus.DONE: "green",
    ActionStatus.CLOSED: "",
    ActionStatus.DROPPED: "grey",
}


@tracked()
class Action(WorkflowModel, VersionedModel, BilingualModel):
    """Something that somebody does by a day because the board said so.

    The projects that it belongs to are its `BoardProject` rows. Its item's restriction is its own.
    """

    workflow = ACTION
    status = ACTION.field()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    text = Bilingual(label=_("Action"), max_length=500)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions", verbose_name=_("Owner"))
    due = models.DateField(_("Due"))
    done_on = models.DateField(_("Done on"), null=True, editable=False)
    bid = models.ForeignKey(
        Bid, null=True, blank=True, on_delete=models.PROTECT, related_name="board_actions", verbose_name=_("Bid")
    )
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="board_actions", verbose_name=_("Course")
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="board_actions",
        verbose_name=_("Council or partner body"),
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ACTION.constraint("action_status_known"),
            models.CheckConstraint(name="action_says_what", condition=~Q(text_en="") | ~Q(text_cy="")),
            models.CheckConstraint(
                name="action_done_says_when",
                condition=Q(status__in=[ActionStatus.DONE, ActionStatus.CLOSED], done_on__isnull=False)
                | (~Q(status__in=[ActionStatus.DONE, ActionStatus.CLOSED]) & Q(done_on=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due"], name="action_by_due")]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [outcome_of_its_item()]

    def __str__(self) -> str:
        return str(self.text)

    def get_absolute_url(self) -> str:
        return reverse("board:action_page", kwargs={"pk": self.pk})

    @property
    def tag(self) -> SafeString:
        """Its status, coloured; overdue before that, where it is."""
        if self.is_overdue:
            return tag(pgettext("of an action", "Overdue"), "red")
        return tag(self.get_status_display(), COLOURS[ActionStatus(self.status)])

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_overdue(self) -> bool:
        """Not reported done, and its day is past."""
        return self.is_waiting and self.due < timezone.localdate()


@tracked()
class Evidence(BilingualModel):
    """What the owner says of an action, with what shows it: a change of the plan, an update, a result, an address."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    text = Bilingual(label=_("What was done"), max_length=2000)
    change = models.ForeignKey(
        PlanChange,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="board_evidence",
        verbose_name=_("Change of the delivery plan"),
    )
    update = models.ForeignKey(
        StatusUpdate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="board_evidence",
        verbose_name=_("Status update"),
    )
    deliverable = models.ForeignKey(
        Deliverable,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="board_evidence",
        verbose_name=_("Result"),
    )
    link = models.URLField(_("Address of the evidence"), blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="evidence_says_what", condition=~Q(text_en="") | ~Q(text_cy="")),
        ]

    def __str__(self) -> str:
        return str(self.text)


class ActionReminder(models.Model):
    """That a person was reminded of their actions on a day: the next reminder waits a week."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_reminders")
    day = models.DateField(default=timezone.localdate)
    actions = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "day"], name="actionreminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.day}"
