"""What of learners waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.roles import Role
from wlga_portal.kernel.panels import Need, needs

from .models import Double, PrivacyRequest


@needs(where="training_double WHERE status = 'open'")
def doubles_to_review(user: Any) -> Iterator[Need]:
    """For the team: pairs who may be one person, all in one line."""
    if not user.has_role(Role.TEAM):
        return
    number = Double.objects.visible_to(user).open().count()
    if number:
        text = ngettext(
            "%(count)d pair of learners may be one person",
            "%(count)d pairs of learners may be one person",
            number,
        ) % {"count": number}
        yield Need(text, reverse("training:double_list"))


@needs(where="training_privacyrequest WHERE status = 'asked'")
def privacy_requests(user: Any) -> Iterator[Need]:
    """For the team: what people asked about their own data."""
    if not user.has_role(Role.TEAM):
        return
    number = PrivacyRequest.objects.visible_to(user).asked().count()
    if number:
        text = ngettext(
            "%(count)d request about own data waits for an answer",
            "%(count)d requests about own data wait for an answer",
            number,
        ) % {"count": number}
        yield Need(text, reverse("training:privacy_request_list"))
