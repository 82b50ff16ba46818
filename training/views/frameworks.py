"""Skills frameworks as everybody reads them: families, roles with their pathways, skills with their levels."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages

from .. import rules
from ..frameworks import changes_between, csv_rows, document_of
from ..gaps import described, lines_of, next_step, pathway_of
from ..models import (
    CourseSkill,
    Framework,
    FrameworkRole,
    FrameworkVersion,
    RoleEntry,
    RoleSkill,
    Skill,
    SkillAssessment,
    SkillEntry,
)
from .heatmap import heat_councils


def find_framework(request: HttpRequest, slug: str) -> Framework:
    return Framework.find(Framework.objects.visible_to(request.user), slug)


def find_version(request: HttpRequest, slug: str, number: int) -> FrameworkVersion:
    framework = find_framework(request, slug)
    return (
        FrameworkVersion.objects.visible_to(request.user)
        .select_related("framework")
        .get(framework=framework, number=number)
    )


def find_role(request: HttpRequest, slug: str) -> FrameworkRole:
    return FrameworkRole.find(FrameworkRole.objects.visible_to(request.user), slug)


def find_skill(request: HttpRequest, slug: str) -> Skill:
    return Skill.find(Skill.objects.visible_to(request.user), slug)


def newest(request: HttpRequest, framework: Framework) -> FrameworkVersion | None:
    return FrameworkVersion.objects.visible_to(request.user).current().filter(framework=framework).first()


@screen(public=True)
def skills_front(request: HttpRequest) -> HttpResponse:
    """The frameworks, one's own next step, and the heat maps."""
    frameworks = Framework.objects.visible_to(request.user).by_title()
    assesses = rules.assesses(request.user)
    latest = SkillAssessment.objects.of(request.user).with_all().first() if assesses else None
    return page(
        request,
        "training/skills_front.html",
        {
            "frameworks": frameworks,
            "assesses": assesses,
            "latest": latest,
            "next": next_step(lines_of(latest)) if latest is not None else None,
            "waiting": SkillAssessment.objects.to_agree(request.user).count() if assesses else 0,
            "councils": heat_councils(request.user),
            "may_plan": rules.plans(request.user),
        },
    )


def version_context(request: HttpRequest, version: FrameworkVersion) -> dict[str, Any]:
    """What one version says: families with roles, skills by their title, and what moved since the one before."""
    before = FrameworkVersion.objects.before(version)
    return {
        "framework": version.framework,
        "version": version,
        "families": version.families.order_by("position", "pk").prefetch_related("entries__role", "entries__levels"),
        "skills": SkillEntry.objects.filter(version=version).select_related("skill").order_by(sort_column("title")),
        "before": before,
        "changes": changes_between(document_of(before), document_of(version)) if before else None,
        "may_keep": rules.framework_keep(request.user, version.framework),
        "demonstration": version.framework.is_demo,
    }


@screen(public=True, find=find_framework)
def framework_page(request: HttpRequest, framework: Framework) -> HttpResponse:
    """A framework in its newest version."""
    set_languages(request, framework)
    version = newest(request, framework)
    context = version_context(request, version) if version else {}
    keeps = rules.framework_keep(request.user, framework)
    versions = FrameworkVersion.objects.visible_to(request.user).filter(framework=framework).order_by("-number")
    return page(
        request,
        "training/framework_page.html",
        {**context, "framework": framework, "versions": versions, "front": True, "may_keep": keeps},
    )


@screen(public=True, find=find_version)
def framework_version(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """One version, as it was or will be, with what moved."""
    set_addresses(request, "training:framework_version", slug=version.framework, number=version.number)
    context = version_context(request, version)
    return page(request, "training/framework_page.html", context)


@screen(public=True, find=find_version, methods=("GET", "HEAD"))
def framework_file(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """A version as CSV, in the shape that the portal imports."""
    return csv_response(f"{version.framework.slug_en}-{version.name}", csv_rows(document_of(version)))


def version_of(request: HttpRequest, entries: Any, versions: str) -> Any:
    """The entry of the version that `?version=` names, else of the newest published one, else of the last."""
    seen = FrameworkVersion.objects.visible_to(request.user)
    shown = entries.filter(**{f"{versions}__in": seen.values("pk")}).order_by(f"-{versions}__number")
    asked = request.GET.get("version", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        entry = shown.filter(**{f"{versions}__number": int(asked)}).first()
    else:
        published = shown.filter(**{f"{versions}__in": seen.published().values("pk")})
        entry = published.first() or shown.first()
    if entry is None:
        raise Http404
    return entry


@screen(public=True, find=find_role)
def role_page(request: HttpRequest, role: FrameworkRole) -> HttpResponse:
    """A role: its levels, what each asks for, and the courses that lead from level to level."""
    set_languages(request, role)
    entries = RoleEntry.objects.filter(role=role).select_related("family__version__framework")
    entry = version_of(request, entries, "family__version")
    pathway = pathway_of(entry)
    asked: dict[Any, dict[int, Any]] = {}
    rows = RoleSkill.objects.filter(role_level__entry=entry).select_related("skill_entry__skill")
    for one in rows.order_by(f"skill_entry__{sort_column('title')}"):
        asked.setdefault(one.skill_entry, {})[one.role_level_id] = one.get_level_display()
    steps = [step for step, _climbs in pathway]
    return page(
        request,
        "training/role_page.html",
        {
            "role": role,
            "entry": entry,
            "version": entry.family.version,
            "is_newest": entry.family.version == newest(request, role.framework),
            "steps": steps,
            "asked": [(skill, [(step.title, at.get(step.pk, "")) for step in steps]) for skill, at in asked.items()],
            "pathway": pathway,
            "assesses": rules.assesses(request.user),
            "demonstration": role.framework.is_demo,
        },
    )


@screen(public=True, find=find_skill)
def skill_page(request: HttpRequest, skill: Skill) -> HttpResponse:
    """A skill: its four levels, the courses that teach it, and the roles that ask for it."""
    set_languages(request, skill)
    entries = SkillEntry.objects.filter(skill=skill).select_related("version__framework").prefetch_related("levels")
    entry = version_of(request, entries, "version")
    asked = RoleSkill.objects.filter(skill_entry=entry).select_related("role_level__entry__role")
    return page(
        request,
        "training/skill_page.html",
        {
            "skill": skill,
            "entry": entry,
            "version": entry.version,
            "is_newest": entry.version == newest(request, skill.framework),
            "levels": described(entry),
            "courses": CourseSkill.objects.shown().filter(skill=skill).by_level(),
            "roles": asked.order_by(
                "role_level__entry__family__position", "role_level__entry__position", "role_level__position"
            ),
            "demonstration": skill.framework.is_demo,
        },
    )
