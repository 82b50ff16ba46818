"""How posts are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q

from wlga_portal.kernel.bilingual import sort_column

from .. import rules
from ..states import PostStatus

if TYPE_CHECKING:
    from ..models import Post, Project


class PostQuerySet(models.QuerySet["Post"]):
    """Posts of the team."""

    def visible_to(self, user: Any) -> "PostQuerySet":
        """Published posts are public; the team sees the others too. The demonstration's in demonstration mode alone."""
        shown = self if settings.DEMO else self.filter(is_demo=False)
        return shown if rules.team(user) else shown.published()

    def published(self) -> "PostQuerySet":
        return self.filter(status=PostStatus.PUBLISHED)

    def real(self) -> "PostQuerySet":
        """Without the demonstration's."""
        return self.filter(is_demo=False)

    def newest_first(self) -> "PostQuerySet":
        """What is not published yet comes first."""
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def about(self, project: "Project") -> "PostQuerySet":
        return self.filter(project_links__project=project)

    def matching(self, words: str) -> "PostQuerySet":
        """Those whose title, summary or text has these words, in either language."""
        found = Q()
        for name in ("title", "summary", "body"):
            for language in ("en", "cy"):
                found |= Q(**{f"{name}_{language}__icontains": words})
        return self.filter(found)

    def with_row(self) -> "PostQuerySet":
        """What a list or a feed shows of each, without the texts: two queries more, for all."""
        from ..models import PostAuthor, PostTag

        authors = PostAuthor.objects.select_related("user").order_by("pk")
        tags = PostTag.objects.select_related("tag").order_by(sort_column("tag__title"))
        return self.prefetch_related(Prefetch("author_links", authors), Prefetch("tag_links", tags))
