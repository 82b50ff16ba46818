"""What somebody sent after their session had ended: kept in the browser's new session, and offered after signing in.

A form that saves itself keeps its text on the server anyway; this is for all the others. Files are not kept.
"""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from .screens import page, screen, signed_in

KEY = "sent_without_session"
LONGEST = 100_000  # characters of all fields together
LEFT_OUT = {"csrfmiddlewaretoken"}


class LoginMiddleware(LoginRequiredMiddleware):
    """Django's, which sends a visitor to sign in; what they sent is kept meanwhile. Behind the check of CSRF tokens."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method == "POST" and request.user.is_authenticated:
            drop(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if keep(request):
            return redirect_to_login(reverse("kernel:kept"), self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


def keep(request: HttpRequest) -> bool:
    """Whether there was a text to keep. What a script sends is not kept: its page is still there and says so."""
    if request.method != "POST" or request.headers.get("Accept") == "application/json":
        return False
    fields = [(name, value) for name, values in request.POST.lists() if name not in LEFT_OUT for value in values]
    if not any(fields) or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return False
    request.session[KEY] = {"path": request.get_full_path(), "fields": fields}
    return True


def drop(request: HttpRequest) -> None:
    """It was sent again: it is kept no longer."""
    kept = request.session.get(KEY)
    if kept is not None and kept["path"] == request.get_full_path():
        del request.session[KEY]


@screen(may=signed_in)
def kept(request: HttpRequest) -> HttpResponse:
    """What was kept, with a button that sends it and one that throws it away."""
    sent = request.session.get(KEY)
    if sent is None or request.method == "POST":
        request.session.pop(KEY, None)
        return redirect("programme:front")
    texts = [value for _name, value in sent["fields"] if any(letter.isspace() for letter in value.strip())]
    return page(request, "kernel/kept.html", {"path": sent["path"], "fields": sent["fields"], "texts": texts})
