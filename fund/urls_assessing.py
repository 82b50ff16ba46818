"""Addresses of the sift and the panel."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .models import StageKind
from .views import assessments, assigning

SIFT, PANEL = {"stage": str(StageKind.SIFT)}, {"stage": str(StageKind.PANEL)}
urlpatterns: list[URLPattern] = [
    path(pgettext_lazy("url", "rounds/<slug:slug>/sift/assessors/"), assigning.assessor_list, SIFT, "assessor_list"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/panel/assessors/"), assigning.assessor_list, PANEL, "assessor_list"),
    path(pgettext_lazy("url", "assessing/"), assessments.assessment_own, name="assessment_own"),
    path(pgettext_lazy("url", "assessing/<int:pk>/"), assessments.assessment_page, name="assessment_page"),
    path(pgettext_lazy("url", "assessing/<int:pk>/leave/"), assessments.assessment_leave, name="assessment_leave"),
    path(pgettext_lazy("url", "assessing/<int:pk>/draft/"), assessments.assessment_draft, name="assessment_draft"),
    path(
        pgettext_lazy("url", "assessing/<int:pk>/scores/<int:number>/"),
        assessments.score_correct,
        name="score_correct",
    ),
    path(pgettext_lazy("url", "assessing/<int:pk>/take-back/"), assigning.assessment_remove, name="assessment_remove"),
]
