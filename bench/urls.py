"""The portal's addresses and the yardsticks."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from bench import yardsticks
from wlga_portal.urls import handler400, handler403, handler404, handler500  # noqa: F401  Django reads them here
from wlga_portal.urls import urlpatterns as portal

urlpatterns = [
    *i18n_patterns(
        path("bench/constant/", yardsticks.constant, name="bench_constant"),
        path("bench/table/", yardsticks.table, name="bench_table"),
        prefix_default_language=True,
    ),
    *portal,
]
