"""Atom feeds (RFC 4287): the posts and the public updates of all projects, or of one, in one language.

The newest 40 entries. An entry's id never changes: it is a tag URI (RFC 4151) of the portal's host and the row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.markup import CONTROL, article_html

from .articles import drawer
from .models import Picture, Post, Project, StatusUpdate
from .states import Confidence

ENTRIES = 40
BEGUN = "2026"  # the year from which this host's ids are the portal's


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a post or an update; `html` is what a reader shows."""

    id: str
    title: str
    url: str
    html: str
    at: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]


def entry_id(kind: str, number: int) -> str:
    return f"tag:{urlsplit(settings.BASE_URL).hostname},{BEGUN}:{kind}/{number}"


def of_posts(posts: Iterable[Post]) -> list[Entry]:
    """Each whole post, its pictures with it. One query more, for all pictures."""
    known = list(posts)
    language = page_language()
    pictures: dict[int, list[Picture]] = {}
    for picture in Picture.objects.filter(post__in=known).select_related("post"):
        pictures.setdefault(picture.post_id, []).append(picture)
    return [
        Entry(
            entry_id("post", post.pk),
            str(post.title),
            settings.BASE_URL + post.get_absolute_url(),
            article_html(str(post.body), drawer(pictures.get(post.pk, ()), language, settings.BASE_URL)),
            post.published_at,
            tuple(link.user.name for link in post.author_links.all()),
            tuple(str(link.tag.title) for link in post.tag_links.all()),
        )
        for post in known
        if post.published_at
    ]


def of_updates(updates: Iterable[StatusUpdate]) -> list[Entry]:
    """Each update with its reason and its public text; who wrote it stays with the team."""
    entries = []
    for update in updates:
        word = Confidence(update.confidence).label
        url = f"{settings.BASE_URL}{update.project.get_absolute_url()}#update-{update.pk}"
        text = format_html("<p>{}</p>", update.text) if update.text else ""
        entries.append(
            Entry(
                entry_id("update", update.pk),
                _("%(project)s: %(word)s") % {"project": update.project.title, "word": word},
                url,
                format_html("<p>{}: {}</p><p>{}</p>{}", _("Delivery confidence"), word, update.reason, text),
                update.at,
                (),
                (_("Status update"),),
            )
        )
    return entries


def newest(posts: Iterable[Post], updates: Iterable[StatusUpdate]) -> list[Entry]:
    entries = [*of_posts(posts), *of_updates(updates)]
    return sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)[:ENTRIES]


def entries_of_all() -> list[Entry]:
    """Of the whole portfolio, without the demonstration's."""
    posts = Post.objects.published().real().with_row().newest_first()[:ENTRIES]
    updates = StatusUpdate.objects.filter(corrected_by=None, project__is_demo=False)
    return newest(posts, updates.select_related("project").order_by("-at", "-pk")[:ENTRIES])


def entries_of(project: Project) -> list[Entry]:
    """Of one project. The demonstration's posts stand in the feeds of its own projects alone."""
    posts = Post.objects.published().about(project)
    posts = posts if project.is_demo else posts.real()
    updates = StatusUpdate.objects.filter(corrected_by=None, project=project)
    return newest(
        posts.with_row().newest_first()[:ENTRIES], updates.select_related("project").order_by("-at", "-pk")[:ENTRIES]
    )


def atom(request: HttpRequest, *, title: str, subtitle: str, page: str, id: str, entries: list[Entry]) -> HttpResponse:
    """The feed as a response; `page` is the address of the page that shows the same."""
    feed = Atom1Feed(
        title=CONTROL.sub("", str(title)),
        link=settings.BASE_URL + page,
        description="",
        subtitle=subtitle,
        language=page_language(),
        feed_url=settings.BASE_URL + request.path,
        feed_guid=f"{id}/{page_language()}",
        author_name=_("The digital team of WLGA"),
    )
    for entry in entries:
        feed.add_item(
            title=CONTROL.sub("", entry.title),
            link=entry.url,
            description=CONTROL.sub("", entry.html),
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
            author_name=", ".join(entry.authors) or None,
            categories=entry.tags,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def feed_of_all(request: HttpRequest) -> HttpResponse:
    return atom(
        request,
        title=_("Working in the open"),
        subtitle=_("Posts and status updates of the projects of the digital team."),
        page=reverse("projects:post_list"),
        id=entry_id("feed", 0),
        entries=entries_of_all(),
    )


def feed_of(request: HttpRequest, project: Project) -> HttpResponse:
    return atom(
        request,
        title=str(project.title),
        subtitle=_("Posts and status updates of this project."),
        page=project.get_absolute_url(),
        id=entry_id("project", project.pk),
        entries=entries_of(project),
    )
