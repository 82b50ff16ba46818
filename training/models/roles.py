"""Roles and their levels, in the words of each version of their framework, and the skills that they ask for."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.history import tracked

from ..querysets import FrameworkRoleQuerySet
from .frameworks import Framework, FrameworkVersion, frozen
from .skills import Proficiency, SkillEntry

OF_ENTRY = "SELECT version_id FROM training_rolefamily WHERE id = {row}.family_id"
OF_ROLE_LEVEL = (
    "SELECT family.version_id FROM training_roleentry AS entry"
    " JOIN training_rolefamily AS family ON family.id = entry.family_id WHERE entry.id = {row}.entry_id"
)
OF_ROLE_SKILL = "SELECT version_id FROM training_skillentry WHERE id = {row}.skill_entry_id"


@tracked()
class RoleFamily(BilingualModel):
    """Roles of one kind, in one version."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="families")
    key = models.SlugField(max_length=120)
    title = Bilingual(label=_("Role family"), max_length=160)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "key"], name="role_family_once_a_version")
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(
            "{row}.version_id", "version_id", "key", "title_en", "title_cy", "position"
        )

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class FrameworkRole(SluggedModel):
    """A role, through all versions of its framework. `key` finds it again in the next file."""

    url_name = "training:role_page"
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="roles")
    key = models.SlugField(max_length=120)

    objects = FrameworkRoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["framework", "key"], name="framework_role_key_unique")
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class RoleEntry(BilingualModel):
    """What one version says of a role. `kind` is the file's role type, such as *specialist*."""

    family = models.ForeignKey(RoleFamily, on_delete=models.CASCADE, related_name="entries")
    role = models.ForeignKey(FrameworkRole, on_delete=models.PROTECT, related_name="entries")
    title = Bilingual(label=_("Role"), max_length=160)
    description = Bilingual(label=_("Role description"), blank=True)
    kind = Bilingual(label=_("Role type"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["family", "role"], name="role_entry_once_a_family")
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(
            OF_ENTRY,
            *("family_id", "role_id", "position"),
            *("title_en", "title_cy", "description_en", "description_cy", "kind_en", "kind_cy"),
        )

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class RoleLevel(BilingualModel):
    """A step of a role, the first below the next."""

    entry = models.ForeignKey(RoleEntry, on_delete=models.CASCADE, related_name="levels")
    key = models.SlugField(max_length=120)
    title = Bilingual(label=_("Role level"), max_length=160)
    description = Bilingual(label=_("Role level description"), blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "key"], name="role_level_once_a_role")
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(
            OF_ROLE_LEVEL,
            *("entry_id", "key", "position"),
            *("title_en", "title_cy", "description_en", "description_cy"),
        )

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class RoleSkill(models.Model):
    """A role, at one of its levels, asks for a skill at a level."""

    role_level = models.ForeignKey(RoleLevel, on_delete=models.CASCADE, related_name="skills")
    skill_entry = models.ForeignKey(SkillEntry, on_delete=models.CASCADE, related_name="asked")
    level = models.PositiveSmallIntegerField(_("Skill level"), choices=Proficiency.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["role_level", "skill_entry"], name="role_skill_asked_once"),
            models.CheckConstraint(name="role_skill_level_known", condition=Q(level__in=Proficiency.values)),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = frozen(OF_ROLE_SKILL, "role_level_id", "skill_entry_id", "level")

    def __str__(self) -> str:
        return f"{self.role_level}: {self.skill_entry}, {self.get_level_display()}"
