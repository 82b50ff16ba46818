"""What a section of a project's page is made from, and what it is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ..models import Project
from ..parts import Part
from ..past import Past


@dataclass(frozen=True, slots=True)
class Shown:
    """The project that a page shows, to whom and as at when. `writes`: a person of the team sees the page as it is now.

    Names of people, internal notes and what is not public are for the `team`.
    """

    request: HttpRequest
    project: Project
    past: Past
    team: bool
    writes: bool

    @property
    def today(self) -> date:
        """The day of which the page speaks."""
        return self.past.today

    def to(self, name: str, **parts: Any) -> str:
        """The address of a page below the project's, for those who write; '' for the others."""
        return reverse(f"projects:{name}", kwargs={"slug": self.project.slug, **parts}) if self.writes else ""

    def adds(self, part: Part) -> "tuple[Link, ...]":
        """The link that adds a part, for those who write."""
        return (Link(str(part.add), self.to(f"{part.noun}_add")),) if self.writes else ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a section's head."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its anchor and heading, and a template that sees `context` as `section.context`."""

    anchor: str
    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
