"""The portal as an app on a home screen."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import screen

COLOUR = "#0c3b3d"
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
         ("icon-maskable-512.png", "512x512", "maskable"))  # fmt: skip


@screen(public=True, methods=("GET", "HEAD"))
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest, in the language of the page that names it; both are one app."""
    said: dict[str, Any] = {
        "id": "/",
        "scope": "/",
        "start_url": reverse("board:front"),
        "name": str(settings.PORTAL_NAME),
        "short_name": pgettext("name under the icon", "WLGA digital"),
        "description": _("Papers, projects, the fund and training of the WLGA digital programme."),
        "lang": page_language(),
        "dir": "ltr",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": "#ffffff",
        "icons": [
            {"src": static(f"img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")
