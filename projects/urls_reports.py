"""Addresses of the annual reports of plans."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import reports

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "plans/<slug:slug>/report/"), reports.report_page, name="report_page"),
    path(pgettext_lazy("url", "plans/<slug:slug>/report/freeze/"), reports.report_freeze, name="report_freeze"),
    path(pgettext_lazy("url", "plans/<slug:slug>/report/<int:number>/"), reports.snapshot_page, name="snapshot_page"),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/report/<int:number>/data.json"),
        reports.snapshot_data,
        name="snapshot_data",
    ),
]
