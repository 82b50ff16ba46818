"""How skills frameworks are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef, Subquery

from accounts.roles import Role, roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import FrameworkVersionStatus

if TYPE_CHECKING:
    from ..models import CourseSkill, Framework, FrameworkRole, FrameworkVersion, Skill


class FrameworkQuerySet(models.QuerySet["Framework"]):
    """Frameworks are public once a version of them is published; the team sees the others."""

    def visible_to(self, user: Any) -> "FrameworkQuerySet":
        from ..models import FrameworkVersion

        shown = self if settings.DEMO else self.filter(is_demo=False)
        if roles_of(user).has(Role.TEAM):
            return shown
        return shown.filter(Exists(FrameworkVersion.objects.published().filter(framework=OuterRef("pk"))))

    def by_title(self) -> "FrameworkQuerySet":
        """By the page's alphabet; those of the demonstration last."""
        return self.order_by("is_demo", sort_column("title"))


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Published versions are public; a draft is the team's."""

    def visible_to(self, user: Any) -> "FrameworkVersionQuerySet":
        shown = self if settings.DEMO else self.filter(framework__is_demo=False)
        return shown if roles_of(user).has(Role.TEAM) else shown.published()

    def published(self) -> "FrameworkVersionQuerySet":
        return self.filter(status=FrameworkVersionStatus.PUBLISHED)

    def current(self) -> "FrameworkVersionQuerySet":
        """The newest published version of each framework."""
        newest = self.model.objects.published().filter(framework=OuterRef("framework")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def before(self, version: "FrameworkVersion") -> "FrameworkVersion | None":
        """The published version that this one follows."""
        earlier = self.published().filter(framework=version.framework_id, number__lt=version.number)
        return earlier.order_by("-number").first()

    def next_number(self, framework: "Framework") -> int:
        return int(self.filter(framework=framework).aggregate(last=Max("number"))["last"] or 0) + 1


class FrameworkRoleQuerySet(models.QuerySet["FrameworkRole"]):
    """Roles that a version which one sees has."""

    def visible_to(self, user: Any) -> "FrameworkRoleQuerySet":
        from ..models import FrameworkVersion, RoleEntry

        seen = FrameworkVersion.objects.visible_to(user).values("pk")
        entries = RoleEntry.objects.filter(role=OuterRef("pk"), family__version__in=seen)
        return self.filter(Exists(entries)).select_related("framework")


class SkillQuerySet(models.QuerySet["Skill"]):
    """Skills that a version which one sees has."""

    def visible_to(self, user: Any) -> "SkillQuerySet":
        from ..models import FrameworkVersion, SkillEntry

        seen = FrameworkVersion.objects.visible_to(user).values("pk")
        entries = SkillEntry.objects.filter(skill=OuterRef("pk"), version__in=seen)
        return self.filter(Exists(entries)).select_related("framework")


class CourseSkillQuerySet(models.QuerySet["CourseSkill"]):
    """What courses teach."""

    def shown(self) -> "CourseSkillQuerySet":
        """Of the courses that are shown."""
        shown = self if settings.DEMO else self.filter(course__is_demo=False)
        return shown.select_related("course")

    def by_level(self) -> "CourseSkillQuerySet":
        """The lowest level first, then by the title of the course."""
        return self.order_by("level", f"course__{sort_column('title')}", "pk")

    def worded(self) -> "CourseSkillQuerySet":
        """Adds `skill_en` and `skill_cy`: the skill in the words of the newest version that has it; in their order."""
        from ..models import SkillEntry

        entries = SkillEntry.objects.filter(skill=OuterRef("skill"), version__status=FrameworkVersionStatus.PUBLISHED)
        newest = entries.order_by("-version__number")
        return (
            self.annotate(
                skill_en=Subquery(newest.values("title_en")[:1]),
                skill_cy=Subquery(newest.values("title_cy")[:1]),
                skill_sort=Subquery(newest.values(sort_column("title"))[:1]),
            )
            .select_related("skill")
            .order_by("skill_sort", "pk")
        )
