"""What of the projects happened lately, for everybody who was away."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wlga_portal.kernel.news import NEWEST, News, happened

from .models import Post, Project, StatusUpdate
from .states import Confidence


@happened
def statuses_said() -> Iterator[News]:
    """The newest status updates."""
    said = StatusUpdate.objects.filter(project__in=Project.objects.visible_to(None)).select_related("project")
    for update in said.order_by("-at", "-pk")[:NEWEST]:
        words = {"project": update.project.title, "confidence": Confidence(update.confidence).label}
        text = _("%(project)s: status %(confidence)s") % words
        yield News(update.at, text, update.project.get_absolute_url(), _("Projects"))


@happened
def posts_published() -> Iterator[News]:
    """The newest posts of the team."""
    for post in Post.objects.visible_to(None).published().order_by("-published_at")[:NEWEST]:
        if post.published_at is not None:
            text = _("New post: %(title)s") % {"title": post.title}
            yield News(post.published_at, text, post.get_absolute_url(), _("Working in the open"))
