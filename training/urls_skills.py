"""Addresses of skills: frameworks, assessments, heat maps; each word in its own language."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import assessments, framework_versions, frameworks, heatmap

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "skills/"), frameworks.skills_front, name="skills_front"),
    path(pgettext_lazy("url", "skills/roles/<slug:slug>/"), frameworks.role_page, name="role_page"),
    path(pgettext_lazy("url", "skills/skills/<slug:slug>/"), frameworks.skill_page, name="skill_page"),
    path(pgettext_lazy("url", "skills/new-framework/"), framework_versions.framework_create, name="framework_create"),
    path(pgettext_lazy("url", "skills/frameworks/<slug:slug>/"), frameworks.framework_page, name="framework_page"),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/import/"),
        framework_versions.framework_import,
        name="framework_import",
    ),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/<int:number>/"),
        frameworks.framework_version,
        name="framework_version",
    ),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/<int:number>/framework.csv"),
        frameworks.framework_file,
        name="framework_file",
    ),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/<int:number>/renames/"),
        framework_versions.framework_renames,
        name="framework_renames",
    ),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/<int:number>/publish/"),
        framework_versions.framework_publish,
        name="framework_publish",
    ),
    path(
        pgettext_lazy("url", "skills/frameworks/<slug:slug>/<int:number>/discard/"),
        framework_versions.framework_discard,
        name="framework_discard",
    ),
    path(pgettext_lazy("url", "courses/<slug:slug>/skills/"), framework_versions.course_skills, name="course_skills"),
    path(pgettext_lazy("url", "my-skills/"), assessments.assessment_own, name="assessment_own"),
    path(pgettext_lazy("url", "my-skills/new/"), assessments.assessment_create, name="assessment_create"),
    path(pgettext_lazy("url", "my-team-skills/"), assessments.assessment_agree_list, name="assessment_agree_list"),
    path(pgettext_lazy("url", "my-skills/<int:pk>/"), assessments.assessment_page, name="assessment_page"),
    path(pgettext_lazy("url", "my-skills/<int:pk>/levels/"), assessments.assessment_edit, name="assessment_edit"),
    path(
        pgettext_lazy("url", "my-skills/<int:pk>/levels/draft/"), assessments.assessment_draft, name="assessment_draft"
    ),
    path(
        pgettext_lazy("url", "my-skills/<int:pk>/levels/discard/"),
        assessments.assessment_discard,
        name="assessment_discard",
    ),
    path(pgettext_lazy("url", "my-skills/<int:pk>/send/"), assessments.assessment_share, name="assessment_share"),
    path(
        pgettext_lazy("url", "my-skills/<int:pk>/take-back/"),
        assessments.assessment_withdraw,
        name="assessment_withdraw",
    ),
    path(pgettext_lazy("url", "my-skills/<int:pk>/delete/"), assessments.assessment_delete, name="assessment_delete"),
    path(pgettext_lazy("url", "my-skills/<int:pk>/agree/"), assessments.assessment_agree, name="assessment_agree"),
    path(
        pgettext_lazy("url", "my-skills/<int:pk>/give-back/"), assessments.assessment_return, name="assessment_return"
    ),
    path(pgettext_lazy("url", "skills/heat-map/"), heatmap.heatmap_page, name="heatmap_page"),
    path(pgettext_lazy("url", "skills/heat-map/<slug:slug>/"), heatmap.heatmap_council, name="heatmap_council"),
]
