"""Who is told what. Every message leads to a page with its button; no link does anything by being opened."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_group, register_kind
from wlga_portal.kernel.notify.tasks import queue_mail

from ..models import (
    Addendum,
    Answer,
    Bid,
    BidTranslation,
    Interest,
    JoinRequest,
    Merge,
    Partner,
    Signatory,
    Submission,
)
from ..rules.merging import authorities
from ..states import Consent

register_group("fund", _("Transformation Fund"))
register_kind("fund.consent_asked", subject=_("%(lead)s asks you to agree to the bid “%(title)s”"))
register_kind("fund.consent_agreed", subject=_("%(partner)s agreed to your bid “%(title)s”"))
register_kind("fund.consent_declined", subject=_("%(partner)s declined your bid “%(title)s”"))
register_kind("fund.bid_received", subject=_("Bid %(reference)s received: “%(title)s”"), urgent=True)
register_kind("fund.committed", subject=_("%(partner)s committed its share in the bid “%(title)s”"))
register_kind("fund.addendum", subject=_("Clarification of bid %(reference)s: %(about)s"))
register_kind("fund.translation_asked", subject=_("Bid %(reference)s is to be translated: “%(title)s”"))
register_kind("fund.translated", subject=_("The translation of your bid “%(title)s” is done"))
register_kind("fund.answer_assigned", subject=_("You are asked to write an answer of the bid “%(title)s”"))
register_kind("fund.owner_given", subject=_("The bid “%(title)s” is yours to look after"))
register_kind("fund.owner_left", subject=_("The owner of the bid “%(title)s” has left: take it on"))

register_kind("fund.join_asked", subject=_("%(council)s asks to join your bid “%(title)s”"))
register_kind("fund.interest_said", subject=_("%(council)s has the problem of your bid “%(title)s” too"))
register_kind("fund.merge_asked", subject=_("%(council)s proposes to merge “%(first)s” and “%(second)s”"))
register_kind("fund.merge_accepted", subject=_("All councils accept to merge “%(first)s” and “%(second)s”"))
register_kind("fund.merge_refused", subject=_("The merge of “%(first)s” and “%(second)s” is refused"))
register_kind("fund.merge_done", subject=_("“%(first)s” and “%(second)s” are one bid now"))


def holders(organisation_id: int | None, role: Role) -> list[User]:
    """Who holds a role in an organisation today."""
    held = Membership.objects.current().filter(organisation=organisation_id, role=role, user__is_active=True)
    return [membership.user for membership in held.select_related("user")]


def without_leads(partners: Iterable[Partner]) -> set[int]:
    """The organisations of these partners in which nobody can agree: no digital lead is known to the portal."""
    asked = {partner.organisation_id for partner in partners}
    held = Membership.objects.current().filter(organisation__in=asked, role=Role.DIGITAL_LEAD, user__is_active=True)
    return asked - set(held.values_list("organisation_id", flat=True))


def ask_partner(partner: Partner) -> None:
    """The partner's digital leads are asked to agree; the page has the button."""
    bid = partner.bid
    context = {
        "lead": name_of(bid),
        "title": bid.title,
        "partner": partner.organisation.name,
        "role": partner.role,
        "share_pence": partner.share_pence,
        "again": partner.decided_at is not None,
    }
    for user in holders(partner.organisation_id, Role.DIGITAL_LEAD):
        notify(user, "fund.consent_asked", url=partner, context=context)


def tell_lead(partner: Partner) -> None:
    """The lead's officers hear what a partner said."""
    kind = "fund.consent_agreed" if partner.status == Consent.AGREED else "fund.consent_declined"
    context = {"partner": partner.organisation.name, "title": partner.bid.title}
    for user in holders(partner.bid.lead_id, Role.OFFICER):
        notify(user, kind, url=partner.bid, context=context)


def confirm_receipt(submission: Submission) -> None:
    """Whoever submitted gets the receipt: the same reference, time and hash as on the page."""
    context = {
        "reference": submission.reference,
        "title": submission.title,
        "received": submission.received_at,
        "sha256": submission.sha256,
    }
    notify(submission.by, "fund.bid_received", url=submission, context=context)


def tell_assigned(answer: Answer, person: User) -> None:
    """Whoever is to write an answer hears which."""
    context = {"title": answer.bid.title, "question": answer.question.label}
    notify(person, "fund.answer_assigned", url=answer, context=context)


def tell_owner(bid: Bid) -> None:
    notify(bid.keeper, "fund.owner_given", url=bid, context={"title": bid.title})


