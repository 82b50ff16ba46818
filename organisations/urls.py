"""Addresses of this area."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import views

app_name = "organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.council_list, name="council_list"),
    path(pgettext_lazy("url", "figures.csv"), views.council_figures, name="council_figures"),
    path("<slug:slug>/", views.organisation_page, name="organisation_page"),
]
