"""The object that a page of projects is about, from what the person may see."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from wlga_portal.kernel.workflow import Transition

from .models import DeliveryPlan, Picture, Post, Project, StatusUpdate
from .states import BY_LINEAGE, POSTING, WORKFLOW


def find_project(request: HttpRequest, slug: str) -> Project:
    return Project.find(Project.objects.visible_to(request.user).with_standing(), slug)


def find_plan(request: HttpRequest, slug: str) -> DeliveryPlan:
    plans = DeliveryPlan.objects.visible_to(request.user)
    return DeliveryPlan.find(plans.select_related("agreed_with", "source", "strategy"), slug)


def find_update(request: HttpRequest, slug: str, number: int) -> StatusUpdate:
    """An update of this project, by its number."""
    project = find_project(request, slug)
    update = StatusUpdate.objects.select_related("project", "corrected_by").filter(project=project, pk=number).first()
    if update is None:
        raise Http404
    return update


@dataclass(frozen=True, slots=True)
class Move:
    """A project and what is to be done with it."""

    project: Project
    transition: Transition


def find_move(request: HttpRequest, slug: str, event: str) -> Move:
    if event not in WORKFLOW.transitions or event in BY_LINEAGE:
        raise Http404
    return Move(find_project(request, slug), WORKFLOW.transitions[event])


def by_now(project: Project, moment: datetime | None) -> Project | None:
    """The project with what holds of it, read again: inside `as_at` as it was then, or None where it was not yet."""
    if moment is None:
        return project
    return Project.objects.with_standing().filter(pk=project.pk).first()


def find_post(request: HttpRequest, slug: str) -> Post:
    return Post.find(Post.objects.visible_to(request.user).with_row(), slug)


@dataclass(frozen=True, slots=True)
class PostMove:
    """A post and what is to be done with it."""

    post: Post
    transition: Transition


def find_post_move(request: HttpRequest, slug: str, event: str) -> PostMove:
    if event not in POSTING.transitions:
        raise Http404
    return PostMove(find_post(request, slug), POSTING.transitions[event])


def find_picture(request: HttpRequest, slug: str, number: int) -> Picture:
    """A picture of a post that this person may read, by its number."""
    return Picture.objects.select_related("post").get(post=find_post(request, slug), number=number)
