"""The framework for local government: from the files beside this module to a published version."""

from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import advance

from ..models import Framework, FrameworkVersion, Origin, Proficiency
from .document import Document, FamilyText, Pair, RoleText, SkillText, Step
from .storing import store

FOLDER = Path(__file__).parent / "local_government"
WHY = "loaded with the portal"


def load_supplied(by: Any = None) -> None:
    """Publish the version that the files name, unless the framework has it already."""
    about = read("framework")
    with audited(by=by, why=WHY):
        framework, _is_new = Framework.objects.update_or_create(
            slug_en=about["slug"]["en"],
            defaults={
                "slug_cy": about["slug"]["cy"],
                "title_en": about["title"]["en"],
                "title_cy": about["title"]["cy"],
                "summary_en": about["summary"]["en"],
                "summary_cy": about["summary"]["cy"],
            },
        )
        if not framework.versions.filter(name=about["version"]).exists():
            version = store(supplied(), framework=framework, name=about["version"], origin=Origin.OWN)
            advance(version, "publish", by=by, why=WHY, also=dated)


def dated(version: FrameworkVersion) -> None:
    version.published_at = timezone.now()


def supplied() -> Document:
    """What the files say. A role that asks for a skill which they do not have raises KeyError."""
    document = Document()
    for facts in read("skills"):
        skill = SkillText(text(facts, "title"), text(facts, "description"))
        skill.levels = {level.value: Pair(**words) for level, words in zip(Proficiency, facts["levels"], strict=True)}
        document.skills[skill.title.key] = skill
    for facts in read("roles")["families"]:
        family = FamilyText(text(facts, "title"))
        document.families[family.title.key] = family
        for told in facts["roles"]:
            role = RoleText(text(told, "title"), text(told, "description"), text(told, "kind"))
            family.roles[role.title.key] = role
            for level in told["levels"]:
                step = Step(text(level, "title"), text(level, "description"), level["skills"])
                role.steps[step.title.key] = step
    unknown = {key for role in document.roles.values() for step in role.steps.values() for key in step.skills}
    unknown -= set(document.skills)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return document


def read(name: str) -> Any:
    return yaml.load((FOLDER / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)  # ten times as quick


def text(facts: dict[str, Any], name: str) -> Pair:
    return Pair(facts[name]["en"], facts[name]["cy"])
