"""Pictures of posts: adding one, saying what it shows, taking it away, and the file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.files import FilesAway, served
from wlga_portal.kernel.pictures import CONTENT_TYPES
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..finders import find_picture, find_post
from ..forms.posts import AltForm, PictureForm
from ..models import Picture, Post


def write_picture(user: object, picture: Picture) -> bool:
    return rules.post_write(user, picture.post)


@screen(find=find_post, may=rules.post_write)
def picture_add(request: HttpRequest, post: Post) -> HttpResponse:
    """A picture with what it shows; the page then says how to put it into the text."""
    set_addresses(request, "projects:picture_add", slug=post)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            picture = actions.picture_add(post, given["file"], alt=(given["alt_en"], given["alt_cy"]), by=request.user)
        except FilesAway as error:
            form.add_error("file", str(error))
        else:
            words = _(
                "Picture %(number)d is added. To show it, put ![](picture:%(number)d) on a line of its own in the text."
            )
            messages.success(request, words % {"number": picture.number})
            return redirect(post)
    return page(request, "projects/picture_add.html", {"post": post, "form": form, "demonstration": post.is_demo})


@screen(find=find_picture, may=write_picture)
def picture_edit(request: HttpRequest, picture: Picture) -> HttpResponse:
    """What the picture shows."""
    post = picture.post
    set_addresses(request, "projects:picture_edit", slug=post, number=picture.number)
    form = AltForm(request.POST if request.method == "POST" else None, instance=picture)
    if request.method == "POST" and form.is_valid():
        with audited(by=request.user, why="picture described"):
            form.save()
        messages.success(request, _("The changes are saved."))
        return redirect(post)
    context = {"post": post, "picture": picture, "form": form, "demonstration": post.is_demo}
    return page(request, "projects/picture_edit.html", context)


@screen(methods=("POST",), find=find_picture, may=write_picture)
def picture_remove(request: HttpRequest, picture: Picture) -> HttpResponse:
    """One button: the picture and its file are gone."""
    try:
        actions.picture_remove(picture, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The picture is removed."))
    return redirect(picture.post)


@screen(public=True, methods=("GET", "HEAD"), find=find_picture)
def picture_file(request: HttpRequest, picture: Picture) -> HttpResponse:
    """The file, for whoever may read its post; a browser takes it for nothing but a picture of its kind."""
    answer = served(picture.file, content_type=CONTENT_TYPES[picture.kind])
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'inline; filename="picture-{picture.number}.{picture.kind}"'
    if picture.post.is_published:
        answer["Cache-Control"] = "public, max-age=3600"
    return answer
