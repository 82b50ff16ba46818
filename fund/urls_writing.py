"""Addresses of what belongs to writing a bid, beside its answers."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import addenda, answers, bids, citations, comments, commitments, costs, owners, translations

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "bids/<slug:slug>/owner/"), owners.bid_owner, name="bid_owner"),
    path(pgettext_lazy("url", "bids/<slug:slug>/timeline/"), owners.bid_timeline, name="bid_timeline"),
    path(pgettext_lazy("url", "bids/<slug:slug>/word/"), bids.bid_word, name="bid_word"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/person/"),
        answers.answer_assign,
        name="answer_assign",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/costs/"), costs.cost_list, name="cost_list"),
    path(pgettext_lazy("url", "bids/<slug:slug>/costs/<int:pk>/"), costs.cost_edit, name="cost_edit"),
    path(pgettext_lazy("url", "bids/<slug:slug>/costs/<int:pk>/remove/"), costs.cost_remove, name="cost_remove"),
    path(pgettext_lazy("url", "bids/<slug:slug>/builds-on/"), citations.citation_list, name="citation_list"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/builds-on/<int:pk>/remove/"),
        citations.citation_remove,
        name="citation_remove",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/comments/"), comments.comment_list, name="comment_list"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/comments/<int:pk>/done/"), comments.comment_settle, name="comment_settle"
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/links/"), comments.link_make, name="link_make"),
    path(pgettext_lazy("url", "bids/<slug:slug>/links/<int:pk>/end/"), comments.link_end, name="link_end"),
    path(pgettext_lazy("url", "read/<str:token>/"), comments.comment_read, name="comment_read"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/partners/<int:pk>/commitment/"),
        commitments.commitment_page,
        name="commitment_page",
    ),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/partners/<int:pk>/signatory/"),
        commitments.signatory_invite,
        name="signatory_invite",
    ),
    path(pgettext_lazy("url", "sign/<str:token>/"), commitments.sign_page, name="sign_page"),
    path(pgettext_lazy("url", "bids/<slug:slug>/clarification/"), addenda.addendum_send, name="addendum_send"),
    path(pgettext_lazy("url", "translations/"), translations.translation_list, name="translation_list"),
    path(pgettext_lazy("url", "translations/<int:pk>/"), translations.translation_page, name="translation_page"),
    path(pgettext_lazy("url", "translations/<int:pk>/move/"), translations.translation_move, name="translation_move"),
    path(
        pgettext_lazy("url", "translations/<int:pk>/texts/<int:order>/"),
        translations.translation_text,
        name="translation_text",
    ),
    path(
        pgettext_lazy("url", "translations/<int:pk>/texts/<int:order>/draft/"),
        translations.translation_draft,
        name="translation_draft",
    ),
]
