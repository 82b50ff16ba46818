"""Skills frameworks as versioned data: what a skill means at each level, and what each role asks for.

A `Skill` and a `FrameworkRole` stay the same through the versions of their framework; what a version says of them
stands in its entries. A published version is frozen, so that an assessment made against it stays readable.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import FrameworkQuerySet, FrameworkVersionQuerySet
from ..states import FRAMEWORK_VERSION, FrameworkVersionStatus


class Origin(models.TextChoices):
    """Where the words of a version come from. What comes from outside may lack a language."""

    OWN = "own", pgettext_lazy("skills framework", "Written for Welsh councils")
    OUTSIDE = "outside", pgettext_lazy("skills framework", "Published by somebody else")


def frozen(version: str, *columns: str) -> list[pgtrigger.Trigger]:
    """Triggers that keep the rows of a published version as they are; `version` is SQL for its id, of `{row}`."""
    check = """
    PERFORM 1 FROM training_frameworkversion WHERE id = ({version}) AND status = 'published';
    IF FOUND THEN
        RAISE EXCEPTION 'this version of the framework is published' USING ERRCODE = 'check_violation';
    END IF;
    """
    old, new = (check.format(version=version.format(row=row)) for row in ("OLD", "NEW"))
    return [
        pgtrigger.Trigger(
            name="frozen_new", when=pgtrigger.Before, operation=pgtrigger.Insert, func=new + "RETURN NEW;"
        ),
        pgtrigger.Trigger(
            name="frozen_change",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf(*columns),
            func=old + new + "RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="frozen_gone", when=pgtrigger.Before, operation=pgtrigger.Delete, func=old + "RETURN OLD;"
        ),
    ]


# A version written here is published in both languages, every one of its rows.
IN_BOTH = """
IF NEW.origin = 'own' AND (
    EXISTS (SELECT 1 FROM training_rolefamily WHERE version_id = NEW.id AND (title_en = '' OR title_cy = ''))
    OR EXISTS (SELECT 1 FROM training_roleentry AS entry JOIN training_rolefamily AS family ON family.id = family_id
        WHERE version_id = NEW.id AND '' IN (entry.title_en, entry.title_cy, description_en, description_cy))
    OR EXISTS (SELECT 1 FROM training_rolelevel AS level JOIN training_roleentry AS entry ON entry.id = level.entry_id
        JOIN training_rolefamily AS family ON family.id = entry.family_id WHERE version_id = NEW.id
        AND '' IN (level.title_en, level.title_cy, level.description_en, level.description_cy))
    OR EXISTS (SELECT 1 FROM training_skillentry WHERE version_id = NEW.id
        AND '' IN (title_en, title_cy, description_en, description_cy))
    OR EXISTS (SELECT 1 FROM training_skilllevel AS level JOIN training_skillentry AS entry ON entry.id = entry_id
        WHERE version_id = NEW.id AND '' IN (level.description_en, level.description_cy))
) THEN
    RAISE EXCEPTION 'a text of this version lacks a language' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


@tracked()
class Framework(SluggedModel, BilingualModel):
    """A way of saying which skills which roles need. Its newest published version holds."""

    url_name = "training:framework_page"
    title = Bilingual(label=_("Title"), max_length=160, sort=True)
    summary = Bilingual(label=_("Summary"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="framework_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class FrameworkVersion(WorkflowModel):
    """One edition of a framework. `fingerprint` is of all its content: the same file twice makes no second version."""

    workflow = FRAMEWORK_VERSION
    status = FRAMEWORK_VERSION.field()
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(pgettext_lazy("version", "Name"), max_length=40)
    origin = models.CharField(_("Where it comes from"), max_length=7, choices=Origin.choices)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            FRAMEWORK_VERSION.constraint("framework_version_status_known"),
            models.UniqueConstraint(fields=["framework", "number"], name="framework_version_number_unique"),
            models.UniqueConstraint(fields=["framework", "name"], name="framework_version_name_unique"),
            models.UniqueConstraint(fields=["framework", "fingerprint"], name="framework_version_says_something_new"),
            models.CheckConstraint(name="framework_version_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="framework_version_published_has_its_day",
                condition=Q(status=FrameworkVersionStatus.PUBLISHED, published_at__isnull=False)
                | (~Q(status=FrameworkVersionStatus.PUBLISHED) & Q(published_at=None)),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="in_both",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status=FrameworkVersionStatus.PUBLISHED),
                func=IN_BOTH,
            ),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=FrameworkVersionStatus.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("training:framework_version", kwargs={"slug": self.framework.slug, "number": self.number})

    @property
    def is_published(self) -> bool:
        return self.status == FrameworkVersionStatus.PUBLISHED
