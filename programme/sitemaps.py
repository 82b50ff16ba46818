"""The public pages for search engines, each with its address in both languages."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from board.models import Board, Meeting, Paper
from fund.models import Bid, Round
from organisations.models import Organisation
from projects.models import DeliveryPlan, Post, Project
from training.models import Course, Session, Stream

FIXED = (
    "programme:front", "board:front", "projects:project_list", "projects:post_list", "fund:front", "training:front",
    "organisations:council_list", "programme:accessibility", "programme:privacy", "programme:cookies",
    "programme:help", "programme:contact",
    "programme:team_page",
)  # fmt: skip


class BothLanguages(Sitemap[Any]):
    """Each item is listed in both languages, with the other as its alternate."""

    i18n = True
    alternates = True
    x_default = False
    languages = ["cy", "en"]


class FixedSitemap(BothLanguages):
    def items(self) -> list[str]:
        return list(FIXED)

    def location(self, item: str) -> str:
        return reverse(item)


class ObjectSitemap(BothLanguages):
    """The objects that anybody may see, without the demonstration's. The order is that of their making."""

    queryset: Any
    real: dict[str, bool]

    def items(self) -> "QuerySet[Any]":
        found = self.queryset.all()
        if hasattr(found, "visible_to"):
            found = found.visible_to(AnonymousUser())
        ordered: QuerySet[Any] = found.filter(**self.real).order_by("pk")
        return ordered


def of(manager: Any, marked_by: str) -> ObjectSitemap:
    """The sitemap of one model, whose demonstration rows are marked by the column of this name ("" where none are)."""
    sitemap = ObjectSitemap()
    sitemap.queryset = manager
    sitemap.real = {marked_by: False} if marked_by else {}
    return sitemap


SITEMAPS: dict[str, Any] = {
    "pages": FixedSitemap,
    **{
        model.__name__.lower(): of(model.objects, marked_by)
        for model, marked_by in (
            (Organisation, ""),
            (Board, "is_demo"),
            (Meeting, "board__is_demo"),
            (Paper, "board__is_demo"),
            (Project, "is_demo"),
            (DeliveryPlan, "is_demo"),
            (Post, "is_demo"),
            (Round, "is_demo"),
            (Bid, "round__is_demo"),
            (Stream, ""),
            (Course, "is_demo"),
            (Session, "course__is_demo"),
        )
    },
}
