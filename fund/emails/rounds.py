"""Messages about more time, questions to the fund manager, and files."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_kind

from ..models import Attachment, Bid, Enquiry, Extension, Round, StageKind
from ..states import Consent

register_kind("fund.bid_extended", subject=_("More time for the bid “%(title)s”"), urgent=True)
register_kind("fund.round_extended", subject=_("More time in the round “%(round)s”"), urgent=True)
register_kind("fund.enquiry_asked", subject=_("A question about the round “%(round)s”"))
register_kind("fund.enquiry_answered", subject=_("A question about the round “%(round)s” is answered"))
register_kind("fund.enquiry_changed", subject=_("An answer about the round “%(round)s” has changed"))
register_kind("fund.file_harmful", subject=_("A file of the bid “%(title)s” holds something harmful"), urgent=True)

WRITERS = (Role.OFFICER, Role.DIGITAL_LEAD)


def people_of(organisations: Iterable[int], *roles: Role) -> list[User]:
    """Who holds one of these roles in one of these organisations today, each once."""
    held = Membership.objects.current().filter(organisation__in=organisations, role__in=roles, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def councils_people(one_round: Round) -> list[User]:
    """Officers and digital leads of all councils; of a demonstration round its people alone, and they of no other."""
    held = Membership.objects.current().filter(role__in=WRITERS, user__is_active=True)
    users = User.objects.filter(pk__in=held.values("user")).order_by("pk")
    return [user for user in users if user.is_demo == one_round.is_demo]


def bodies_of(bid: Bid) -> list[int]:
    """The lead and the partners that have agreed."""
    joined = bid.partners.filter(status__in=[Consent.AGREED, Consent.VOID]).values_list("organisation", flat=True)
    return [pk for pk in (bid.lead_id, *joined) if pk]


def tell_extension(extension: Extension) -> None:
    """All concerned: those who write the bid, or officers and digital leads of all councils."""
    one_round, bid = extension.stage.round, extension.bid
    context: dict[str, Any] = {
        "round": one_round.name,
        "stage": StageKind(extension.stage.kind).label,
        "until": extension.closes_at,
        "reason": extension.reason,
    }
    if bid is None:
        for user in councils_people(one_round):
            notify(user, "fund.round_extended", url=one_round, context=context)
        return
    for user in people_of(bodies_of(bid), *WRITERS):
        notify(user, "fund.bid_extended", url=bid, context=context | {"title": bid.title})


def tell_manager(enquiry: Enquiry) -> None:
    """The fund managers hear that somebody asks."""
    held = Membership.objects.current().filter(role=Role.FUND_MANAGER, user__is_active=True)
    context = {"round": enquiry.round.name, "asked": enquiry.asked, "organisation": enquiry.organisation.name}
    for user in User.objects.filter(pk__in=held.values("user")).order_by("pk"):
        if user.is_demo == enquiry.round.is_demo:
            notify(user, "fund.enquiry_asked", url=enquiry, context=context)


def tell_answer(enquiry: Enquiry, *, changed: bool = False) -> None:
    """All councils get the same answer at the same time."""
    kind = "fund.enquiry_changed" if changed else "fund.enquiry_answered"
    context = {"round": enquiry.round.name, "question": enquiry.question, "answer": enquiry.answer}

    def page() -> str:
        return reverse("fund:enquiry_list", kwargs={"slug": enquiry.round.slug})

    for user in councils_people(enquiry.round):
        notify(user, kind, url=page, context=context)


def tell_harmful(attachment: Attachment) -> None:
    """The officers of the lead council, and whoever added the file."""
    bid = attachment.bid
    people = {user.pk: user for user in people_of([bid.lead_id or 0], Role.OFFICER)}
    people[attachment.added_by_id] = attachment.added_by
    for user in people.values():
        notify(user, "fund.file_harmful", url=bid, context={"title": bid.title, "file": attachment.name})
