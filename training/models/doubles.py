"""Learners who may be one person: each doubt stands side by side, and a merge is a decision that can be taken back."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import DoubleQuerySet
from ..states import DOUBLE
from .people import Learner


class Reason(models.TextChoices):
    """Why two learners may be one person."""

    NAME = "name", _("The same name")
    NEAR = "near", _("Nearly the same name in one council")
    ADDRESS = "address", _("The same first part of the address")
    SAID = "said", _("Somebody said so")


# One component at a time: each learner says which is the first of those who are (or may be) the same person.
COMPONENT = """
    WITH RECURSIVE reach(id) AS (
        SELECT seed
        UNION
        SELECT other.id FROM reach CROSS JOIN LATERAL (
            SELECT second_id AS id FROM training_double WHERE first_id = reach.id AND status IN ({statuses})
            UNION ALL
            SELECT first_id FROM training_double WHERE second_id = reach.id AND status IN ({statuses})
        ) AS other
    )
    UPDATE training_learner SET {column} = nullif((SELECT min(id) FROM reach), training_learner.id)
    WHERE id IN (SELECT id FROM reach)
        AND {column} IS DISTINCT FROM nullif((SELECT min(id) FROM reach), training_learner.id);
"""
ROOTS = f"""
PERFORM pg_advisory_xact_lock(hashtext('training_double'));
FOREACH seed IN ARRAY CASE WHEN TG_OP = 'DELETE' THEN ARRAY[OLD.first_id, OLD.second_id]
    ELSE ARRAY[NEW.first_id, NEW.second_id] END
LOOP
{COMPONENT.format(column="person_id", statuses="'same'")}
{COMPONENT.format(column="perhaps_id", statuses="'same', 'open'")}
END LOOP;
RETURN NULL;
"""


@tracked()
class Double(WorkflowModel):
    """Two learners who may be one person. While it is *open*, unique counts are a range.

    `same` merges them: their bookings stay where they are, and both count as one person; taking it back loses nothing.
    The database keeps `Learner.person` and `Learner.perhaps` true to these rows.
    """

    workflow = DOUBLE
    status = DOUBLE.field()
    first = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("Why they may be one person"), max_length=7, choices=Reason.choices)
    found_at = models.DateTimeField(pgettext_lazy("double", "Found"), auto_now_add=True)

    objects = DoubleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            DOUBLE.constraint("double_status_known"),
            models.CheckConstraint(name="double_reason_known", condition=Q(reason__in=Reason.values)),
            models.CheckConstraint(name="double_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second"], name="double_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="roots",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status") | pgtrigger.Delete,
                declare=[("seed", "bigint")],
                func=ROOTS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("training:double_page", kwargs={"pk": self.pk})
