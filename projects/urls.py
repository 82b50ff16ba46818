"""Addresses of the projects."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from . import views
from .urls_parts import PARTS, PLANS
from .views import bulk, lists, portfolio, saved, weekly

app_name = "projects"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.project_list, name="project_list"),
    path(pgettext_lazy("url", "projects.csv"), views.project_csv, name="project_csv"),
    path(pgettext_lazy("url", "projects.xlsx"), lists.project_xlsx, name="project_xlsx"),
    path(pgettext_lazy("url", "by-phase/"), portfolio.portfolio_board, name="portfolio_board"),
    path(pgettext_lazy("url", "timeline/"), portfolio.portfolio_timeline, name="portfolio_timeline"),
    path(pgettext_lazy("url", "several/"), bulk.project_bulk, name="project_bulk"),
    path(pgettext_lazy("url", "views/save/"), saved.view_save, name="view_save"),
    path(pgettext_lazy("url", "views/<int:number>/forget/"), saved.view_forget, name="view_forget"),
    path(pgettext_lazy("url", "weekly/"), weekly.weekly_page, name="weekly_page"),
    path(pgettext_lazy("url", "weekly/draft/"), weekly.weekly_draft, name="weekly_draft"),
    *PLANS,
    path(pgettext_lazy("url", "plans/<slug:slug>/"), views.plan_page, name="plan_page"),
    path(pgettext_lazy("url", "plans/<slug:slug>/changes/"), views.plan_changes, name="plan_changes"),
    path(pgettext_lazy("url", "backlog/"), views.backlog_list, name="backlog_list"),
    path(pgettext_lazy("url", "backlog/review/"), views.backlog_review, name="backlog_review"),
    path(pgettext_lazy("url", "<slug:slug>/backlog/date/"), views.backlog_date, name="backlog_date"),
    path(pgettext_lazy("url", "keep/"), views.portfolio_keep, name="portfolio_keep"),
    path(pgettext_lazy("url", "kept/"), views.snapshot_list, name="snapshot_list"),
    path(pgettext_lazy("url", "kept/<int:number>/"), views.snapshot_page, name="snapshot_page"),
    path(pgettext_lazy("url", "plans/<slug:slug>/keep/"), views.plan_keep, name="plan_keep"),
    path(pgettext_lazy("url", "<slug:slug>/keep/"), views.project_keep, name="project_keep"),
    path(pgettext_lazy("url", "calibration/"), views.portfolio_calibration, name="portfolio_calibration"),
    path(pgettext_lazy("url", "<slug:slug>/calibration/"), views.project_calibration, name="project_calibration"),
    path(pgettext_lazy("url", "changes/"), views.portfolio_changes, name="portfolio_changes"),
    path(pgettext_lazy("url", "known/"), views.portfolio_known, name="portfolio_known"),
    path(pgettext_lazy("url", "new/project/"), views.project_new, name="project_new"),
    path("", include("projects.urls_open")),
    path("", include("projects.urls_data")),
    path("", include("projects.urls_reports")),
    path("<slug:slug>/", views.project_page, name="project_page"),
    path(pgettext_lazy("url", "<slug:slug>/edit/"), views.project_edit, name="project_edit"),
    path(pgettext_lazy("url", "<slug:slug>/edit/draft/"), views.project_draft, name="project_draft"),
    path(pgettext_lazy("url", "<slug:slug>/update/"), views.update_post, name="update_post"),
    path(pgettext_lazy("url", "<slug:slug>/update/draft/"), views.update_draft, name="update_draft"),
    path(pgettext_lazy("url", "<slug:slug>/update/<int:number>/correct/"), views.update_correct, name="update_correct"),
    path(pgettext_lazy("url", "<slug:slug>/confirm/"), views.status_confirm, name="status_confirm"),
    path(pgettext_lazy("url", "<slug:slug>/move/<slug:event>/"), views.project_advance, name="project_advance"),
    path(pgettext_lazy("url", "<slug:slug>/changes/"), views.project_changes, name="project_changes"),
    path(pgettext_lazy("url", "<slug:slug>/lineage/"), views.project_lineage, name="project_lineage"),
    path(pgettext_lazy("url", "<slug:slug>/lineage/succeed/"), views.lineage_succeed, name="lineage_succeed"),
    path(pgettext_lazy("url", "<slug:slug>/lineage/merge/"), views.lineage_merge, name="lineage_merge"),
    path(pgettext_lazy("url", "<slug:slug>/lineage/split/"), views.lineage_split, name="lineage_split"),
    path(pgettext_lazy("url", "<slug:slug>/lineage/<int:number>/undo/"), views.lineage_undo, name="lineage_undo"),
    path(pgettext_lazy("url", "<slug:slug>/known/"), views.project_known, name="project_known"),
    *PARTS,
]
