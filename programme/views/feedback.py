"""“Was this page clear?”: anybody may say, on a page that works without script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from programme.forms import PageFeedbackForm
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen


@screen(public=True)
def page_feedback(request: HttpRequest) -> HttpResponse:
    """The form; the address of the page comes in `?page=`."""
    form = PageFeedbackForm(request.POST or None, initial={"path": request.GET.get("page", "/")[:300]})
    if request.method == "POST" and form.is_valid():
        form.instance.language = page_language()
        form.save()
        return redirect(reverse("programme:page_feedback_thanks"))
    return page(request, "programme/page_feedback.html", {"form": form})


@screen(public=True, methods=("GET", "HEAD"))
def page_feedback_thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "programme/page_feedback_thanks.html")
