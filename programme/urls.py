"""Addresses of what spans the areas."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from .views import (
    app,
    compositions,
    demo,
    feedback,
    front,
    operations,
    reports,
    search,
    team,
    translating,
    translating_files,
)
from .views.pages import text_page

app_name = "programme"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("portal.webmanifest", app.manifest, name="manifest"),
    path(pgettext_lazy("url", "data/"), include("programme.urls_data")),
    path(pgettext_lazy("url", "search/"), search.search_page, name="search"),
    path(pgettext_lazy("url", "accessibility/"), text_page("accessibility"), name="accessibility"),
    path(pgettext_lazy("url", "privacy/"), text_page("privacy"), name="privacy"),
    path(pgettext_lazy("url", "cookies/"), text_page("cookies"), name="cookies"),
    path(pgettext_lazy("url", "help/"), text_page("help"), name="help"),
    path(pgettext_lazy("url", "contact/"), text_page("contact"), name="contact"),
    path(pgettext_lazy("url", "was-this-page-clear/"), feedback.page_feedback, name="page_feedback"),
    path(
        pgettext_lazy("url", "was-this-page-clear/thanks/"), feedback.page_feedback_thanks, name="page_feedback_thanks"
    ),
    path(pgettext_lazy("url", "translating/"), translating.translating_list, name="translating_list"),
    path(pgettext_lazy("url", "translating/compare/"), translating.translating_compare, name="translating_compare"),
    path(pgettext_lazy("url", "translating/files/"), translating_files.translating_files, name="translating_files"),
    path(
        pgettext_lazy("url", "translating/files/xliff/"), translating_files.translating_xliff, name="translating_xliff"
    ),
    path(pgettext_lazy("url", "translating/files/word/"), translating_files.translating_word, name="translating_word"),
    path(pgettext_lazy("url", "translating/files/take/"), translating_files.translating_take, name="translating_take"),
    path(
        pgettext_lazy("url", "translating/<str:kind>/<int:pk>/<str:name>/to-<str:to>/"),
        translating.translating_text,
        name="translating_text",
    ),
    path(
        pgettext_lazy("url", "translating/<str:kind>/<int:pk>/<str:name>/to-<str:to>/draft/"),
        translating.translating_draft,
        name="translating_draft",
    ),
    path(pgettext_lazy("url", "operations/"), operations.operations_page, name="operations_page"),
    path(pgettext_lazy("url", "operations/jobs/again/"), operations.job_retry, name="job_retry"),
    path(pgettext_lazy("url", "digital-team/"), team.team_page, name="team_page"),
    path(pgettext_lazy("url", "digital-team/add/"), team.team_add, name="team_add"),
    path(pgettext_lazy("url", "digital-team/<int:pk>/change/"), team.team_edit, name="team_edit"),
    path(pgettext_lazy("url", "digital-team/<int:pk>/history/"), team.team_history, name="team_history"),
    path(pgettext_lazy("url", "updates/compose/"), compositions.composition_new, name="composition_new"),
    path(pgettext_lazy("url", "updates/<slug:slug>/"), compositions.composition_page, name="composition_page"),
    path(
        pgettext_lazy("url", "updates/<slug:slug>/follow/"), compositions.composition_follow, name="composition_follow"
    ),
    path(pgettext_lazy("url", "updates/<slug:slug>/seen/"), compositions.composition_seen, name="composition_seen"),
    path(pgettext_lazy("url", "updates/<slug:slug>/pdf/"), compositions.composition_pdf, name="composition_pdf"),
    path(
        pgettext_lazy("url", "updates/<slug:slug>/what-has-changed/"),
        compositions.composition_since,
        name="composition_since",
    ),
    path(pgettext_lazy("url", "reports/annual/<slug:slug>/"), reports.annual_page, name="annual_page"),
    path(pgettext_lazy("url", "reports/annual/<slug:slug>/pdf/"), reports.annual_pdf, name="annual_pdf"),
    path(pgettext_lazy("url", "reports/annual/<slug:slug>/word/"), reports.annual_word, name="annual_word"),
    path(pgettext_lazy("url", "reports/councils/<slug:slug>/"), reports.leaflet_page, name="leaflet_page"),
    path(pgettext_lazy("url", "reports/councils/<slug:slug>/pdf/"), reports.leaflet_pdf, name="leaflet_pdf"),
    path(pgettext_lazy("url", "reports/councils/<slug:slug>/word/"), reports.leaflet_word, name="leaflet_word"),
    path(pgettext_lazy("url", "reports/rounds/<slug:slug>/"), reports.round_page, name="round_page"),
    path(pgettext_lazy("url", "reports/rounds/<slug:slug>/pdf/"), reports.round_pdf, name="round_pdf"),
    path(pgettext_lazy("url", "reports/rounds/<slug:slug>/word/"), reports.round_word, name="round_word"),
    path("demo/", demo.demo_people, name="demo_people"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
]
