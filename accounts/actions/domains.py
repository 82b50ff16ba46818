"""The mail domains of a council, in which its people may register."""

from typing import Any

from django.db import IntegrityError

from organisations.models import MailDomain, Organisation
from wlga_portal.kernel.audit import audited


def list_domain(*, by: Any, organisation: Organisation, domain: str) -> bool:
    """Whether the domain could be listed; False where it stands with some council already."""
    try:
        with audited(by=by, why="mail domain listed"):
            MailDomain.objects.create(organisation=organisation, domain=domain)
    except IntegrityError:
        return False
    return True


def unlist_domain(domain: MailDomain, *, by: Any) -> None:
    """Nobody registers with it any more; whoever has stays."""
    with audited(by=by, why="mail domain no longer listed"):
        domain.delete()
