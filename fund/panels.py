"""What the fund shows on pages of lower apps, and what of it waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.panels import Need, Panel, Press, needs, panel, quoted, shared_panel
from wlga_portal.kernel.wording import pounds

from . import council_money as council_money  # registered by being imported
from . import linking as linking  # registered by being imported
from . import measures as measures  # registered by being imported
from . import news as news  # likewise
from . import panels_asked as panels_asked  # likewise
from . import panels_assessing as panels_assessing  # likewise
from . import panels_awards as panels_awards  # likewise
from . import rules
from .council_money import own_councils
from .models import Assignment, Bid, Interest, Merge, Partner, Round, Stage, StageKind
from .states import OPEN_STATUSES, BidStatus, Consent
from .states.merging import MergeStatus

# bids that can be written, in which an organisation of this person takes part
OPEN_BIDS = f"""fund_bid AS bid WHERE bid.status IN ({quoted(OPEN_STATUSES)}) AND EXISTS (
    SELECT 1 FROM accounts_membership AS own
    WHERE own.user_id = %(person)s AND (own.organisation_id = bid.lead_id OR EXISTS (
        SELECT 1 FROM fund_partner AS partner
        WHERE partner.bid_id = bid.id AND partner.organisation_id = own.organisation_id)))"""  # noqa: S608  words of the code's own
SHOWN = 10  # bids on an organisation's page, before the rest is left to the list


@shared_panel("programme.front", order=30)
def front_panel(request: HttpRequest, _thing: Any) -> Panel | None:
    """The newest real round in figures, each leading to its rows."""
    newest = Round.objects.filter(published_at__isnull=False, is_demo=False).newest_first().with_figures().first()
    if newest is None:
        return None
    context = {"round": newest, "list_url": f"{reverse('fund:bid_list')}?round={newest.pk}"}
    return Panel(_("The Transformation Fund"), "fund/panel_front.html", context)


@shared_panel("organisations.organisation", order=40, reader=own_councils)
def organisation_panel(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The organisation's bids and partnerships: the published ones, and those of the reader's own councils."""
    seen = Bid.objects.public() | Bid.objects.of_councils(request.user)
    bids = list(seen.of_organisation(organisation).with_row().order_by("-round__year", "order", "pk")[: SHOWN + 1])
    if not bids:
        return None
    context = {
        "rows": [(bid, part_of(bid, organisation), others_in(bid, organisation)) for bid in bids[:SHOWN]],
        "more_url": f"{reverse('fund:bid_list')}?council={organisation.pk}" if len(bids) > SHOWN else "",
        "own_url": reverse("fund:bid_own") if len(bids) > SHOWN and request.user.is_authenticated else "",
    }
    return Panel(_("Bids to the Transformation Fund"), "fund/panel_organisation.html", context)


@panel("training.maturity_themes", order=30)
def bids_on_themes(request: HttpRequest, themes: list[Any]) -> Panel | None:
    """Bids on the topics that a question set names beside the themes in which a council has gaps."""
    topics = {slug for theme in themes for slug in theme.topics}
    rows = Bid.objects.public().filter(topic__slug_en__in=topics).with_row().order_by("-round__year", "order", "pk")
    bids = list(rows[: SHOWN + 1]) if topics else []
    if not bids:
        return None
    context = {"bids": bids[:SHOWN], "more_url": reverse("fund:bid_list") if len(bids) > SHOWN else ""}
    return Panel(_("Bids to the fund on the same topics"), "fund/panel_maturity.html", context)


def part_of(bid: Bid, organisation: Organisation) -> str:
    """What the organisation is in a bid."""
    if bid.lead_id == organisation.pk:
        return _("lead")
    joined = next(partner for partner in bid.partners.all() if partner.organisation_id == organisation.pk)
    return _("possible partner") if joined.possible else _("partner")


def others_in(bid: Bid, organisation: Organisation) -> list[Organisation]:
    """Who else has a part in a bid: the lead, and the partners that are not only possible."""
    joined = [partner.organisation for partner in bid.partners.all() if not partner.possible]
    lead = [bid.lead] if bid.lead else []
    return [body for body in [*lead, *joined] if body.pk != organisation.pk]


@needs(where=OPEN_BIDS)
def bids_to_finish(user: Any) -> Iterator[Need]:
    """Bids that this person can write in, and that are not sent, while their stage is open."""
    now = timezone.now()
    bids = Bid.objects.of_councils(user).filter(status__in=OPEN_STATUSES).writable_at(now)
    for bid in bids.with_deadline():
        stage = bid.writing_stage
        if stage is None or not stage.is_open(now) or not rules.bid_write(user, bid):
            continue
        if bid.status == BidStatus.WITHDRAWN:
            text = _("The bid “%(title)s” is withdrawn: submit it again if it is to count")
        else:
            text = _("Finish and submit the bid “%(title)s”")
        yield Need(text % {"title": bid.title}, bid.get_absolute_url(), stage.closes_at, str(bid.round.name))


