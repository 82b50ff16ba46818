"""Posts of the team: the list, one post, writing and publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import Clash, clash_page, load_draft, resolved, save_draft
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..articles import body_of
from ..drafts import initial_of, keep, posted
from ..filters.posts import PostFilter
from ..finders import PostMove, find_post, find_post_move
from ..forms import MoveForm
from ..forms.posts import PostForm, PostTexts
from ..models import Post
from ..states import POSTING, PostStatus
from ..tables.posts import PostTable, PublicPostTable

PER_PAGE = 20
LINKS = ("tags", "authors", "projects")


@screen(public=True, methods=("GET", "HEAD"))
def post_list(request: HttpRequest) -> HttpResponse:
    """What the team wrote, newest first; for the team its drafts stand before."""
    writes = rules.post_write(request.user)
    return list_page(
        request,
        queryset=Post.objects.visible_to(request.user).with_row().newest_first(),
        table=PostTable if writes else PublicPostTable,
        filterset=PostFilter,
        template="projects/post_list.html",
        per_page=PER_PAGE,
        writes=writes,
    )


@screen(public=True, methods=("GET", "HEAD"), find=find_post)
def post_page(request: HttpRequest, post: Post) -> HttpResponse:
    set_languages(request, post)
    writes = rules.post_write(request.user)
    pictures = list(post.pictures.all())
    for picture in pictures:
        picture.post = post  # its address needs no query
    context = {
        "post": post,
        "body": body_of(post.body, pictures, page_language()),
        "projects": [link.project for link in post.project_links.select_related("project").order_by("project_id")],
        "writes": writes,
        "pictures": pictures if writes else [],
        "gaps": actions.post_gaps(post) if writes and not post.is_published else [],
        "moves": post.events_for(request.user) if writes else [],
        "status": PostStatus(post.status).label,
        "demonstration": post.is_demo,
    }
    return page(request, "projects/post_page.html", context)


@screen(may=rules.post_write)
def post_create(request: HttpRequest) -> HttpResponse:
    """A new post: kept as a draft that only the team sees."""
    key = actions.post_key(None)
    if request.method == "POST" and switch_target(request):
        return switched(request, key)
    draft = load_draft(request.user, key)
    form = PostForm(posted(request), initial=initial(draft), by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        links = {name: given[name] for name in ("tags", "authors", "projects")}
        post = actions.post_create(form.save(commit=False), by=request.user, **links)
        messages.success(request, _("The post is kept as a draft. Only the team sees it."))
        return redirect(post)
    context = {"form": form, "draft_at": moment(draft.saved_at) if draft and not form.is_bound else ""}
    return page(request, "projects/post_create.html", {**context, "switch_saves": True})


@screen(find=find_post, may=rules.post_write)
def post_edit(request: HttpRequest, post: Post) -> HttpResponse:
    """The texts of a post and what it belongs to. What two people change in the same text is shown to both."""
    set_addresses(request, "projects:post_edit", slug=post)
    key = actions.post_key(post)
    if request.method == "POST" and switch_target(request):
        return switched(request, key)
    draft = load_draft(request.user, key)
    data = resolved(request.POST, post) if request.method == "POST" else None
    form = PostForm(data, instance=post, initial=initial(draft), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.post_edit(form, by=request.user)
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=post.is_demo)
        else:
            messages.success(request, _("The post is saved."))
            return redirect(post)
    shown = Post.objects.get(pk=post.pk)  # the form has written what was typed into its instance
    context = {
        "post": shown,
        "form": form,
        "version": form.data.get("version") or (draft and draft.data.get("version")) or shown.version,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "switch_saves": True,
        "demonstration": shown.is_demo,
    }
    return page(request, "projects/post_edit.html", context)


def switched(request: HttpRequest, key: str) -> HttpResponse:
    """The form in the other language, with what was typed."""
    keep_post(request, key)
    return redirect(switch_target(request))


def keep_post(request: HttpRequest, key: str) -> None:
    """Keep the texts that were sent, and what was ticked; an author always is, so without one nothing was asked."""
    keep(request, key, PostTexts)
    if "authors" in request.POST:
        draft = load_draft(request.user, key)
        ticked: dict[str, Any] = {f"was_{name}": request.POST.get(f"was_{name}", "") for name in LINKS}
        for name in LINKS:
            ticked[name] = [int(one) for one in request.POST.getlist(name) if one.isdecimal()]
        save_draft(request.user, key, {**draft.data, **ticked})


def initial(draft: Any) -> dict[str, Any]:
    """What a draft kept, as the form takes it."""
    names = [*LINKS, *(f"was_{name}" for name in LINKS)]
    ticked = {name: draft.data[name] for name in names if name in draft.data} if draft else {}
    return {**initial_of(PostTexts, draft), **ticked}


@screen(methods=("POST",), may=rules.post_write)
def post_new_draft(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed of a new post, every few seconds."""
    keep_post(request, actions.post_key(None))
    return JsonResponse({"saved": True})


@screen(methods=("POST",), find=find_post, may=rules.post_write)
def post_draft(request: HttpRequest, post: Post) -> HttpResponse:
    """Keeps what is typed, every few seconds."""
    keep_post(request, actions.post_key(post))
    return JsonResponse({"saved": True})


def may_move(user: Any, move: PostMove) -> bool:
    """The rule of the event that the address names."""
    return POSTING.rules[move.transition.event](user, move.post)


@screen(find=find_post_move, may=may_move)
def post_advance(request: HttpRequest, move: PostMove) -> HttpResponse:
    """One page for publishing or withdrawing, with one button."""
    post, transition = move.post, move.transition
    set_addresses(request, "projects:post_advance", slug=post, event=transition.event)
    form = MoveForm(posted(request), why_required=transition.why_required)
    if request.method == "POST" and form.is_valid():
        try:
            actions.post_advance(post, transition.event, by=request.user, why=form.cleaned_data["why"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": transition.label})
            return redirect(post)
    context = {"post": post, "transition": transition, "form": form, "demonstration": post.is_demo}
    return page(request, "projects/post_advance.html", context)
