"""Lists of attendance that come as files: each has its source, its rows with what was found, and can be undone."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import ImportQuerySet, ImportRowQuerySet
from ..states import IMPORT, ImportStatus
from .bookings import Booking
from .catalogue import Mode, Session, SessionLanguage
from .people import Learner


class Outcome(models.TextChoices):
    """What the check found of one row."""

    NEW = "new", pgettext_lazy("row of a file", "New")
    MATCHED = "matched", pgettext_lazy("row of a file", "Matched")
    DOUBTFUL = "doubtful", pgettext_lazy("row of a file", "Doubtful")
    HELD = "held", pgettext_lazy("row of a file", "Held already")
    WRONG = "wrong", pgettext_lazy("row of a file", "Wrong")


GOOD = (Outcome.NEW, Outcome.MATCHED, Outcome.DOUBTFUL)


@tracked()
class ImportSource(models.Model):
    """Where files come from: `columns` gives the heading in its files of each field, chosen once.

    `mode` and `language` hold for sessions that a file makes, where no column says it.
    """

    name = models.CharField(_("Name of the source"), max_length=120)
    columns: Any = models.JSONField(default=dict)
    mode = models.CharField(_("In person or online"), max_length=10, choices=Mode.choices, blank=True)
    language = models.CharField(_("Language"), max_length=4, choices=SessionLanguage.choices, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "is_demo"], name="import_source_named_once"),
            models.CheckConstraint(name="import_source_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="import_source_mode_known", condition=Q(mode__in=["", *Mode.values])),
            models.CheckConstraint(
                name="import_source_language_known", condition=Q(language__in=["", *SessionLanguage.values])
            ),
        ]

    def __str__(self) -> str:
        return self.name


def upload_path(batch: "Import", filename: str) -> str:
    return f"imports/{batch.digest[:16]}.{batch.format}"


@tracked(exclude=("filename", "file"))
class Import(WorkflowModel):
    """One file: read and checked first, row by row, and put into the register when somebody says so.

    `done` of `total` rows is how far the work of the moment is. `expected` holds what the worker could not do.
    """

    workflow = IMPORT
    status = IMPORT.field()
    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="imports", verbose_name=_("Source"))
    filename = models.CharField(_("File"), max_length=120, blank=True)
    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    digest = models.CharField(max_length=64)
    file: Any = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(pgettext_lazy("import", "Sent on"), auto_now_add=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            IMPORT.constraint("import_status_known"),
            models.CheckConstraint(name="import_format_known", condition=Q(format__in=["csv", "xlsx"])),
            models.CheckConstraint(
                name="import_failed_says_why", condition=~Q(status=ImportStatus.FAILED) | ~Q(problem="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.filename}" if self.filename else str(self.source)

    def get_absolute_url(self) -> str:
        return reverse("training:import_page", kwargs={"pk": self.pk})

    @property
    def is_working(self) -> bool:
        """Whether the worker has it in hand."""
        return self.status in {ImportStatus.READING, ImportStatus.RUNNING, ImportStatus.UNDOING}


class ImportRow(models.Model):
    """One row of a file: its texts, what the check found, and what it made. Without history: it holds names.

    `problems` is a list of codes with the text that they are about. `before` is the status of a booking that was there
    before this row marked it. The texts go after 90 days (`retention.py`).
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("Row"))
    data: Any = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    problems: Any = models.JSONField(default=list)
    learner = models.ForeignKey(Learner, null=True, on_delete=models.SET_NULL, related_name="import_rows")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="import_rows")
    booking = models.ForeignKey(Booking, null=True, on_delete=models.SET_NULL, related_name="import_rows")
    made_learner = models.BooleanField(default=False)
    made_session = models.BooleanField(default=False)
    before = models.CharField(max_length=20, blank=True)
    applied_at = models.DateTimeField(null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(name="import_row_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="import_row_wrong_says_why", condition=~Q(outcome=Outcome.WRONG) | ~Q(problems=[])
            ),
            models.CheckConstraint(
                name="import_row_wrong_stays_out", condition=~Q(outcome=Outcome.WRONG) | Q(applied_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"
