"""Addresses of setting up a round."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import attachments, disclosure, enquiries, extensions, round_parts, round_setup

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "new-round/"), round_setup.round_new, name="round_new"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/"), round_setup.round_setup, name="round_setup"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/details/"), round_setup.round_edit, name="round_edit"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/stages/"), round_setup.stages_edit, name="stages_edit"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/publish/"), round_setup.round_publish, name="round_publish"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/preview/"), round_setup.round_preview, name="round_preview"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/topics/add/"), round_parts.topic_add, name="topic_add"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/set-up/topics/<int:pk>/"), round_parts.topic_edit, name="topic_edit"),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/topics/<int:pk>/remove/"),
        round_parts.topic_remove,
        name="topic_remove",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/questions/add/"),
        round_parts.question_add,
        name="question_add",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/questions/<int:pk>/"),
        round_parts.question_edit,
        name="question_edit",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/questions/<int:pk>/remove/"),
        round_parts.question_remove,
        name="question_remove",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/criteria/add/"),
        round_parts.criterion_add,
        name="criterion_add",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/criteria/<int:pk>/"),
        round_parts.criterion_edit,
        name="criterion_edit",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/criteria/<int:pk>/remove/"),
        round_parts.criterion_remove,
        name="criterion_remove",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/costs/add/"),
        round_parts.cost_category_add,
        name="cost_category_add",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/costs/<int:pk>/"),
        round_parts.cost_category_edit,
        name="cost_category_edit",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/costs/<int:pk>/remove/"),
        round_parts.cost_category_remove,
        name="cost_category_remove",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/files/add/"),
        round_parts.required_file_add,
        name="required_file_add",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/files/<int:pk>/"),
        round_parts.required_file_edit,
        name="required_file_edit",
    ),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/set-up/files/<int:pk>/remove/"),
        round_parts.required_file_remove,
        name="required_file_remove",
    ),
    path(pgettext_lazy("url", "rounds/<slug:slug>/more-time/"), extensions.extension_list, name="extension_list"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/questions/"), enquiries.enquiry_list, name="enquiry_list"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/questions/ask/"), enquiries.enquiry_ask, name="enquiry_ask"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/questions/<int:pk>/"), enquiries.enquiry_edit, name="enquiry_edit"),
    path(
        pgettext_lazy("url", "rounds/<slug:slug>/questions/<int:pk>/set-aside/"),
        enquiries.enquiry_set_aside,
        name="enquiry_set_aside",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/files/"), attachments.attachment_list, name="attachment_list"),
    path(pgettext_lazy("url", "bids/<slug:slug>/files/<int:pk>/"), attachments.attachment_file, name="attachment_file"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/files/<int:pk>/remove/"),
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/confidential/"),
        disclosure.answer_confidential,
        name="answer_confidential",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/disclose/"), disclosure.bid_disclose, name="bid_disclose"),
]
