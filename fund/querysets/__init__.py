"""How the fund is read. `visible_to` is the one place that says what a person may know of."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, Func, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role, roles_of
from fund.states import SENT_STATUSES, TAKING_PART, BidStatus

if TYPE_CHECKING:
    from fund.models import Bid, Partner, Round, Submission

LONG = ("latest__snapshot", "proposal_en", "proposal_cy")  # what no list shows
SENT_COLUMNS = (
    "slug_en", "slug_cy", "reference", "status", "lead__name_en", "lead__name_cy", "latest__number", "latest__title",
    "latest__language", "latest__amount_pence", "latest__received_at", "latest__topic__name_en",
    "latest__topic__name_cy",
)  # fmt: skip
NEAR_COLUMNS = (
    "bid_id", "score", "other__slug_en", "other__slug_cy", "other__reference", "other__status", "other__is_historic",
    "other__title", "other__label_en", "other__label_cy", "other__language", "other__latest__number",
)  # fmt: skip
ROUND_TEXTS = ("round__guidance_en", "round__guidance_cy")
# Whoever works on bids for a council.
COUNCIL_ROLES = (Role.OFFICER, Role.DIGITAL_LEAD, Role.FINANCE)


def counted(rows: models.QuerySet[Any]) -> Subquery:
    """How many rows there are, as a subquery of another query."""
    return Subquery(rows.annotate(total=Func("pk", function="count")).values("total"))


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds: published ones are public; the fund manager also sees those being prepared.

    That of the demonstration is seen in demonstration mode alone, and so are its bids.
    """

    def visible_to(self, user: Any) -> "RoundQuerySet":
        shown = self if settings.DEMO else self.filter(is_demo=False)
        return shown if roles_of(user).has(Role.FUND_MANAGER) else shown.filter(published_at__isnull=False)

    def open_at(self, at: datetime | None = None) -> "RoundQuerySet":
        """Those in which councils can write at this moment."""
        from fund.models import Stage
        from fund.models.rounds import WRITTEN_STAGES

        at = at or timezone.now()
        stages = Stage.objects.filter(round=OuterRef("pk"), kind__in=WRITTEN_STAGES)
        return self.filter(Exists(stages.filter(opens_at__lte=at, closes_at__gte=at)), published_at__isnull=False)

    def with_page(self) -> "RoundQuerySet":
        """What a round's page shows of the round itself."""
        return self.select_related("fund", "stated_process").prefetch_related("stages", "topics")

    def with_figures(self) -> "RoundQuerySet":
        """Name, year and budget, with `progressed` (its published bids that did) and `topic_count`: one query."""
        from fund.models import Bid, Topic

        progressed = Bid.objects.public().progressed().filter(round=OuterRef("pk")).order_by()
        topics = Topic.objects.filter(round=OuterRef("pk")).order_by()
        columns = ("slug_en", "slug_cy", "year", "name_en", "name_cy", "budget_pence")
        return self.only(*columns).annotate(progressed=counted(progressed), topic_count=counted(topics))

    def newest_first(self) -> "RoundQuerySet":
        return self.order_by("-year", "-pk")


