"""Addresses of the kernel's own pages."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .gallery import component_gallery

app_name = "kernel"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "components/"), component_gallery, name="component_gallery"),
]
