"""Every write of posts: writing, tags, pictures, publishing and withdrawing."""

import secrets
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES, publication_gaps
from wlga_portal.kernel.files import drop_file
from wlga_portal.kernel.markup import picture_faults
from wlga_portal.kernel.pictures import Checked
from wlga_portal.kernel.versions import drop_draft, save_version
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..models import Picture, Post, PostAuthor, PostProject, PostTag, Project, Tag


def post_key(post: Post | None) -> str:
    """Where a person's unsaved text of a post is kept; of one that is not made yet too."""
    return f"projects.post:{post.pk if post else 'new'}"


def demand_writer(by: Any) -> None:
    if not rules.post_write(by):
        raise NotAllowed(_("You may not write posts."))


def post_create(
    post: Post,
    *,
    by: Any,
    tags: Collection[Tag] = (),
    authors: Collection[User] = (),
    projects: Collection[Project] = (),
    why: str = "post written",
) -> Post:
    """Keep a post that is not saved yet, as a draft. Raises NotAllowed."""
    demand_writer(by)
    with audited(by=by, why=why):
        post.set_slugs(post.title.en, post.title.cy)
        post.save(force_insert=True)
        put_links(post, tags=tags, authors=authors or [by], projects=projects)
        drop_draft(by, post_key(None))
    return post


def post_edit(form: Any, *, by: Any) -> Post:
    """Save a post; until it is first published its address follows its title. Raises Clash, NotAllowed."""
    demand_writer(by)
    with audited(by=by, why="post edited"):
        post: Post = save_version(form, by=by, why="post edited")
        if post.published_at is None:
            post.set_slugs(post.title.en, post.title.cy)
            post.save(update_fields=["slug_en", "slug_cy"])
        put_links(post, **{name: form.merged(name) for name in ("tags", "authors", "projects")})
        drop_draft(by, post_key(post))
    return post


def put_links(post: Post, *, tags: Collection[Tag], authors: Collection[User], projects: Collection[Project]) -> None:
    """The post has these tags, authors and projects and no others; rows that stay are not touched."""
    wanted: list[tuple[type[models.Model], str, Collection[models.Model]]] = [
        (PostTag, "tag", tags),
        (PostAuthor, "user", authors),
        (PostProject, "project", projects),
    ]
    for model, name, things in wanted:
        rows = model._default_manager.filter(post=post)
        ids = {thing.pk for thing in things}
        rows.exclude(**{f"{name}_id__in": ids}).delete()
        known = set(rows.values_list(f"{name}_id", flat=True))
        for thing in things:
            if thing.pk not in known:
                model._default_manager.create(post=post, **{name: thing})


def post_gaps(post: Post) -> list[str]:
    """What stops the publication of a post, in sentences."""
    found = [str(gap) for gap in publication_gaps(post)]
    known = set(post.pictures.values_list("number", flat=True))
    for language in LANGUAGES:
        found += picture_faults(getattr(post.body, language), known)
    return list(dict.fromkeys(found))


def post_advance(post: Post, event: str, *, by: Any, why: str = "") -> Post:
    """Publish a post, where nothing is missing in either language; or withdraw it. Raises Refused."""

    def also(row: Post) -> None:
        if event == "publish":
            if gaps := post_gaps(row):
                raise Refused(" ".join(gaps))
            row.published_at = row.published_at or timezone.now()

    return advance(post, event, by=by, why=why, also=also)


def picture_add(post: Post, picture: Checked, *, alt: tuple[str, str], by: Any) -> Picture:
    """Keep a checked picture of a post, with what it shows (English, Welsh); it gets the next number."""
    demand_writer(by)
    with audited(by=by, why="picture added"):
        post.lock()
        last = post.pictures.aggregate(last=Max("number"))["last"] or 0
        row = Picture(post=post, number=last + 1, kind=picture.kind, width=picture.width, height=picture.height)
        row.alt = alt
        name = f"{secrets.token_hex(16)}.{'jpg' if picture.kind == 'jpeg' else 'png'}"
        row.file.save(name, ContentFile(picture.content), save=False)
        row.save(force_insert=True)
    return row


def picture_remove(picture: Picture, *, by: Any) -> None:
    """Take a picture away for good, its file too. Raises Refused while a text shows it."""
    demand_writer(by)
    post = picture.post
    if f"](picture:{picture.number})" in post.body.en + post.body.cy:
        raise Refused(_("The text shows this picture: take it out of the text first."))
    with audited(by=by, why="picture removed"):
        drop_file(picture.file)
        picture.delete()
