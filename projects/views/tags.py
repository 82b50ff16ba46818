"""The tags of posts."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.screens import page, screen

from .. import rules
from ..drafts import posted
from ..forms.posts import TagForm
from ..models import Tag


@screen(may=rules.post_write)
def tag_list(request: HttpRequest) -> HttpResponse:
    """All tags, and a form for one more."""
    form = TagForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with audited(by=request.user, why="tag added"):
            tag = form.save(commit=False)
            tag.set_slugs(tag.title_en, tag.title_cy)
            tag.save()
        messages.success(request, _("The tag is added."))
        return redirect("projects:tag_list")
    tags = Tag.objects.annotate(number=Count("post_links")).order_by(sort_column("title"), "pk")
    return page(request, "projects/tag_list.html", {"tags": tags, "form": form})


def find_tag(request: HttpRequest, number: int) -> Tag:
    return Tag.objects.get(pk=number)


@screen(find=find_tag, may=rules.post_write)
def tag_edit(request: HttpRequest, tag: Tag) -> HttpResponse:
    """The words of a tag; its address stays."""
    form = TagForm(posted(request), instance=tag)
    if request.method == "POST" and form.is_valid():
        with audited(by=request.user, why="tag edited"):
            form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("projects:tag_list")
    return page(request, "projects/tag_edit.html", {"tag": tag, "form": form})
