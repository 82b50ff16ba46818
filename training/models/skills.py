"""Skills, in the words of each version of their framework, and what courses teach of them."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, Text
from wlga_portal.kernel.history import tracked

from ..querysets import CourseSkillQuerySet, SkillQuerySet
from .catalogue import Course
from .frameworks import Framework, FrameworkVersion, frozen

OF_SKILL_LEVEL = "SELECT version_id FROM training_skillentry WHERE id = {row}.entry_id"


class Proficiency(models.IntegerChoices):
    """The four levels of a skill."""

    AWARENESS = 1, pgettext_lazy("level of a skill", "Awareness")
    WORKING = 2, pgettext_lazy("level of a skill", "Working")
    PRACTITIONER = 3, pgettext_lazy("level of a skill", "Practitioner")
    EXPERT = 4, pgettext_lazy("level of a skill", "Expert")


@tracked()
class Skill(SluggedModel):
    """A skill, through all versions of its framework. `key` finds it again in the next file."""

    url_name = "training:skill_page"
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="skills")
    key = models.SlugField(max_length=120)

    objects = SkillQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["framework", "key"], name="skill_key_unique")
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class SkillEntry(BilingualModel):
    """What one version says of a skill."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="skill_entries")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="entries")
    title = Bilingual(label=_("Skill"), max_length=160, sort=True)
    description = Bilingual(label=_("Skill description"), blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "skill"], name="skill_entry_once_a_version")
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(
            "{row}.version_id",
            *("version_id", "skill_id", "title_en", "title_cy", "description_en", "description_cy"),
        )

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class SkillLevel(BilingualModel):
    """What somebody at one level of a skill can do."""

    entry = models.ForeignKey(SkillEntry, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("Skill level"), choices=Proficiency.choices)
    description = Bilingual(label=_("Skill level description"))

    class Meta:
        ordering: ClassVar[list[str]] = ["level"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "level"], name="skill_level_described_once"),
            models.CheckConstraint(name="skill_level_known", condition=Q(level__in=Proficiency.values)),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(
            OF_SKILL_LEVEL, "entry_id", "level", "description_en", "description_cy"
        )

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_level_display()}"


@tracked()
class CourseSkill(models.Model):
    """A course teaches a skill, up to this level."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="courses")
    level = models.PositiveSmallIntegerField(_("Up to level"), choices=Proficiency.choices)

    objects = CourseSkillQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "skill"], name="course_skill_taught_once"),
            models.CheckConstraint(name="course_skill_level_known", condition=Q(level__in=Proficiency.values)),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.skill}, {self.get_level_display()}"

    @property
    def skill_text(self) -> Text:
        """The skill's title, after `worded`."""
        worded: Any = self
        return Text(worded.skill_en, worded.skill_cy)
