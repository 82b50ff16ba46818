"""What the portal itself keeps: moves, drafts, messages, mail that came back, exports, feedback."""

import factory
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from factory.django import DjangoModelFactory

from programme.models import PageFeedback
from projects.models import Project
from wlga_portal.kernel.models import Bounce, Draft, Export, Notification, OutboxMessage, Preference, StatusChange
from wlga_portal.kernel.service_models import Delivery, Format

from .people import UserFactory


class StatusChangeFactory(DjangoModelFactory[StatusChange]):
    """A move of a project, as `advance` writes it."""

    class Meta:
        model = StatusChange

    content_type = factory.LazyFunction(lambda: ContentType.objects.get_for_model(Project))
    object_id = factory.Sequence(lambda n: n + 1)
    workflow = "project"
    event = "start"
    source = "backlog"
    target = "active"
    by = factory.SubFactory(UserFactory)


class DraftFactory(DjangoModelFactory[Draft]):
    class Meta:
        model = Draft

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"thing/{n}")
    data = factory.LazyFunction(lambda: {"title": "Half a sentence"})
    saved_at = factory.LazyFunction(timezone.now)


class NotificationFactory(DjangoModelFactory[Notification]):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    kind = "training.booked"
    url_en = "/en/training/"
    url_cy = "/cy/hyfforddiant/"
    delivery = Delivery.NOW


class PreferenceFactory(DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)
    group = "training"
    delivery = Delivery.DAILY


class BounceFactory(DjangoModelFactory[Bounce]):
    class Meta:
        model = Bounce

    user = factory.SubFactory(UserFactory)
    address_digest = factory.Sequence(lambda n: f"{n:064x}")
    hard = True
    status = "5.1.1"


class OutboxMessageFactory(DjangoModelFactory[OutboxMessage]):
    class Meta:
        model = OutboxMessage

    to = "reader@example.org"
    sender = "portal@example.org"
    subject = "A message"
    text = "Its words."


class ExportFactory(DjangoModelFactory[Export]):
    class Meta:
        model = Export

    asker = factory.SubFactory(UserFactory)
    name = "People"
    source = "training.bookings"
    format = Format.CSV
    language = "en"


class PageFeedbackFactory(DjangoModelFactory[PageFeedback]):
    class Meta:
        model = PageFeedback

    path = "/en/projects/"
    language = "en"
    clear = True
