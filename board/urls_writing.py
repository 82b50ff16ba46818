"""Addresses of writing and clearing papers; part of `urls`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .views import arranging, changes, comments, implications, parity, withdrawals, word

urlpatterns: list[URLPattern] = [
    path(pgettext_lazy("url", "papers/withdrawn/"), withdrawals.withdrawal_list, name="withdrawal_list"),
    path(pgettext_lazy("url", "papers/withdrawn/<int:pk>/"), withdrawals.withdrawal_page, name="withdrawal_page"),
    path(
        pgettext_lazy("url", "papers/withdrawn/<int:pk>/words/"), withdrawals.withdrawal_words, name="withdrawal_words"
    ),
    path(
        pgettext_lazy("url", "papers/withdrawn/<int:pk>/<slug:event>/"),
        withdrawals.withdrawal_step,
        name="withdrawal_step",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/editions/<int:number>/changes/"),
        changes.edition_changes,
        name="edition_changes",
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/withdraw/"), withdrawals.withdrawal_ask, name="withdrawal_ask"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/split/"),
        arranging.block_split_page,
        name="block_split",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/join/"),
        arranging.block_join_page,
        name="block_join",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/gone/"), arranging.block_gone, name="block_gone"
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/blocks/<int:pk>/comment/"),
        comments.comment_new,
        name="comment_new",
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/comments/"), comments.paper_comments, name="paper_comments"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/comments/<int:pk>/answer/"),
        comments.comment_answer,
        name="comment_answer",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/comments/<int:pk>/resolved/"),
        comments.comment_done,
        name="comment_done",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/implications/"),
        implications.paper_implications,
        name="paper_implications",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/implications/<slug:kind>/"),
        implications.implication_edit,
        name="implication_edit",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/implications/<slug:kind>/draft/"),
        implications.implication_draft,
        name="implication_draft",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/implications/<slug:kind>/reviewed/"),
        implications.implication_review,
        name="implication_review",
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/parity/"), parity.paper_parity, name="paper_parity"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/work/parity/<slug:key>/"), parity.parity_accept, name="parity_accept"
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/word/"), word.word_new, name="word_new"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/word/take/"), word.word_take, name="word_take"),
    path(pgettext_lazy("url", "papers/<slug:slug>/word/"), word.paper_word, name="paper_word"),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/editions/<int:number>/word/"), word.edition_word, name="edition_word"
    ),
]
