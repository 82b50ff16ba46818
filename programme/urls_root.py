"""Addresses without a language."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, path

from board.views import device

from .sitemaps import SITEMAPS
from .views import root

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", root.robots, name="robots"),
    path(".well-known/security.txt", root.security_txt, name="security_txt"),
    path("worker.js", device.worker, name="worker"),
    path("worker/withdrawn.json", device.worker_withdrawn, name="worker_withdrawn"),
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]
