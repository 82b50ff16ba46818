"""What the team writes in the open, frozen reports, sets of columns."""

import hashlib

import factory
from factory.django import DjangoModelFactory

from projects.models import (
    ColumnSet,
    Picture,
    Post,
    PostAuthor,
    PostProject,
    PostTag,
    ReportSnapshot,
    Tag,
)
from tests.factories.people import UserFactory
from tests.factories.projects import DeliveryPlanFactory, ProjectFactory


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    title_en = factory.Sequence(lambda n: f"Tag {n}")
    title_cy = factory.Sequence(lambda n: f"Tag Cymraeg {n}")
    slug_en = factory.Sequence(lambda n: f"tag-{n}")
    slug_cy = factory.Sequence(lambda n: f"tag-cymraeg-{n}")


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    title_en = factory.Sequence(lambda n: f"Post {n}")
    title_cy = factory.Sequence(lambda n: f"Blogbost {n}")
    slug_en = factory.Sequence(lambda n: f"post-{n}")
    slug_cy = factory.Sequence(lambda n: f"blogbost-{n}")
    summary_en = "What we learnt."
    summary_cy = "Beth ddysgon ni."
    body_en = "The first paragraph."
    body_cy = "Y paragraff cyntaf."


class PostTagFactory(DjangoModelFactory[PostTag]):
    class Meta:
        model = PostTag

    post = factory.SubFactory(PostFactory)
    tag = factory.SubFactory(TagFactory)


class PostAuthorFactory(DjangoModelFactory[PostAuthor]):
    class Meta:
        model = PostAuthor

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)


class PostProjectFactory(DjangoModelFactory[PostProject]):
    class Meta:
        model = PostProject

    post = factory.SubFactory(PostFactory)
    project = factory.SubFactory(ProjectFactory)


class PictureFactory(DjangoModelFactory[Picture]):
    """`post`, or any post: a picture of one pixel, whose file is not there."""

    class Meta:
        model = Picture

    post = factory.SubFactory(PostFactory)
    number = factory.Sequence(lambda n: n + 1)
    alt_en = "A plan on a wall"
    alt_cy = "Cynllun ar wal"
    kind = "png"
    width = 1
    height = 1
    file = factory.Sequence(lambda n: f"pictures/{n}.png")


class ReportSnapshotFactory(DjangoModelFactory[ReportSnapshot]):
    class Meta:
        model = ReportSnapshot

    plan = factory.SubFactory(DeliveryPlanFactory)
    number = 1
    content = "{}"
    sha256 = factory.LazyAttribute(lambda one: hashlib.sha256(one.content.encode()).hexdigest())


class ColumnSetFactory(DjangoModelFactory[ColumnSet]):
    class Meta:
        model = ColumnSet

    title_en = factory.Sequence(lambda n: f"Columns {n}")
    title_cy = factory.Sequence(lambda n: f"Colofnau {n}")
    slug_en = factory.Sequence(lambda n: f"columns-{n}")
    slug_cy = factory.Sequence(lambda n: f"colofnau-{n}")
    columns = factory.LazyFunction(lambda: ["title_en", "title_cy"])