def offer_bid(bid: Bid, user: User) -> None:
    """Whoever may take on a bid whose owner left."""
    context = {"title": bid.title, "person": str(bid.keeper)}
    notify(user, "fund.owner_left", url=lambda: reverse("fund:bid_owner", kwargs={"slug": bid.slug}), context=context)


def name_of(bid: Bid) -> object:
    """The lead's name in both languages."""
    return bid.lead.name if bid.lead else ""


def tell_committed(partner: Partner) -> None:
    """The lead's officers hear that a partner's share of money is committed."""
    context = {"partner": partner.organisation.name, "title": partner.bid.title, "share_pence": partner.share_pence}
    for user in holders(partner.bid.lead_id, Role.OFFICER):
        notify(user, "fund.committed", url=partner.bid, context=context)


def ask_signatory(signatory: Signatory, token: str) -> None:
    """Whoever signs for a body without accounts gets the link: the page has the buttons, opening it does nothing."""
    partner = signatory.partner
    with override(signatory.language):
        link = settings.BASE_URL + reverse("fund:sign_page", kwargs={"token": token})
        context = {
            "name": signatory.name,
            "partner": str(partner.organisation.name),
            "lead": str(name_of(partner.bid)),
            "title": partner.bid.title,
            "link": link,
            "expires": signatory.expires_at,
        }
        text = render_to_string("emails/fund_signatory.txt", context)
        subject = _("%(lead)s asks you to sign for a part in the bid “%(title)s”") % context
    queue_mail(to=signatory.email, subject=str(subject), text=text)


def tell_addendum(addendum: Addendum) -> None:
    """The fund managers hear of a clarification; whoever sent it has it on the page."""
    bid = addendum.bid
    context = {"reference": bid.reference, "title": addendum.submission.title, "about": addendum.about}
    for user in programme_holders(Role.FUND_MANAGER, bid):
        notify(user, "fund.addendum", url=addendum.submission, context=context)


def tell_translators(translation: BidTranslation) -> None:
    """Translators hear of a bid as soon as it is sent."""
    context = {"reference": translation.submission.reference, "title": translation.submission.title}
    for user in programme_holders(Role.TRANSLATOR, translation.submission.bid):
        notify(user, "fund.translation_asked", url=translation, context=context)


def tell_translated(translation: BidTranslation) -> None:
    """The lead's officers may read the translation and correct it."""
    submission = translation.submission
    for user in holders(submission.bid.lead_id, Role.OFFICER):
        notify(user, "fund.translated", url=translation, context={"title": submission.title})


def programme_holders(role: Role, bid: Bid) -> list[User]:
    """Who holds a role of the programme today; for a bid of the demonstration its invented people alone."""
    held = Membership.objects.current().filter(role=role, user__is_active=True, user__demo_slug__isnull=not bid.is_demo)
    return list({membership.user_id: membership.user for membership in held.select_related("user")}.values())


def tell_of_join_request(request: JoinRequest) -> None:
    """The lead's officers read who wants to join; they invite from the page of partners."""
    context = {"council": request.organisation.name, "title": request.bid.title, "message": request.message}
    tell_officers(request.bid, "fund.join_asked", context)


def tell_of_interest(interest: Interest) -> None:
    """The lead's officers hear of a council that has the problem too."""
    context = {"council": interest.organisation.name, "title": interest.bid.title, "comment": interest.comment}
    tell_officers(interest.bid, "fund.interest_said", context)


def tell_officers(bid: Bid, kind: str, context: dict[str, object]) -> None:
    """The lead's officers, with the page of partners, from which they invite."""
    for user in holders(bid.lead_id, Role.OFFICER):
        notify(user, kind, url=lambda: reverse("fund:partner_list", kwargs={"slug": bid.slug_en}), context=context)


def ask_to_merge(merge: Merge) -> None:
    """The digital leads of all authorities are asked; officers of both leads hear of it."""
    tell_of_merge(merge, "fund.merge_asked", by=None, message=merge.message)


def tell_of_merge(merge: Merge, kind: str, *, by: object, **more: object) -> None:
    """Everybody who has a part in the merge, but the person who did it."""
    people: dict[int, User] = {}
    for number in authorities(merge):
        people |= {user.pk: user for user in holders(number, Role.DIGITAL_LEAD)}
    for bid in merge.bids:
        people |= {user.pk: user for user in holders(bid.lead_id, Role.OFFICER)}
    context = {
        "council": merge.first.lead.name if merge.first.lead else "",
        "first": merge.first.title,
        "second": merge.second.title,
        **more,
    }
    for user in people.values():
        if user != by:
            notify(user, kind, url=merge, context=context)
