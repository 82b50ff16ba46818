"""Addresses of the API: without a language, since each answer has both."""

from django.urls import URLPattern, path

from .opendata.api import VERSION, api
from .views.api import api_description, api_nothing, endpoint

PREFIX = f"v{VERSION}/"

urlpatterns: list[URLPattern] = [
    path(f"{PREFIX}openapi.json", api_description, name="api_description"),
    *(
        path(f"{PREFIX}{one.pattern}", endpoint(one.callback), name="api_root" if one.name == "root" else None)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    path("<path:rest>", api_nothing, name="api_nothing"),
]
