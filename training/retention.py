"""How long training keeps each kind of personal data; each night what ran out goes, and the page shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.files import drop_file

from .actions.privacy import erase
from .models import Booking, Import, ImportRow, Learner, LearnerMembership, LearnerNeeds, PrivacyRequest, RetentionRun
from .states import PrivacyStatus

FILES = timedelta(days=90)
NEEDS = timedelta(days=365)
REQUESTS = timedelta(days=365)
PEOPLE = timedelta(days=6 * 365)
MOST_A_NIGHT = 500  # people erased in one night: the rest the night after


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: what it is, how long it is kept, what happens then; `run` gives how many went."""

    key: str
    title: Any
    kept: Any
    then: Any
    run: Callable[[], int]


def files() -> int:
    """The texts of rows of old files, and the files themselves."""
    old = Import.objects.filter(created_at__lt=timezone.now() - FILES)
    for batch in old.exclude(file=""):
        drop_file(batch.file)
    old.exclude(file="", filename="").update(file="", filename="")
    return ImportRow.objects.filter(batch__in=old).exclude(data={}).update(data={})


def needs() -> int:
    """Needs of people who have had no session in a year."""
    since = timezone.now() - NEEDS
    later = Booking.objects.filter(learner=OuterRef("learner"), session__ends_at__gte=since)
    number, _by_model = LearnerNeeds.objects.filter(~Exists(later), said_at__lt=since).delete()
    return number


def requests() -> int:
    """The words of answered requests."""
    old = PrivacyRequest.objects.exclude(status=PrivacyStatus.ASKED).filter(created_at__lt=timezone.now() - REQUESTS)
    return old.exclude(text="", answer="").update(text="", answer="")


def people() -> int:
    """People without an account, whose last session is six years ago and who belong nowhere since."""
    since = timezone.now() - PEOPLE
    booked = Booking.objects.filter(learner=OuterRef("pk"), session__starts_at__gte=since)
    belongs = LearnerMembership.objects.filter(learner=OuterRef("pk"), starts__gte=since.date())
    old = Learner.objects.filter(~Exists(booked), ~Exists(belongs), user=None, erased_at=None, person=None)
    old = old.filter(bookings__isnull=False).exclude(same__isnull=False).distinct()
    found = list(old.order_by("pk")[:MOST_A_NIGHT])
    for learner in found:
        erase(learner=learner, reason="retention", by=None)
    return len(found)


KINDS = (
    Kind(
        "files",
        _("Files of attendance and the texts of their rows"),
        _("90 days after the file was sent"),
        _("the file and the texts are deleted; what was put into the register stays"),
        files,
    ),
    Kind(
        "needs",
        _("What somebody needs to take part"),
        _("one year after their last session"),
        _("it is deleted"),
        needs,
    ),
    Kind(
        "requests",
        _("The words of requests about one’s own data"),
        _("one year after they were asked, once answered"),
        _("the words are deleted; that something was asked stays"),
        requests,
    ),
    Kind(
        "people",
        _("Names and addresses of people without an account"),
        _("six years after their last session"),
        _("the person is erased; the counts stay"),
        people,
    ),
)


def run_all() -> None:
    """Each kind in its own transaction, with a row that says how many went."""
    for kind in KINDS:
        with audited(by=None, why=f"retention: {kind.key}"):
            RetentionRun.objects.create(kind=kind.key, removed=kind.run())
