"""A post as it is read: its Markdown drawn with its own pictures, and the rows of lists and panels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.markup import article_html

from .models import Picture, Post, Project


def figure(picture: Picture, language: str, base: str = "") -> SafeString:
    """A picture with what it shows, in a language; `base` is put before its address, in a feed."""
    with override(language):
        return format_html(
            '<p class="portal-picture"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy"></p>',
            base + picture.get_absolute_url(),
            getattr(picture, f"alt_{language}"),
            picture.width,
            picture.height,
        )


def drawer(pictures: Iterable[Picture], language: str, base: str = "") -> Callable[[int], SafeString | str]:
    """A function that draws the picture of a number, or nothing."""
    known = {picture.number: picture for picture in pictures}
    return lambda number: figure(known[number], language, base) if number in known else ""


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a post as HTML; `lang` is set where it is not in the page's language."""

    html: SafeString
    lang: str


def body_of(text: Text, pictures: Iterable[Picture], page_language: str, base: str = "") -> Body:
    language = text.lang
    html = article_html(str(text), drawer(pictures, language, base))
    return Body(html, "" if language == page_language else language)


def posts_about(project: Project, user: Any, number: int) -> list[Post]:
    """The newest posts about a project that this person may read."""
    if "post_links" not in project.filled:
        return []
    return list(Post.objects.visible_to(user).published().about(project).with_row().newest_first()[:number])
