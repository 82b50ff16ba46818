"""Addresses without a language, which badges name: keys, issuer, achievements, status list."""

from django.urls import URLPattern, URLResolver, path

from .views import credentials

app_name = "credentials"
urlpatterns: list[URLPattern | URLResolver] = [
    path("keys.json", credentials.key_list, name="key_list"),
    path("keys/<str:name>.json", credentials.key_page, name="key_page"),
    path("issuer.json", credentials.issuer, name="issuer"),
    path("courses/<int:pk>.json", credentials.achievement, name="achievement"),
    path("certificates/<uuid:code>", credentials.certificate, name="certificate"),
    path("status.jwt", credentials.status_list, name="status_list"),
]
