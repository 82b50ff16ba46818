"""Addresses without a language: what a provider answers to is one address and no other."""

from django.urls import URLPattern, URLResolver, path

from .views import tenants

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:key>/callback/", tenants.tenant_callback, name="tenant_callback"),
]
