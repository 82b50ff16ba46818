"""How the list of posts is narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import sort_column

from ..forms import ByTitle
from ..models import Post, Project, Tag
from .projects import ALL, FilterForm


class ByTitleFilter(django_filters.ModelChoiceFilter):
    """A choice among things with a title, in the page's language."""

    field_class = ByTitle


class PostFilter(django_filters.FilterSet):
    """Posts by words, tag and project."""

    q = django_filters.CharFilter(label=_("Words of the post"), method="search", max_length=100)
    tag = ByTitleFilter(
        label=pgettext_lazy("of a post", "Tag"),
        queryset=Tag.objects.none(),
        to_field_name="slug_en",
        empty_label=ALL,
        field_name="tags",
    )
    project = ByTitleFilter(
        label=_("Project"),
        queryset=Project.objects.none(),
        to_field_name="slug_en",
        empty_label=ALL,
        field_name="projects",
    )

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()
        form = FilterForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = Post.objects.visible_to(self.request.user)
        used = Tag.objects.filter(post_links__post__in=shown).distinct()
        self.filters["tag"].queryset = used.order_by(sort_column("title"))
        named = Project.objects.visible_to(self.request.user).filter(post_links__isnull=False).distinct()
        self.filters["project"].queryset = named.order_by(sort_column("title"))

    def search(self, queryset: Any, _name: str, value: str) -> QuerySet[Post]:
        found: QuerySet[Post] = queryset.matching(value)
        return found
