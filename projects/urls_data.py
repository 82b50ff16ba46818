"""Addresses of the projects as data: the portfolio with its dictionary, and sets of columns."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import columnsets, opendata

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "data/"), opendata.data_page, name="data_page"),
    path(pgettext_lazy("url", "data/portfolio.csv"), opendata.data_csv, name="data_csv"),
    path(pgettext_lazy("url", "data/portfolio.json"), opendata.data_json, name="data_json"),
    path(pgettext_lazy("url", "data/dictionary.csv"), opendata.data_dictionary, name="data_dictionary"),
    path(pgettext_lazy("url", "data/<slug:name>.csv"), opendata.data_part, name="data_part"),
    path(pgettext_lazy("url", "columns/"), columnsets.columnset_list, name="columnset_list"),
    path(pgettext_lazy("url", "columns/new/"), columnsets.columnset_create, name="columnset_create"),
    path(pgettext_lazy("url", "columns/sets/<slug:slug>/"), columnsets.columnset_page, name="columnset_page"),
    path(pgettext_lazy("url", "columns/sets/<slug:slug>/file/"), columnsets.columnset_file, name="columnset_file"),
    path(pgettext_lazy("url", "columns/sets/<slug:slug>/edit/"), columnsets.columnset_edit, name="columnset_edit"),
    path(pgettext_lazy("url", "columns/sets/<slug:slug>/order/"), columnsets.columnset_order, name="columnset_order"),
    path(
        pgettext_lazy("url", "columns/sets/<slug:slug>/remove/"), columnsets.columnset_remove, name="columnset_remove"
    ),
]
