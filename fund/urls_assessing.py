"""Addresses of the sift and the panel."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .models import StageKind
from .views import assessments, assigning, decisions, panels

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
    path(pgettext_lazy("url", "rounds/<slug:slug>/sift/ranking/"), panels.panel_page, SIFT, "panel_page"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/panel/ranking/"), panels.panel_page, PANEL, "panel_page"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/sift/decisions/"), decisions.decision_list, SIFT, "decision_list"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/panel/decisions/"), decisions.decision_list, PANEL, "decision_list"),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/sift/decisions/apply/"),
        decisions.decision_apply,
        SIFT,
        "decision_apply",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/panel/decisions/apply/"),
        decisions.decision_apply,
        PANEL,
        "decision_apply",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/sift/moderate/"), panels.moderation_add, SIFT, "moderation_add"),
    path(pgettext_lazy("url", "bids/<slug:slug>/panel/moderate/"), panels.moderation_add, PANEL, "moderation_add"),
    path(pgettext_lazy("url", "bids/<slug:slug>/sift/decide/"), decisions.decision_edit, SIFT, "decision_edit"),
    path(pgettext_lazy("url", "bids/<slug:slug>/panel/decide/"), decisions.decision_edit, PANEL, "decision_edit"),
    path(pgettext_lazy("url", "decisions/<int:pk>/"), decisions.decision_page, name="decision_page"),
    path(pgettext_lazy("url", "decisions/<int:pk>/letter.pdf"), decisions.decision_letter, name="decision_letter"),
    path(pgettext_lazy("url", "decisions/<int:pk>/replay/"), decisions.decision_replay, name="decision_replay"),
    path(pgettext_lazy("url", "decisions/<int:pk>/review/"), decisions.review_ask, name="review_ask"),
    path(pgettext_lazy("url", "decisions/<int:pk>/review/answer/"), decisions.review_answer, name="review_answer"),
]
