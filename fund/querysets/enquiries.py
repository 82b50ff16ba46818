"""How questions to the fund manager are read."""

from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.roles import Role, roles_of
from fund.states import EnquiryStatus

if TYPE_CHECKING:
    from fund.models import Enquiry


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Questions: answered ones are for everybody; the others for who asked and for the fund manager."""

    def answered(self) -> "EnquiryQuerySet":
        return self.filter(status=EnquiryStatus.ANSWERED)

    def visible_to(self, user: Any) -> "EnquiryQuerySet":
        """The rows themselves, with who asked: the fund manager's all, everybody else's their own."""
        if roles_of(user).has(Role.FUND_MANAGER):
            return self
        return self.filter(asked_by=user) if user is not None and user.is_authenticated else self.none()

    def newest_first(self) -> "EnquiryQuerySet":
        return self.order_by("-answered_at", "-pk")
