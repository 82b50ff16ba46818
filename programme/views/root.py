"""Addresses that have no language: for crawlers and for those who find a security fault."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.screens import screen


@screen(public=True, methods=("GET", "HEAD"))
def robots(request: HttpRequest) -> HttpResponse:
    """A demonstration is not to be found by anybody's search."""
    rules = ["Disallow: /"] if settings.DEMO else ["Disallow: /en/account/", "Disallow: /cy/cyfrif/"]
    lines = ["User-agent: *", *rules, f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@screen(public=True, methods=("GET", "HEAD"))
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a security fault. It always expires in the coming year."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.COUNCIL_SITES_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: cy, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
