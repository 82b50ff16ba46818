"""Addresses of what spans the areas."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import demo

app_name = "programme"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "demo/"), demo.demo_people, name="demo_people"),
    path(pgettext_lazy("url", "demo/sign-in/"), demo.demo_sign_in, name="demo_sign_in"),
]
