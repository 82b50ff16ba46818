"""What the team does with skills frameworks: bring in a version, join a renamed skill or role, publish, discard."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, WrongState, advance

from ..frameworks import Document, document_of, store
from ..models import (
    Course,
    CourseSkill,
    Framework,
    FrameworkRole,
    FrameworkVersion,
    Origin,
    RoleEntry,
    Skill,
    SkillEntry,
)


def framework_create(*, form: forms.ModelForm, by: Any) -> Framework:
    """A new framework, still without a version; one that a demonstration person makes is of the demonstration."""
    framework: Framework = form.instance
    framework.set_slugs(form.cleaned_data["title_en"], form.cleaned_data["title_cy"])
    framework.is_demo = by.is_demo
    with audited(by=by, why="framework created"):
        framework.save()
    return framework


def version_import(
    *, framework: Framework, document: Document, name: str, origin: str, source: str, by: Any
) -> FrameworkVersion:
    """A draft from a document. Raises Refused where the framework says the same already, or has a draft open."""
    with audited(by=by, why="framework imported"):
        Framework.objects.select_for_update().get(pk=framework.pk)
        versions = FrameworkVersion.objects.filter(framework=framework)
        same = versions.filter(fingerprint=document.fingerprint).first()
        if same is not None:
            raise Refused(_("This file says the same as version %(name)s. Nothing was changed.") % {"name": same.name})
        if versions.filter(name=name).exists():
            raise Refused(_("There is a version %(name)s already. Give this one another name.") % {"name": name})
        if versions.exclude(pk__in=versions.published().values("pk")).exists():
            raise Refused(_("There is a draft already. Publish or discard it first."))
        return store(document, framework=framework, name=name, origin=origin, source=source)


def version_publish(*, version: FrameworkVersion, by: Any) -> FrameworkVersion:
    """From now on this version holds, and changes no more. What is written here needs both languages."""

    def whole(row: FrameworkVersion) -> None:
        if row.origin == Origin.OWN and not document_of(row).in_both:
            raise Refused(_("A text of this version lacks its English or its Welsh."))
        row.published_at = timezone.now()

    return advance(version, "publish", by=by, also=whole)


def drafted(version: FrameworkVersion) -> FrameworkVersion:
    """The locked row of a draft. Raises WrongState for a published one."""
    row = version.lock()
    if row.is_published:
        raise WrongState(_("This version is published and changes no more."))
    return row


def version_discard(*, version: FrameworkVersion, by: Any) -> None:
    """A draft goes, with the skills and roles that only it had."""
    with audited(by=by, why="draft discarded"):
        row = drafted(version)
        framework = row.framework
        row.delete()
        remove_unused(framework)


def skill_join(*, version: FrameworkVersion, new: Skill, old: Skill, by: Any) -> None:
    """In this draft the skill `new` is the `old` one under another name."""
    with audited(by=by, why="skill renamed"):
        drafted(version)
        joined(SkillEntry.objects.filter(version=version), skill=(new, old))
        remove_unused(version.framework)


def role_join(*, version: FrameworkVersion, new: FrameworkRole, old: FrameworkRole, by: Any) -> None:
    """In this draft the role `new` is the `old` one under another name."""
    with audited(by=by, why="role renamed"):
        drafted(version)
        joined(RoleEntry.objects.filter(family__version=version), role=(new, old))
        remove_unused(version.framework)


def joined(entries: Any, **change: tuple[Model, Model]) -> None:
    """Move the entry of the one to the other, unless the version has that too."""
    [(name, (new, old))] = change.items()
    if entries.filter(**{name: old}).exists():
        raise Refused(_("This version has both of them."))
    entries.filter(**{name: new}).update(**{name: old})


def remove_unused(framework: Framework) -> None:
    """Skills and roles that no version has, and no course teaches."""
    Skill.objects.filter(framework=framework, entries=None, courses=None).delete()
    FrameworkRole.objects.filter(framework=framework, entries=None).delete()


def course_teaches(*, course: Course, levels: dict[int, int], by: Any) -> None:
    """The course teaches these skills (ids), each up to its level, and no other."""
    with audited(by=by, why="skills of the course stated"):
        taught = CourseSkill.objects.filter(course=course)
        taught.exclude(skill_id__in=levels).delete()
        known = dict(taught.values_list("skill_id", "level"))
        for skill, level in sorted(levels.items()):
            if known.get(skill) != level:
                CourseSkill.objects.update_or_create(course=course, skill_id=skill, defaults={"level": level})
