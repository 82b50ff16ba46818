"""Addresses of the day of a meeting and of what follows from it."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import linking_recommendations
from .views import day, outcomes, records
from .views import following as actions

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "meetings/<slug:slug>/day/"), day.day_page, name="day_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/day/attendance/"), day.attendance_edit, name="attendance_edit"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/day/attendance/add/"), day.attendee_add, name="attendee_add"),
    path(pgettext_lazy("url", "attendance/<int:pk>/remove/"), day.attendee_remove, name="attendee_remove"),
    path(pgettext_lazy("url", "movements/<int:pk>/remove/"), day.movement_remove, name="movement_remove"),
    path(pgettext_lazy("url", "interests/<int:pk>/remove/"), day.declaration_remove, name="declaration_remove"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/interests/"), day.interest_declare, name="interest_declare"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/"), day.day_item, name="day_item"),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/movements/"),
        day.movement_add,
        name="movement_add",
    ),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/interests/"),
        day.declaration_add,
        name="declaration_add",
    ),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/as-recommended/"),
        outcomes.outcomes_as_recommended,
        name="outcomes_as_recommended",
    ),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/recommendations/<uuid:uid>/"),
        outcomes.outcome_add,
        name="outcome_add",
    ),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/decision/"),
        outcomes.decision_add,
        name="decision_add",
    ),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/day/items/<int:position>/actions/"),
        actions.action_add,
        name="action_add",
    ),
    path(pgettext_lazy("url", "meetings/<slug:slug>/note/"), records.note_page, name="public_note_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/note/data/"), records.note_data, name="public_note_data"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/note/publish/"), records.note_publish, name="public_note_publish"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/minutes/"), records.minutes_draft, name="minutes_draft"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/screen/"), records.screen_page, name="screen_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/screen/<int:position>/"), records.screen_item, name="screen_item"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/approve/"), records.minutes_approve, name="minutes_approve"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/recommendations/<uuid:uid>/"),
        outcomes.recommendation_page,
        name="recommendation_page",
    ),
    path(pgettext_lazy("url", "decisions/"), outcomes.outcome_list, name="outcome_list"),
    path(pgettext_lazy("url", "decisions/csv/"), outcomes.outcomes_csv, name="outcomes_csv"),
    path(pgettext_lazy("url", "decisions/<int:pk>/"), outcomes.outcome_page, name="outcome_page"),
    path(pgettext_lazy("url", "decisions/<int:pk>/edit/"), outcomes.outcome_edit, name="outcome_edit"),
    path(pgettext_lazy("url", "decisions/<int:pk>/remove/"), outcomes.outcome_remove, name="outcome_remove"),
    path(pgettext_lazy("url", "decisions/<int:pk>/vote/"), outcomes.vote_record, name="vote_record"),
    path(pgettext_lazy("url", "decisions/<int:pk>/vote/remove/"), outcomes.vote_remove, name="vote_remove"),
    path(pgettext_lazy("url", "actions/"), actions.action_list, name="action_list"),
    path(pgettext_lazy("url", "actions/csv/"), actions.actions_csv, name="actions_csv"),
    path(pgettext_lazy("url", "actions/answer/<str:token>/"), actions.action_answer, name="action_answer"),
    path(pgettext_lazy("url", "actions/<int:pk>/"), actions.action_page, name="action_page"),
    path(pgettext_lazy("url", "actions/<int:pk>/edit/"), actions.action_edit, name="action_edit"),
    path(pgettext_lazy("url", "actions/<int:pk>/evidence/"), actions.evidence_add, name="evidence_add"),
    path(pgettext_lazy("url", "actions/<int:pk>/steps/<slug:event>/"), actions.action_step, name="action_step"),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/recommendations/"),
        linking_recommendations.recommendation_links,
        name="recommendation_links",
    ),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/recommendations/<int:number>/remove/"),
        linking_recommendations.recommendation_unlink,
        name="recommendation_unlink",
    ),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/actions/"),
        linking_recommendations.action_links,
        name="action_links",
    ),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/actions/<int:number>/remove/"),
        linking_recommendations.action_unlink,
        name="action_unlink",
    ),
]
