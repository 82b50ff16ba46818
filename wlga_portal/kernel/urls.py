"""Addresses of the kernel's own pages."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from . import export_views, outbox_views
from .gallery import component_gallery
from .kept import kept

app_name = "kernel"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "components/"), component_gallery, name="component_gallery"),
    path(pgettext_lazy("url", "messages/"), include("wlga_portal.kernel.notify.urls")),
    path(pgettext_lazy("url", "files/"), export_views.export_list, name="export_list"),
    path(pgettext_lazy("url", "files/<int:number>/"), export_views.export_page, name="export_page"),
    path(pgettext_lazy("url", "files/<int:number>/file/"), export_views.export_file, name="export_file"),
    path(pgettext_lazy("url", "sent-before-signing-in/"), kept, name="kept"),
    path(pgettext_lazy("url", "demo/outbox/"), outbox_views.outbox_list, name="outbox_list"),
    path(pgettext_lazy("url", "demo/outbox/<int:number>/"), outbox_views.outbox_message, name="outbox_message"),
]
