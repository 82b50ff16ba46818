"""Addresses of this area."""

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.council_list, name="council_list"),
    path("<slug:slug>/", views.organisation_page, name="organisation_page"),
]
