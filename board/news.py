"""What of the board happened lately, for everybody who was away."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wlga_portal.kernel.news import NEWEST, News, happened

from .models import Edition, Paper


@happened
def papers_published() -> Iterator[News]:
    """The newest editions of papers that everybody may read."""
    public = Edition.objects.standing().filter(paper__in=Paper.objects.visible_to(None).published())
    for edition in public.select_related("paper__board").defer("content").order_by("-published_at")[:NEWEST]:
        text = _("Paper published: %(title)s") if edition.number == 1 else _("New edition of a paper: %(title)s")
        paper = edition.paper
        yield News(edition.published_at, text % {"title": paper.title}, paper.get_absolute_url(), str(paper.board.name))
