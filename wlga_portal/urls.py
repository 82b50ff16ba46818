"""The addresses of the portal: `/en/…` and `/cy/…`, each word in its own language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import pgettext_lazy

handler400 = "programme.views.errors.bad_request"
handler403 = "programme.views.errors.forbidden"
handler404 = "programme.views.errors.not_found"
handler500 = "programme.views.errors.server_error"

urlpatterns = [
    path("", include("programme.urls_root")),
    path("api/", include("programme.urls_api")),
    path("credentials/", include("training.urls_root")),
    path("sign-in/", include("accounts.urls_root")),
    *i18n_patterns(
        path("", include("programme.urls")),
        path("", include("wlga_portal.kernel.urls")),
        path(pgettext_lazy("url", "account/"), include("accounts.urls_allauth")),
        path(pgettext_lazy("url", "account/"), include("accounts.urls")),
        path(pgettext_lazy("url", "councils/"), include("organisations.urls")),
        path(pgettext_lazy("url", "projects/"), include("projects.urls")),
        path(pgettext_lazy("url", "training/"), include("training.urls")),
        path(pgettext_lazy("url", "fund/"), include("fund.urls")),
        path(pgettext_lazy("url", "board/"), include("board.urls")),
        prefix_default_language=True,
    ),
]