class BidQuerySet(models.QuerySet["Bid"]):
    """Bids. A draft belongs to its councils alone."""

    def public(self) -> "BidQuerySet":
        """What is published: bids of the past, never an invented one."""
        return self.filter(is_historic=True, round__is_demo=False, round__published_at__isnull=False)

    def of_councils(self, user: Any) -> "BidQuerySet":
        """The bids made here in which a council of this person takes part, as lead or partner."""
        councils = roles_of(user).organisation_ids(*COUNCIL_ROLES)
        if not councils:
            return self.none()
        return self.shown().filter(self.with_council(councils), is_historic=False)

    def shown(self) -> "BidQuerySet":
        """The demonstration's are there in demonstration mode alone."""
        return self if settings.DEMO else self.filter(round__is_demo=False)

    @staticmethod
    def with_council(councils: Any) -> Q:
        from fund.models import Partner

        taking_part = Partner.objects.filter(organisation__in=councils, status__in=TAKING_PART)
        of_bid, of_merged = taking_part.filter(bid=OuterRef("pk")), taking_part.filter(bid=OuterRef("merged_into"))
        # a bid that went on in another is read by all the councils of that one
        merged = Q(merged_into__isnull=False) & (Q(merged_into__lead__in=councils) | Q(Exists(of_merged)))
        return Q(lead__in=councils) | Q(Exists(of_bid)) | merged

    def visible_to(self, user: Any) -> "BidQuerySet":
        """The public ones; those of the person's councils; for the fund manager all that were submitted."""
        roles = roles_of(user)
        seen = Q(is_historic=True, round__published_at__isnull=False)
        councils = roles.organisation_ids(*COUNCIL_ROLES)
        if councils:
            seen |= self.with_council(councils) & Q(is_historic=False)
        if roles.has(Role.FUND_MANAGER):
            seen |= Q(status__in=SENT_STATUSES) | Q(status=BidStatus.MERGED, latest__isnull=False)
        return self.shown().filter(seen)

    def writable_at(self, at: datetime) -> "BidQuerySet":
        """Those whose round takes bids at this moment, or that have more time of their own."""
        from fund.models import Extension, Round

        longer = Extension.objects.filter(bid=OuterRef("pk"), closes_at__gte=at)
        return self.filter(Q(round__in=Round.objects.open_at(at)) | Q(Exists(longer)))

    def without_keeper(self) -> "BidQuerySet":
        """Bids made here whose owner (or, without one, who started it) is no longer an officer of the lead."""
        held = Membership.objects.current().filter(
            user=Coalesce(OuterRef("owner"), OuterRef("started_by")),
            organisation=OuterRef("lead"),
            role=Role.OFFICER,
            user__is_active=True,
        )
        return self.filter(~Exists(held), is_historic=False)

    def of_organisation(self, organisation: Any) -> "BidQuerySet":
        """Bids that it leads or has a part in."""
        from fund.models import Partner

        joined = Partner.objects.filter(bid=OuterRef("pk"), organisation=organisation)
        return self.filter(Q(lead=organisation) | Exists(joined))

    def progressed(self) -> "BidQuerySet":
        return self.filter(status=BidStatus.PROGRESSED)

    def with_row(self) -> "BidQuerySet":
        """What a row of a list shows: two queries, however many rows."""
        related = self.select_related("round", "topic", "lead", "latest").defer(*LONG, *ROUND_TEXTS)
        return related.prefetch_related(self.partners())

    def with_sent(self) -> "BidQuerySet":
        """What the fund manager's list shows, and no more of each row, with `interested`, the number of councils that
        have the problem too: three queries, the bids that are near to each among them."""
        from ..models import Interest, Likeness

        said = Interest.objects.filter(bid=OuterRef("pk")).order_by()
        # A condition on the submission lets PostgreSQL begin with the newest submissions, not with every bid.
        sent = self.filter(latest__received_at__isnull=False)
        shown = sent.select_related("lead", "latest__topic").only(*SENT_COLUMNS).annotate(interested=counted(said))
        near = Likeness.objects.select_related("other__latest").only(*NEAR_COLUMNS)
        return shown.prefetch_related(Prefetch("likenesses", near))

    def sent(self) -> "BidQuerySet":
        """Those that were submitted, whether or not they were withdrawn since."""
        return self.filter(status__in=SENT_STATUSES)

    def with_page(self) -> "BidQuerySet":
        """What a bid's own page shows."""
        people = ("owner", "started_by")
        related = self.select_related("round", "round__fund", "topic", "lead", "latest__translation", *people)
        return related.defer("latest__snapshot").prefetch_related(self.partners(), "round__stages", "extensions")

    def with_tasks(self) -> "BidQuerySet":
        """Counts for the task list: costs, citations, comments that wait; are costs asked for; `keeper_left`."""
        from fund.models import Citation, Comment, CostCategory, CostLine

        of_bid = {"bid": OuterRef("pk")}
        form = {"round": OuterRef("round"), "form_version": OuterRef("form_version")}
        left = type(self)(self.model).without_keeper().filter(pk=OuterRef("pk"))
        return self.annotate(
            has_costs=Exists(CostCategory.objects.filter(**form)),
            cost_count=counted(CostLine.objects.filter(**of_bid).order_by()),
            citation_count=counted(Citation.objects.filter(**of_bid).order_by()),
            open_comments=counted(Comment.objects.filter(**of_bid, done_at=None).order_by()),
            keeper_left=Exists(left),
        )

    def with_deadline(self) -> "BidQuerySet":
        """What says until when it is to be finished, and who may: titles, the stages of the round, its partners."""
        from fund.models import Partner

        texts = ("title", "label_en", "label_cy", "round__name_en", "round__name_cy")
        keys = ("slug_en", "slug_cy", "stage", "status", "is_historic", "lead_id", "round_id")
        partners = Partner.objects.only("bid_id", "status", "organisation_id")
        shown = self.select_related("round").only(*keys, *texts)
        return shown.prefetch_related(Prefetch("partners", partners), "round__stages", "extensions")

    @staticmethod
    def partners() -> Prefetch[Any]:
        from fund.models import Partner

        return Prefetch("partners", Partner.objects.select_related("organisation"))


class PartnerQuerySet(models.QuerySet["Partner"]):
    """The partners of bids."""

    def for_consent(self, user: Any) -> "PartnerQuerySet":
        """Those that this person may speak for: digital lead of the partner, in a bid made here."""
        councils = roles_of(user).organisation_ids(Role.DIGITAL_LEAD)
        return self.filter(organisation__in=councils, bid__is_historic=False)

    def for_commitment(self, user: Any) -> "PartnerQuerySet":
        """Those whose money this person may commit: finance approver or digital lead of the partner."""
        councils = roles_of(user).organisation_ids(Role.FINANCE, Role.DIGITAL_LEAD)
        return self.filter(organisation__in=councils, bid__is_historic=False)

    def of_bids(self, user: Any) -> "PartnerQuerySet":
        """Those that officers of the lead may change."""
        councils = roles_of(user).organisation_ids(Role.OFFICER)
        return self.filter(bid__lead__in=councils, bid__is_historic=False)

    def with_deadline(self) -> "PartnerQuerySet":
        """What asks for an agreement: the bid's title, its lead and the stages of its round."""
        of_bid = ("slug_en", "slug_cy", "title", "label_en", "label_cy", "stage", "lead__name_en", "lead__name_cy")
        shown = self.select_related("bid__round", "bid__lead").only(
            "role", "share_pence", "version", *(f"bid__{name}" for name in of_bid), "bid__round__year"
        )
        return shown.prefetch_related("bid__round__stages", "bid__extensions")

    def with_bid(self) -> "PartnerQuerySet":
        related = self.select_related("organisation", "bid__round", "bid__lead")
        return related.prefetch_related("bid__round__stages", "bid__extensions")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """What was sent: seen by the councils of the bid and by the fund manager."""

    def visible_to(self, user: Any) -> "SubmissionQuerySet":
        from fund.models import Bid

        if roles_of(user).has(Role.FUND_MANAGER):
            return self
        return self.filter(bid__in=Bid.objects.of_councils(user))
