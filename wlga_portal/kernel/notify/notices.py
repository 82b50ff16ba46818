"""What the services put in *what needs you*."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..panels import Need, Press, needs
from . import bounces


@needs
def returned_mail(user: Any) -> Iterable[Need]:
    """The person's mail came back: they would not know otherwise."""
    if bounces.stopped(user.email):
        press = Press(_("Send mail to this address again"), reverse("kernel:message_resume"))
        text = _("Mail to your address came back, so no more is sent to it.")
        yield Need(text, reverse("kernel:message_list"), press=press)
