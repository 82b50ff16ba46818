"""What of the board happened lately, for everybody who was away."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from wlga_portal.kernel.news import NEWEST, News, happened

from .models import Edition, Paper


@happened
def papers_published() -> Iterator[News]:
    """The papers that everybody may read, each once: its latest edition, by the title that this has."""
    latest = Edition.objects.standing().filter(paper=OuterRef("pk"), number=OuterRef("edition_number"))
    public = Paper.objects.visible_to(None).published().with_said().select_related("board")
    told = public.annotate(told_at=Subquery(latest.values("published_at"))).filter(told_at__isnull=False)
    for paper in told.order_by("-told_at", "-pk")[:NEWEST]:
        text = _("Paper published: %(title)s") if paper.edition_number == 1 else _("New edition of a paper: %(title)s")
        yield News(paper.told_at, text % {"title": paper.said}, paper.get_absolute_url(), str(paper.board.name))
