"""Things of a higher app that belong to a project (a bid, a course, an item of an agenda): linked and shown alike.

The higher app declares its model of links on `ProjectLink`, a `LinkKind`, its two addresses and its panel.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.panels import Panel
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import NotAllowed

from .demo_parts import FULL
from .drafts import posted
from .finders import find_project
from .models import Project

Words = str | Promise


class ProjectLink(models.Model):
    """A thing of a higher app that belongs to a project; `by` and `at` say who said so, and when."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A linked thing as a reader sees it: `detail` stands after its title, `lang` is its language if it is another."""

    title: Any
    url: str
    detail: Any = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class LinkKind:
    """How one kind of thing is linked to projects.

    `column` names it in `model`; `seen(user)` is what this person may see of it, `choices(user, project)` what may be
    linked; `label` names one in the list of choices, `show` makes what a reader sees; `may(user)` says who links.
    `noun` begins the names of the two pages in the app's urls: `<noun>_links` and `<noun>_unlink`.
    """

    app: str
    noun: str
    model: type[Any]
    column: str
    heading: Words
    choose: Words
    link: Words
    seen: Callable[[Any], Any]
    choices: Callable[[Any, Project], Any]
    label: Callable[[Any], str]
    show: Callable[[Any], Shown]
    may: Callable[[Any], bool]

    def linked(self, user: Any, project: Project) -> list[tuple[Any, Shown]]:
        """The links of a project whose thing this person may see, oldest first. Two queries."""
        name = self.model._meta.get_field("project").remote_field.get_accessor_name()
        links = (
            {getattr(link, f"{self.column}_id"): link for link in self.rows(project)} if name in project.filled else {}
        )
        things = {thing.pk: thing for thing in self.seen(user).filter(pk__in=links)} if links else {}
        return [(link, self.show(things[pk])) for pk, link in links.items() if pk in things]

    def rows(self, project: Project) -> Any:
        """The links of a project."""
        return self.model.objects.filter(project=project, **{f"{self.column}__isnull": False}).order_by("pk")

    def panel(self, request: HttpRequest, project: Project) -> Panel | None:
        """What the project's page shows: the linked things, and to those who may the way to change them."""
        found = [shown for _link, shown in self.linked(request.user, project)]
        may = self.may(request.user) and "as_at" not in request.GET
        if not found and not may:
            return None
        url = reverse(f"{self.app}:{self.noun}_links", kwargs={"slug": project.slug}) if may else ""
        return Panel(str(self.heading), "projects/panel_links.html", {"things": found, "url": url, "link": self.link})


def link_form(kind: LinkKind, user: Any, project: Project, data: Any) -> PortalForm:
    """The form that chooses one thing more."""
    there = kind.rows(project).values(kind.column)

    class Chosen(forms.ModelChoiceField):
        def label_from_instance(self, obj: Any) -> str:
            return kind.label(obj)

    class LinkForm(PortalForm):
        thing = Chosen(queryset=kind.choices(user, project).exclude(pk__in=there), label=str(kind.choose))

    return LinkForm(data)


def link_add(kind: LinkKind, project: Project, thing: Any, *, by: Any) -> Any:
    """Say that a thing belongs to a project. Raises NotAllowed."""
    if not kind.may(by):
        raise NotAllowed(_("You may not link this to a project."))
    with audited(by=by, why="linked to a project"):
        return kind.model.objects.create(project=project, by=by, **{kind.column: thing})


def link_remove(kind: LinkKind, link: Any, *, by: Any) -> None:
    """Take a link away; the history keeps it. Raises NotAllowed."""
    if not kind.may(by):
        raise NotAllowed(_("You may not link this to a project."))
    with audited(by=by, why="link to a project taken away"):
        link.delete()


def link_in_demo(kind: LinkKind, things: Iterable[Any]) -> None:
    """The demonstration's project that shows every section gets these links, once."""
    project = Project.objects.filter(slug_en=FULL, is_demo=True).first()
    for thing in things if project else ():
        kind.model.objects.get_or_create(project=project, **{kind.column: thing})


def links_screen(kind: LinkKind) -> Callable[..., HttpResponse]:
    """The page with what is linked, and the form for one more."""

    @screen(find=find_project, may=lambda user, _project: kind.may(user))
    def project_links(request: HttpRequest, project: Project) -> HttpResponse:
        set_addresses(request, f"{kind.app}:{kind.noun}_links", slug=project)
        form = link_form(kind, request.user, project, posted(request))
        if request.method == "POST" and form.is_valid():
            link_add(kind, project, form.cleaned_data["thing"], by=request.user)
            messages.success(request, _("It is linked to the project."))
            return redirect(project)
        context = {
            "project": project,
            "kind": kind,
            "form": form,
            "links": [
                (shown, reverse(f"{kind.app}:{kind.noun}_unlink", kwargs={"slug": project.slug, "number": link.pk}))
                for link, shown in kind.linked(request.user, project)
            ],
            "demonstration": project.is_demo,
        }
        return page(request, "projects/project_links.html", context)

    return project_links


def unlink_screen(kind: LinkKind) -> Callable[..., HttpResponse]:
    """Takes a link away, by POST alone."""

    def find(request: HttpRequest, slug: str, number: int) -> Any:
        link = kind.rows(find_project(request, slug)).filter(pk=number).first()
        if link is None:
            raise Http404
        return link

    @screen(methods=("POST",), find=find, may=lambda user, _link: kind.may(user))
    def project_unlink(request: HttpRequest, link: Any) -> HttpResponse:
        project = link.project
        link_remove(kind, link, by=request.user)
        messages.success(request, _("The link is taken away."))
        return redirect(reverse(f"{kind.app}:{kind.noun}_links", kwargs={"slug": project.slug}))

    return project_unlink
