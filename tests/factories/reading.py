"""What a reader keeps, and what is made for readers: marks, notes, packs, passages."""

import hashlib
import uuid

import factory
from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils import timezone
from factory.django import DjangoModelFactory

from board.models import Note, Pack, Passage, ReadMark
from board.noting import Said
from tests.factories.board import EditionFactory, MeetingFactory
from tests.factories.people import UserFactory


class ReadMarkFactory(DjangoModelFactory[ReadMark]):
    class Meta:
        model = ReadMark

    user = factory.SubFactory(UserFactory)
    edition = factory.SubFactory(EditionFactory)
    paper = factory.SelfAttribute("edition.paper")
    at = factory.LazyFunction(timezone.now)


class NoteFactory(DjangoModelFactory[Note]):
    """A note that says `says`, sealed for its user."""

    class Meta:
        model = Note

    class Params:
        says = "Ask about the sums."

    user = factory.SubFactory(UserFactory)
    edition = factory.SubFactory(EditionFactory)
    paper = factory.SelfAttribute("edition.paper")
    uid = factory.LazyFunction(uuid.uuid4)
    anchor = "p1"
    language = "en"
    words = hashlib.sha256(b"").hexdigest()
    sealed = factory.LazyAttribute(lambda note: Said(note.says).sealed_for(note.user.pk))
    updated_at = factory.LazyFunction(timezone.now)


class PackFactory(DjangoModelFactory[Pack]):
    class Meta:
        model = Pack

    meeting = factory.SubFactory(MeetingFactory)
    key = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    language = "en"


class PassageFactory(DjangoModelFactory[Passage]):
    class Meta:
        model = Passage

    edition = factory.SubFactory(EditionFactory)
    paper = factory.SelfAttribute("edition.paper")
    anchor = "p1"
    position = 1
    language = "en"
    text = "A sentence."
    words = factory.LazyAttribute(lambda one: SearchVector(Value(one.text), config="simple"))
