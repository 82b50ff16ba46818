"""Atom feeds for all projects and for each."""

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.screens import screen

from ..feeds import feed_of, feed_of_all
from ..finders import find_project
from ..models import Project


@screen(public=True, methods=("GET", "HEAD"))
def feed_all(request: HttpRequest) -> HttpResponse:
    return feed_of_all(request)


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def feed_project(request: HttpRequest, project: Project) -> HttpResponse:
    return feed_of(request, project)
