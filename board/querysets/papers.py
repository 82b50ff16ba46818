"""How boards, meetings and papers are read; `visible_to` says what a person may see."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, JSONField, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.roles import Role, roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import DRAFTING, FROZEN, MeetingStatus

if TYPE_CHECKING:
    from ..models import AgendaItem, Board, Meeting, Paper, Seat

DRAFT_READERS = (Role.SECRETARIAT, Role.CLEARER, Role.TRANSLATOR)


def current_on(prefix: str = "") -> Q:
    """A seat that is held today; an empty date does not end or hinder it."""
    return held_on(timezone.localdate(), prefix)


def held_on(day: date, prefix: str = "") -> Q:
    """A seat that is held on that day."""
    starts, ends = f"{prefix}starts", f"{prefix}ends"
    return (Q(**{starts: None}) | Q(**{f"{starts}__lte": day})) & (Q(**{ends: None}) | Q(**{f"{ends}__gte": day}))


class BoardQuerySet(models.QuerySet["Board"]):
    """Boards are public; the demonstration's in demonstration mode alone."""

    def visible_to(self, user: Any) -> "BoardQuerySet":
        return self.all() if settings.DEMO else self.filter(is_demo=False)

    def with_page(self, user: Any, *, papers: int, meetings: int | None = None) -> "BoardQuerySet":
        """Each with its seats in order and their people, its meetings (the latest first, so many, or all), what it
        considered elsewhere, and the ids of the latest papers and reports that `user` may see."""
        from ..models import Meeting, Paper, PaperKind, Seat

        latest = Meeting.objects.order_by("-date", "-starts_at")
        readable = Paper.objects.visible_to(user).filter(board=OuterRef("pk")).published().latest_first().values("pk")
        return self.prefetch_related(
            Prefetch("seats", Seat.objects.with_people().order_by("position", "pk"), to_attr="people"),
            Prefetch("meetings", latest[:meetings] if meetings else latest, to_attr="dates"),
            "considered",
        ).annotate(
            paper_ids=ArraySubquery(readable.filter(kind=PaperKind.PAPER)[:papers]),
            report_ids=ArraySubquery(readable.filter(kind=PaperKind.REPORT)[:papers]),
        )

    def real_first(self) -> "BoardQuerySet":
        """The boards of the programme, then the demonstration's."""
        return self.order_by("is_demo", sort_column("name"))


