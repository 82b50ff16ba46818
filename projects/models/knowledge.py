"""Documents of a project, and what was learnt."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .projects import Project

# an address on the web, or a page of the portal (a paper, say)
ADDRESS = r"^(https?://[^[:space:]]+|/[^/[:space:]][^[:space:]]*)$"


@tracked()
class Document(VersionedModel, BilingualModel):
    """A document of a project: its title, and the address of each language's version that there is."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="documents")
    title = Bilingual(label=_("Title"), max_length=200)
    url = Bilingual(label=_("Address"), max_length=500, blank=True)
    dated = models.DateField(_("Date"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-dated", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="document_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(name="document_is_somewhere", condition=~Q(url_en="") | ~Q(url_cy="")),
            models.CheckConstraint(
                name="document_address_is_one",
                condition=(Q(url_en="") | Q(url_en__regex=ADDRESS)) & (Q(url_cy="") | Q(url_cy__regex=ADDRESS)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class Lesson(VersionedModel, BilingualModel):
    """What was learnt in a project, for the next one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lessons")
    text = Bilingual(label=_("What was learnt"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="lesson_in_both", condition=~Q(text_en="") & ~Q(text_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.text)
