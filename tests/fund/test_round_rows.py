"""What the database holds of files, extensions, questions to the manager and confidential answers."""

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from fund.models import Attachment
from fund.models.attachments import LARGEST_BID, LARGEST_FILE
from tests.factories.fund import (
    AttachmentFactory,
    ConfidentialityFactory,
    EnquiryFactory,
    ExtensionFactory,
    SubmittedFileFactory,
)

from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "make", "values"),
    [
        ("attachment_kind_known", AttachmentFactory, {"kind": "exe"}),
        ("attachment_scan_known", AttachmentFactory, {"scan": "maybe", "scanned_at": timezone.now()}),
        ("attachment_not_too_large", AttachmentFactory, {"size_bytes": LARGEST_FILE + 1}),
        ("attachment_not_too_large", AttachmentFactory, {"size_bytes": 0}),
        ("attachment_has_its_hash", AttachmentFactory, {"sha256": "short"}),
        ("attachment_scanned_when", AttachmentFactory, {"scan": "clean"}),
        ("attachment_scanned_when", AttachmentFactory, {"scanned_at": timezone.now()}),
        ("enquiry_status_known", EnquiryFactory, {"status": "lost"}),
        ("enquiry_asks_something", EnquiryFactory, {"asked": ""}),
        ("confidentiality_has_a_reason", ConfidentialityFactory, {"reason": ""}),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused(name, make, values):
    refused(name, changed(make(), **values))


def test_an_answer_to_all_is_in_both_languages_and_says_when():
    texts = {"question_en": "Q", "question_cy": "C", "answer_en": "A", "answer_cy": "A"}
    enquiry, now = EnquiryFactory(), timezone.now()
    refused("enquiry_in_both", changed(enquiry, status="answered", answered_at=now, **texts | {"answer_cy": ""}))
    refused("enquiry_answered_when", changed(enquiry, status="answered", **texts))
    changed(enquiry, status="answered", answered_at=now, **texts)()


def test_an_extension_is_later_and_has_its_reason():
    extension = ExtensionFactory()
    refused("extension_is_later", lambda: ExtensionFactory(closes_at=extension.was_closes_at, stage=extension.stage))
    refused("extension_has_its_reason", lambda: ExtensionFactory(reason_cy="", stage=extension.stage))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        extension.delete()


def test_the_files_of_a_bid_are_not_too_large_together():
    bid = AttachmentFactory(size_bytes=LARGEST_FILE).bid
    for _number in range(4):
        last = AttachmentFactory(bid=bid, size_bytes=LARGEST_FILE)
    assert LARGEST_FILE * 5 == LARGEST_BID
    refused("attachment_within_the_bid", lambda: AttachmentFactory(bid=bid, size_bytes=1))
    Attachment.objects.filter(pk=last.pk).update(removed_at=timezone.now())
    assert AttachmentFactory(bid=bid, size_bytes=1).pk


def test_a_file_that_was_sent_stays_with_its_submission():
    sent = SubmittedFileFactory()
    refused("submitted_file_once", lambda: SubmittedFileFactory(submission=sent.submission, attachment=sent.attachment))
    with pytest.raises(ProtectedError):
        sent.attachment.delete()
