"""Working in the open: posts of the team, their tags, authors and pictures."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, published_in_both
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.pictures import CONTENT_TYPES
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets.posts import PostQuerySet
from ..states import POSTING, PostStatus
from .projects import Project


@tracked()
class Tag(SluggedModel, BilingualModel):
    """A subject by which posts are found."""

    url_name = "projects:post_list"
    title = Bilingual(label=pgettext_lazy("of a post", "Tag"), max_length=60, sort=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="tag_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        """The list of its posts."""
        return f"{reverse('projects:post_list')}?tag={self.slug_en}"


@tracked()
class Post(SluggedModel, VersionedModel, WorkflowModel, BilingualModel):
    """What the team writes for everybody to read. `body` is Markdown; its pictures are `![](picture:3)`.

    `week` is the Monday of the week whose updates it tells (weeknotes), else None. `published_at` is when it was first
    published; until then its address follows its title.
    """

    url_name = "projects:post_page"
    workflow = POSTING
    status = POSTING.field()
    title = Bilingual(label=_("Title"), max_length=200, sort=True)
    summary = Bilingual(label=_("Summary"), max_length=300)
    body = Bilingual(label=_("Text"))
    week = models.DateField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    tags = models.ManyToManyField(Tag, through="PostTag", related_name="posts")
    authors = models.ManyToManyField(User, through="PostAuthor", related_name="project_posts")
    projects = models.ManyToManyField(Project, through="PostProject", related_name="posts")
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            POSTING.constraint("post_status_known"),
            published_in_both(
                "title", "summary", "body", when=Q(status=PostStatus.PUBLISHED), name="post_published_in_both"
            ),
            models.CheckConstraint(
                name="post_published_at_a_moment",
                condition=~Q(status=PostStatus.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(name="post_week_begins_on_monday", condition=Q(week=None) | Q(week__iso_week_day=1)),
            models.UniqueConstraint(
                fields=["week", "is_demo"], condition=Q(week__isnull=False), name="post_weeknotes_once_a_week"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-published_at"], name="post_newest")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_published(self) -> bool:
        return bool(self.status == PostStatus.PUBLISHED)

    @property
    def author_names(self) -> str:
        """ "Lowri Writer, Tom Reader"; from the prefetch of `with_row()`."""
        return ", ".join(link.user.name for link in self.author_links.all())


@tracked()
class PostTag(models.Model):
    """A post has a tag."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="post_links")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "tag"], name="posttag_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.tag_id}"


@tracked()
class PostAuthor(models.Model):
    """Somebody of the team wrote a post: their name stands under its title."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="author_links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="post_links")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "user"], name="postauthor_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"


@tracked()
class PostProject(models.Model):
    """A post is about a project: it stands on its page and in its feed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="project_links")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="post_links")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "project"], name="postproject_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.project_id}"


@tracked()
class Picture(BilingualModel):
    """A picture of a post, checked and written anew by `kernel.pictures`; `number` is its name in the text.

    `alt` says what it shows to those who do not see it, in both languages.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    alt = Bilingual(label=_("What the picture shows"), max_length=300)
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in CONTENT_TYPES])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(upload_to="pictures", max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "number"], name="picture_number_once"),
            models.CheckConstraint(name="picture_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="picture_described_in_both", condition=~Q(alt_en="") & ~Q(alt_cy="")),
            models.CheckConstraint(name="picture_kind_known", condition=Q(kind__in=list(CONTENT_TYPES))),
            models.CheckConstraint(name="picture_has_sides", condition=Q(width__gte=1, height__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("projects:picture_file", kwargs={"slug": self.post.slug, "number": self.number})
