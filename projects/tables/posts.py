"""The columns of the list of posts."""

from typing import Any, ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, PortalTable, TagColumn

from ..models import Post
from ..states import PostStatus

POST_COLOURS = {"draft": "grey", "published": "green", "withdrawn": "orange"}


class PostTable(PortalTable):
    """Posts, newest first; their status is for the team."""

    caption = gettext_lazy("Working in the open")
    no_rows = gettext_lazy("No posts yet.")
    title = Column(pgettext_lazy("of a list", "Post"))
    published_at = DayColumn(pgettext_lazy("of a post", "Published"), empty="–")
    authors = Column(gettext_lazy("Authors"), accessor="author_names", empty="–")
    tags = Column(pgettext_lazy("of a post", "Tags"), accessor="pk")
    status = TagColumn(gettext_lazy("Status"), labels=PostStatus.choices, colours=POST_COLOURS)

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s post", "%(count)s posts", total) % {"count": f"{total:,}"}

    def render_title(self, record: Post, value: Any) -> Any:
        return format_html(
            '<a class="govuk-link" href="{}">{}</a><br><span class="portal-post-summary">{}</span>',
            record.get_absolute_url(),
            bi(record.title),
            bi(record.summary),
        )

    def render_tags(self, record: Post, value: Any) -> Any:
        tags = [link.tag for link in record.tag_links.all()]
        if not tags:
            return "–"
        links = ((tag.get_absolute_url(), bi(tag.title)) for tag in tags)
        return format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', links)


class PublicPostTable(PostTable):
    """Without the status: all are published."""

    class Meta:
        exclude: ClassVar[tuple[str, ...]] = ("status",)
