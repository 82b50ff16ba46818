"""Keeping a view of the portfolio under a name, and forgetting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen

from .. import rules
from ..drafts import posted
from ..forms.saved import SavedViewForm
from ..models import SavedView


def find_view(request: HttpRequest, number: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=number)


@screen(may=rules.view_save)
def view_save(request: HttpRequest) -> HttpResponse:
    """The filters, order and columns of the list from which one comes, under a name."""
    initial = {"query": request.GET.urlencode()}
    form = SavedViewForm(posted(request), instance=SavedView(user=request.user), initial=initial)  # type: ignore[misc]  # a signed-in user
    if request.method == "POST" and form.is_valid():
        view = form.save()
        messages.success(request, _("The view “%(name)s” is kept. Only you see it.") % {"name": view.name})
        return redirect(listed(view.query))
    back = str(form["query"].value() or "")
    views = list(SavedView.objects.visible_to(request.user).order_by("name"))
    return page(
        request, "projects/view_save.html", {"form": form, "back": listed(back.removeprefix("?")), "views": views}
    )


@screen(find=find_view, methods=("POST",), may=rules.view_forget)
def view_forget(request: HttpRequest, view: SavedView) -> HttpResponse:
    view.delete()
    messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": view.name})
    return redirect("projects:view_save")


def listed(query: str) -> str:
    """The list of projects with this query."""
    return f"{reverse('projects:project_list')}?{query}" if query else reverse("projects:project_list")
