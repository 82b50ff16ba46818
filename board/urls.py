"""Addresses of this area."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import linking, urls_planning, urls_reading, urls_writing
from .urls_following import urlpatterns as following
from .views import blocks, boards, meetings, papers, work

app_name = "board"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "of-project/<slug:slug>/agendas/"), linking.item_links, name="item_links"),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/agendas/<int:number>/remove/"),
        linking.item_unlink,
        name="item_unlink",
    ),
    path(pgettext_lazy("url", "of-project/<slug:slug>/papers/"), linking.paper_links, name="paper_links"),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/papers/<int:number>/remove/"),
        linking.paper_unlink,
        name="paper_unlink",
    ),
    path("", boards.front, name="front"),
    *urls_reading.urlpatterns,
    *urls_writing.urlpatterns,
    path(pgettext_lazy("url", "papers/"), papers.paper_list, name="paper_list"),
    path(pgettext_lazy("url", "papers/in-preparation/"), papers.paper_drafts, name="paper_drafts"),
    path(pgettext_lazy("url", "papers/<slug:slug>/"), papers.paper_page, name="paper_page"),
    path(pgettext_lazy("url", "papers/<slug:slug>/editions/<int:number>/"), papers.edition_page, name="edition_page"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/editions/<int:number>/data/"), papers.edition_data, name="edition_data"
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/"), work.paper_work, name="paper_work"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/front/"), work.paper_front, name="paper_front"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/front/reviewed/"), work.front_review, name="front_review"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/steps/<slug:event>/"), work.paper_step, name="paper_step"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/blocks/"), blocks.block_add, name="block_add"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/"), blocks.block_edit, name="block_edit"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/draft/"), blocks.block_draft, name="block_draft"
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/discard/"),
        blocks.block_discard,
        name="block_discard",
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/up/"), blocks.block_up, name="block_up"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/down/"), blocks.block_down, name="block_down"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/delete/"),
        blocks.block_delete,
        name="block_delete",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/reviewed/"),
        blocks.block_review,
        name="block_review",
    ),
    path(pgettext_lazy("url", "meetings/<slug:slug>/"), meetings.meeting_page, name="meeting_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/steps/<slug:event>/"), meetings.meeting_step, name="meeting_step"),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/items/<int:position>/paper/"), meetings.paper_new, name="paper_new"
    ),
    *following,
    *urls_planning.urlpatterns,
    path(pgettext_lazy("url", "<slug:slug>/"), boards.board_page, name="board_page"),
]
