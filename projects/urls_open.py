"""Addresses of what the team writes in the open: posts with their pictures and tags, weeknotes, feeds."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import feeds, pictures, posts, tags, weeknotes

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "working-in-the-open/"), posts.post_list, name="post_list"),
    path(pgettext_lazy("url", "working-in-the-open/feed.atom"), feeds.feed_all, name="feed_all"),
    path(pgettext_lazy("url", "working-in-the-open/write/"), posts.post_create, name="post_create"),
    path(pgettext_lazy("url", "working-in-the-open/write/draft/"), posts.post_new_draft, name="post_new_draft"),
    path(pgettext_lazy("url", "working-in-the-open/weeknotes/"), weeknotes.weeknotes_make, name="weeknotes_make"),
    path(pgettext_lazy("url", "working-in-the-open/tags/"), tags.tag_list, name="tag_list"),
    path(pgettext_lazy("url", "working-in-the-open/tags/<int:number>/"), tags.tag_edit, name="tag_edit"),
    path(pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/"), posts.post_page, name="post_page"),
    path(pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/edit/"), posts.post_edit, name="post_edit"),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/edit/draft/"), posts.post_draft, name="post_draft"
    ),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/move/<slug:event>/"),
        posts.post_advance,
        name="post_advance",
    ),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/pictures/add/"),
        pictures.picture_add,
        name="picture_add",
    ),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/pictures/<int:number>/"),
        pictures.picture_file,
        name="picture_file",
    ),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/pictures/<int:number>/edit/"),
        pictures.picture_edit,
        name="picture_edit",
    ),
    path(
        pgettext_lazy("url", "working-in-the-open/posts/<slug:slug>/pictures/<int:number>/remove/"),
        pictures.picture_remove,
        name="picture_remove",
    ),
    path(pgettext_lazy("url", "<slug:slug>/feed.atom"), feeds.feed_project, name="feed_project"),
]
