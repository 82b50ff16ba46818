"""Kinds of message that only the tests send."""

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.notify import register_group, register_kind
from wlga_portal.kernel.service_models import Delivery

# texts that the catalogues have, so that both languages can be seen
register_group("tests", _("Projects"))
register_kind("tests.plain", subject=_("Recommendation %(number)s"))
register_kind("tests.urgent", subject=_("Recommendation %(number)s"), urgent=True)
register_kind("tests.calm", subject=_("Recommendation %(number)s"), delivery=Delivery.DAILY)
register_kind("tests.body", subject=_("Recommendation"), template="emails/kernel_digest.txt")
register_kind("odd.kind", subject=_("Contents"))
