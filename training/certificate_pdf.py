"""A certificate as a page of paper: tagged PDF/UA-1, with a square code that leads to its check."""

import io

import qrcode  # type: ignore[import-untyped]  # it has no types
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]  # likewise

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.wording import day, moment

from . import badges
from .models import Certificate


def square(text: str) -> bytes:
    """A QR code as SVG."""
    made = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=10, border=1).save(made)
    return made.getvalue()


def render(certificate: Certificate) -> bytes:
    """The PDF in the page's language; the same certificate gives the same bytes on any day."""
    booking = certificate.booking
    session, course = booking.session, booking.session.course
    link = badges.address(f"certificates/{certificate.code}")
    minutes = course.length_minutes
    length = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    words = {"course": course.title, "day": day(session.starts_at)}
    demonstration = [{"type": "paragraph", "text": _("Demonstration: this certificate is invented.")}]
    data = {
        "title": _("Certificate of attendance"),
        "subtitle": str(booking.learner),
        "author": _("WLGA digital programme"),
        "date": certificate.issued_at,
        "meta": [
            (_("Course"), str(course.title)),
            (_("Stream"), str(course.stream.title)),
            (_("Session"), moment(session.starts_at)),
            (_("Length"), length),
            (_("Issued"), day(certificate.issued_at)),
        ],
        "blocks": [
            {"type": "paragraph", "text": _("attended the course “%(course)s” on %(day)s.") % words},
            *(demonstration if course.is_demo else []),
            {
                "type": "figure",
                "image": square(link),
                "format": "svg",
                "alt": _("Square code that leads to the page where this certificate is checked."),
            },
            {"type": "paragraph", "text": [_("Check this certificate:") + " ", {"text": link, "link": link}]},
            {"type": "paragraph", "text": _("Code: %(code)s") % {"code": certificate.code}},
        ],
    }
    return render_pdf("certificate.typ", data, page_language())
