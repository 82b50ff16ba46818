"""Taking the words of a withdrawn edition out of what is left of them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import Refused

from ..models import Paper, Removal, Withdrawal
from ..rules.withdrawals import words_remove as may_remove


def words_remove(withdrawal: Withdrawal, *, by: Any) -> Removal:
    """The database takes the words out of the paper's rows and their history; its address and the messages that lead
    there follow. Raises Refused for anybody but the two people, and before both have withdrawn it."""
    with audited(by=by, why="words of a withdrawn paper taken out"):
        paper = withdrawal.edition.paper.lock()
        if not may_remove(by, withdrawal):
            raise Refused(_("Only the two people who withdrew it take its words out."))
        Notification.objects.filter(
            Q(url_en__contains=f"/{paper.slug_en}/") | Q(url_cy__contains=f"/{paper.slug_cy}/")
        ).delete()
        address_renew(paper)
        made = Removal.objects.create(withdrawal=withdrawal, by=by)
        address_renew(Paper.objects.get(pk=paper.pk))
    return made


def address_renew(paper: Paper) -> None:
    """The address of its title as it is now."""
    paper.set_slugs(paper.title.en, paper.title.cy)
    paper.save()
