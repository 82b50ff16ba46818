"""Addresses of the open data: what there is, its files, its dictionary, and the reference of the API."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .views import data

urlpatterns: list[URLPattern] = [
    path("", data.data_page, name="data_page"),
    path("api/", data.api_reference, name="api_reference"),
    path(pgettext_lazy("url", "dictionary.csv"), data.data_dictionary, name="data_dictionary"),
    path(pgettext_lazy("url", "pictures/<slug:name>.csv"), data.picture_csv, name="picture_csv"),
    path("<slug:name>.csv", data.data_csv, name="data_csv"),
    path("<slug:name>.json", data.data_json, name="data_json"),
    path("<slug:name>/", data.data_set, name="data_set"),
]