class SeatQuerySet(models.QuerySet["Seat"]):
    """Places on boards."""

    def current(self) -> "SeatQuerySet":
        return self.filter(current_on())

    def held_by(self, user: Any) -> "SeatQuerySet":
        """The seats that this person holds today, as a board member."""
        return self.current().filter(person__user_id=user.pk) if roles_of(user).has(Role.BOARD_MEMBER) else self.none()

    def of_organisation(self, organisation: Any) -> "SeatQuerySet":
        """Held from this organisation, or for it."""
        return self.filter(Q(organisation=organisation) | Q(represents=organisation))

    def with_people(self) -> "SeatQuerySet":
        return self.select_related("person__user", "organisation", "represents")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings are public; what a restricted item holds is not."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        return self.all() if settings.DEMO else self.filter(board__is_demo=False)

    def coming(self) -> "MeetingQuerySet":
        """From today on, soonest first, without the cancelled."""
        coming = self.filter(date__gte=timezone.localdate()).exclude(
            status__in=[MeetingStatus.CANCELLED, MeetingStatus.HELD]
        )
        return coming.order_by("date", "starts_at")

    def past(self) -> "MeetingQuerySet":
        """Those that were held, latest first."""
        return self.filter(status=MeetingStatus.HELD).order_by("-date", "-starts_at")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """The items of meetings, in their order."""

    def with_papers(self, user: Any) -> "AgendaItemQuerySet":
        """Each with `shown`: its papers that this person may see."""
        from ..models import Paper

        papers = Paper.objects.visible_to(user).with_said().select_related("lateness").order_by("number")
        return self.select_related("presenter__user").prefetch_related(Prefetch("papers", papers, to_attr="shown"))


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers: published ones are public unless their item is restricted; drafts are for those who work on them."""

    def visible_to(self, user: Any) -> "PaperQuerySet":
        from ..models import Seat

        roles = roles_of(user)
        open_to = self.shown().opened_to(user)
        if roles.has(*DRAFT_READERS):
            return open_to
        published = Q(edition_number__isnull=False)
        readable = published & (Q(agenda_item=None) | Q(agenda_item__restricted=False))
        if roles.has(Role.BOARD_MEMBER):
            theirs = Q(board__in=Seat.objects.held_by(user).values("board"))
            readable |= theirs & (published | (Q(kind="minute") & ~Q(status__in=[*DRAFTING])))
        if roles.has(Role.AUTHOR):
            readable |= Q(pk__in=written_by(user))
        if user is not None and user.is_authenticated:
            readable |= published & Q(meeting__in=substituted_by(user))
        return open_to.filter(readable)

    def opened_to(self, user: Any) -> "PaperQuerySet":
        """Without the restricted papers of items in which this person declared a prejudicial interest."""
        from ..models import Declaration

        if user is None or not user.is_authenticated:
            return self
        closed = Declaration.objects.that_close(user).filter(item__restricted=True)
        return self.exclude(agenda_item__in=closed.values("item"))

    def shown(self) -> "PaperQuerySet":
        """The demonstration's are there in demonstration mode alone."""
        return self.all() if settings.DEMO else self.real()

    def worked_on_by(self, user: Any) -> "PaperQuerySet":
        """Those of which this person sees how they are made: all for who runs, clears or translates, else one's own."""
        roles = roles_of(user)
        if roles.has(*DRAFT_READERS):
            return self.shown().opened_to(user)
        return self.shown().opened_to(user).filter(pk__in=written_by(user)) if roles.has(Role.AUTHOR) else self.none()

    def with_place(self) -> "PaperQuerySet":
        """Each with its board, meeting, item and the reason why it was late."""
        return self.select_related("board", "meeting", "agenda_item", "lateness")

    def published(self) -> "PaperQuerySet":
        """Those with an edition, whatever their words are doing meanwhile."""
        return self.filter(edition_number__isnull=False)

    def real(self) -> "PaperQuerySet":
        """Not the demonstration's: what public figures count."""
        return self.filter(board__is_demo=False)

    def latest_first(self) -> "PaperQuerySet":
        return self.order_by(F("day").desc(nulls_last=True), "-pk")

    def in_bulk_for_lists(self, ids: list[int]) -> "dict[int, Paper]":
        """These papers by id, with what a line of a list shows of each."""
        columns = ("slug_en", "slug_cy", "title_en", "title_cy", "audience_en", "audience_cy", "day", "status")
        return {paper.pk: paper for paper in self.with_said().filter(pk__in=ids).only(*columns, "edition_number")}

    def with_said(self) -> "PaperQuerySet":
        """Each with the title of its latest edition where a correction is being written: what `said` reads."""
        from ..models import Edition

        latest = Edition.objects.filter(paper=OuterRef("pk"), number=OuterRef("edition_number"))
        title = latest.annotate(said=KeyTransform("title", Cast("content", JSONField()))).values("said")
        corrected = Q(edition_number__isnull=False) & ~Q(status__in=[*FROZEN])
        return self.annotate(edition_title=Case(When(corrected, then=Subquery(title)), default=None))

    def in_preparation(self) -> "PaperQuerySet":
        """Whose words are not those of their latest edition."""
        return self.exclude(status__in=[*FROZEN])

    def with_authors(self) -> "PaperQuerySet":
        """Each with `named_authors`: its credits as author."""
        from ..models import Credit, Part

        credits = Credit.objects.filter(part=Part.AUTHOR).select_related("user", "person__user")
        return self.prefetch_related(Prefetch("credits", credits, to_attr="named_authors"))


def substituted_by(user: Any) -> models.QuerySet[Any, Any]:
    """The meetings to which this person comes for a member, until the day of the meeting is over."""
    from ..models import Answer, Response

    theirs = Response.objects.filter(answer=Answer.SUBSTITUTE, substitute__person__user_id=user.pk)
    return theirs.filter(meeting__date__gte=timezone.localdate()).values("meeting")


def written_by(user: Any) -> models.QuerySet[Any, Any]:
    """The papers of which this person is an author."""
    from ..models import Credit, Part

    return Credit.objects.filter(part=Part.AUTHOR, user_id=user.pk).values("paper")
