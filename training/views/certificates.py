"""Certificates: asked for on the page of a booking, checked by anybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions, badges, certificate_pdf, rules
from ..forms.certificates import CheckForm
from ..models import Booking, Certificate
from .found import find_booking, posted

READ = ("GET", "HEAD")


@screen(find=find_booking, may=rules.certificate_issue, methods=("POST",))
def certificate_create(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Issue the certificate."""
    try:
        certificate = actions.certificate_issue(booking=booking, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(booking)
    return redirect(certificate)


@screen(public=True)
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Paste a code, a link or a badge, and read what the portal says of it. Nothing is kept."""
    form = CheckForm(posted(request))
    checked = badges.check(form.cleaned_data["pasted"]) if request.method == "POST" and form.is_valid() else None
    answer = page(request, "training/certificate_check.html", {"form": form, "checked": checked})
    return unlisted(answer)


def find_certificate(_request: HttpRequest, code: str) -> Certificate:
    return Certificate.objects.shown().with_all().get(code=code)


@screen(public=True, find=find_certificate, methods=READ)
def certificate_page(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """What the portal says of one certificate, to whoever has its link."""
    mine = Booking.objects.visible_to(request.user).filter(pk=certificate.booking_id).exists()
    context = {
        "certificate": certificate,
        "session": certificate.booking.session,
        "may_download": mine and certificate.is_valid,
        "address": badges.address(f"certificates/{certificate.code}"),
        "demonstration": certificate.booking.session.course.is_demo,
    }
    return unlisted(page(request, "training/certificate_page.html", context))


def unlisted(answer: HttpResponse) -> HttpResponse:
    """No search engine lists people's certificates."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def find_own(request: HttpRequest, code: str) -> Certificate:
    """A valid certificate of a booking that this person sees."""
    seen = Booking.objects.visible_to(request.user)
    rows = Certificate.objects.shown().with_all().valid().filter(booking__in=seen.values("pk"))
    return rows.get(code=code)


@screen(find=find_own, methods=READ)
def certificate_file(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The certificate as a tagged PDF, in the page's language."""
    return download(certificate_pdf.render(certificate), "application/pdf", "pdf")


@screen(find=find_own, methods=READ)
def certificate_badge(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The certificate as an Open Badge, in the page's language."""
    return download(badges.signed(certificate).encode(), "application/vc+jwt", "jwt")


def download(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = {"en": "certificate", "cy": "tystysgrif"}[page_language()]
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )
