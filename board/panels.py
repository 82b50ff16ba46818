"""What the board shows on pages of lower apps, and what of it waits for a person."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Mark
from wlga_portal.kernel.panels import Need, Panel, needs, panel, shared_panel

from . import holdings as holdings  # registered by being imported
from . import linking as linking  # registered by being imported
from . import linking_recommendations as linking_recommendations  # registered by being imported
from . import measures as measures  # registered by being imported
from . import news as news  # likewise
from . import panels_following as panels_following  # registered by being imported
from . import panels_planning as panels_planning
from . import rules
from .actions.comments import open_comments
from .models import Meeting, Paper, PaperKind, Seat, Withdrawal
from .planning import plan_of
from .pressing import step_press
from .querysets import PaperQuerySet, written_by
from .states import PaperStatus
from .tables import work_url
from .wording import withdrawn_place

DAYS_BEFORE_A_MEETING = 28  # from when on a coming meeting needs its members


@shared_panel("programme.front", order=10)
def front_panel(request: HttpRequest, _thing: Any) -> Panel | None:
    """The next and the last meeting of the programme's own boards, and the latest paper that everybody may read."""
    meetings = Meeting.objects.visible_to(None).filter(board__is_demo=False)
    meetings = meetings.only("slug_en", "slug_cy", "date")
    papers = Paper.objects.visible_to(None).published().real().latest_first()
    counted = papers.order_by().aggregate(papers=Count("pk"), boards=Count("board", distinct=True), one=Min("board"))
    only = f"?board={counted['one']}" if counted["boards"] == 1 else ""
    context = {
        "coming": meetings.coming().first(),
        "last": meetings.past().first(),
        "paper": papers.only("slug_en", "slug_cy", "title_en", "title_cy", "day").first(),
        "papers": counted["papers"],
        "list_url": reverse("board:paper_list") + only,
    }
    if not any(context[name] for name in ("coming", "last", "paper")):
        return None
    return Panel(_("The board"), "board/panel_front.html", context)


@panel("organisations.organisation", order=10)
def organisation_panel(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The seats on the programme's boards that are held from this organisation, or for it."""
    seats = Seat.objects.current().filter(board__is_demo=False).with_people().select_related("board")
    held = list(seats.of_organisation(organisation).order_by("board", "position", "pk"))
    return Panel(_("On the board"), "board/panel_organisation.html", {"seats": held}) if held else None


@needs
def papers_to_clear(user: Any) -> Iterator[Need]:
    """Papers in review, for those who may clear them."""
    if roles_of(user).has(Role.CLEARER):
        papers = list(waiting(user, PaperStatus.REVIEW))
        held = set(open_comments(paper__in=papers).values_list("paper", flat=True)) if papers else set()
        for paper in papers:
            if rules.paper_clear(user, paper):
                event = "" if paper.pk in held else "clear"  # a comment is to be answered first
                yield need(_("Clear or return the paper “%(title)s”"), paper, event=event)


@needs
def papers_to_translate(user: Any) -> Iterator[Need]:
    """Papers in translation, for the translators; texts that fell behind are counted."""
    if roles_of(user).has(Role.TRANSLATOR):
        for paper in waiting(user, PaperStatus.TRANSLATION):
            behind = stale_detail(paper)
            text = _("Compare and review the translation of “%(title)s”")
            yield need(text, paper, detail=behind, event="" if behind else "translated")


@needs
def papers_returned(user: Any) -> Iterator[Need]:
    """Papers that came back to their authors."""
    if roles_of(user).has(Role.AUTHOR):
        for paper in waiting(user, PaperStatus.RETURNED).filter(pk__in=written_by(user)):
            yield need(_("The paper “%(title)s” was returned to you"), paper, event="submit")


@needs
def papers_cleared(user: Any) -> Iterator[Need]:
    """Cleared papers, for the secretariat: to translation, or to the public."""
    if roles_of(user).has(Role.SECRETARIAT):
        for paper in waiting(user, PaperStatus.CLEARED):
            if paper.kind == PaperKind.MINUTES:
                yield need(_("Say which meeting approved “%(title)s”"), paper)
            else:
                yield need(_("Translate or publish the cleared paper “%(title)s”"), paper)


@needs
def withdrawals_to_confirm(user: Any) -> Iterator[Need]:
    """Editions that somebody else asked to withdraw: the most urgent thing there is."""
    if roles_of(user).has(Role.SECRETARIAT, Role.CLEARER):
        for one in Withdrawal.objects.visible_to(user).waiting().exclude(asked_by=user).with_place():
            text = _("Confirm or decline the withdrawal of “%(title)s”") % {"title": one.edition.paper.title}
            yield Need(text, one.get_absolute_url(), timezone.localdate(one.asked_at), withdrawn_place(one.edition))


@needs
def meetings_to_prepare(user: Any) -> Iterator[Need]:
    """Coming meetings of the boards on which this person sits."""
    if roles_of(user).has(Role.BOARD_MEMBER):
        boards = Seat.objects.held_by(user).values("board")
        soon = timezone.localdate() + timedelta(days=DAYS_BEFORE_A_MEETING)
        for meeting in Meeting.objects.coming().filter(board__in=boards, date__lte=soon).select_related("board"):
            text = _("Read the papers of “%(meeting)s”") % {"meeting": meeting}
            yield Need(text, meeting.get_absolute_url(), meeting.date, str(meeting.board.name))


def waiting(user: Any, status: str) -> PaperQuerySet:
    papers = Paper.objects.worked_on_by(user).filter(status=status).select_related("board", "meeting")
    titles = ("title_en", "title_cy", "slug_en", "slug_cy", "board__name_en", "board__name_cy")
    days = (f"board__{name}_days" for name in ("clear", "translation", "clearance", "draft"))
    return papers.only("status", "kind", *titles, *days, "meeting__date")


def need(text: str, paper: Paper, *, detail: str = "", event: str = "") -> Need:
    """A paper that waits; `event` is the step that one button takes."""
    due = plan_of(paper.meeting.date, paper.board).due_in(paper.status) if paper.meeting else None
    press = step_press(paper, event) if event else None
    return Need(text % {"title": paper.title}, work_url(paper), due, detail or str(paper.board.name), press=press)


def stale_detail(paper: Paper) -> str:
    """How many blocks have a side that is behind, where there are any."""
    behind = paper.blocks.filter(text_mark__in=[Mark.STALE_EN, Mark.STALE_CY]).count()
    return _("Blocks with a side that is behind: %(count)s") % {"count": behind} if behind else ""