@needs(where=OPEN_BIDS)
def bids_without_owner(user: Any) -> Iterator[Need]:
    """Bids that can be written, whose owner is no longer an officer of the lead, and that this person may take on."""
    now = timezone.now()
    councils = roles_of(user).organisation_ids(Role.OFFICER, Role.DIGITAL_LEAD)
    if not councils:
        return
    bids = Bid.objects.of_councils(user).filter(lead__in=councils, status__in=OPEN_STATUSES)
    open_bids = bids.filter(round__in=Round.objects.open_at(now)).select_related("round", "owner", "started_by")
    for bid in open_bids.prefetch_related("round__stages").without_keeper():
        stage = bid.writing_stage
        text = _("Take on the bid “%(title)s”: its owner has left") % {"title": bid.title}
        url = reverse("fund:bid_owner", kwargs={"slug": bid.slug})
        taking = Press(_("Take it on"), url, {"owner": user.pk}) if rules.bid_lead_officer(user, bid) else None
        yield Need(text, url, stage.closes_at if stage else None, str(bid.round.name), press=taking)


@needs(where="fund_assignment WHERE person_id = %(person)s AND completed_at IS NULL")
def answers_to_write(user: Any) -> Iterator[Need]:
    """Answers that this person is asked to write and did not call complete yet, while their bid can be written."""
    now = timezone.now()
    given = Assignment.objects.filter(
        person=user,
        completed_at=None,
        answer__bid__in=Bid.objects.of_councils(user).filter(status__in=OPEN_STATUSES),
        answer__bid__round__in=Round.objects.open_at(now),
        answer__question__stage=F("answer__bid__stage"),
    )
    for assignment in given.select_related("answer__bid__round", "answer__question").prefetch_related(
        "answer__bid__round__stages"
    ):
        answer = assignment.answer
        stage = answer.bid.writing_stage
        if stage is None or not stage.is_open(now):
            continue
        text = _("Write the answer to “%(question)s”") % {"question": answer.question.label}
        yield Need(text, answer.get_absolute_url(), stage.closes_at, answer.bid.title)


@needs
def consents_to_give(user: Any) -> Iterator[Need]:
    """Bids in which this person's council is asked to be a partner."""
    now = timezone.now()
    asked = Partner.objects.for_consent(user).filter(
        status__in=[Consent.INVITED, Consent.VOID], bid__status__in=OPEN_STATUSES
    )
    for partner in asked.with_deadline():
        stage = partner.bid.writing_stage
        if stage is None or not stage.is_open(now):
            continue
        text = _("Agree to be a partner in the bid “%(title)s”, or decline") % {"title": partner.bid.title}
        url, said = partner.get_absolute_url(), {"event": "agree", "version": partner.version}
        yield Need(text, url, stage.closes_at, part_asked(partner), press=Press(_("Agree in principle"), url, said))


def part_asked(partner: Partner) -> str:
    """What the button agrees to: who leads, what the partner does, and what it pays."""
    lead = _("Lead: %(council)s") % {"council": partner.bid.lead.name} if partner.bid.lead else ""
    share = _("Share: %(amount)s") % {"amount": pounds(partner.share_pence)} if partner.share_pence is not None else ""
    return " · ".join(part for part in (lead, partner.role, share) if part)


@needs
def statements_to_read(user: Any) -> Iterator[Need]:
    """For officers and digital leads: a round asks whether their council has one of the problems too."""
    councils = roles_of(user).organisation_ids(Role.OFFICER, Role.DIGITAL_LEAD)
    if not councils:
        return
    now = timezone.now()
    asking = Stage.objects.filter(kind=StageKind.INTEREST, opens_at__lte=now, closes_at__gte=now)
    rounds = Round.objects.visible_to(user).filter(is_historic=False).select_related(None)
    for stage in asking.filter(round__in=rounds).select_related("round"):
        if Interest.objects.filter(bid__round=stage.round_id, organisation__in=councils).exists():
            continue
        url = reverse("fund:statement_list", kwargs={"slug": stage.round.slug})
        yield Need(_("Read the problem statements: does your council have one of them too?"), url, stage.closes_at, "")


@needs
def merges_to_answer(user: Any) -> Iterator[Need]:
    """For digital leads: proposals to merge on which their council has said nothing yet."""
    councils = roles_of(user).organisation_ids(Role.DIGITAL_LEAD)
    if not councils:
        return
    asked = Merge.objects.visible_to(user).filter(status=MergeStatus.PROPOSED, expires_at__gte=timezone.now())
    for merge in asked.exclude(consents__organisation__in=councils).select_related("first", "second"):
        text = _("Accept or refuse to merge the bids %(first)s and %(second)s")
        names = {"first": merge.first.reference, "second": merge.second.reference}
        yield Need(text % names, merge.get_absolute_url(), merge.expires_at, "")


@needs
def bids_to_read(user: Any) -> Iterator[Need]:
    """For the fund manager: the bids that councils have sent."""
    if not rules.fund_manage(user):
        return
    count = Bid.objects.filter(status=BidStatus.SUBMITTED).count()
    if count:
        text = ngettext("%(count)s submitted bid to read", "%(count)s submitted bids to read", count)
        yield Need(text % {"count": count}, reverse("fund:submission_list"))
