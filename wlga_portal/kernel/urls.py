"""Addresses of the kernel's own pages."""

from django.urls import URLPattern, URLResolver

app_name = "kernel"
urlpatterns: list[URLPattern | URLResolver] = []
