"""Nobody in a role that needs two steps gets further than to taking the second."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .second_steps import passed_at, required, steps_of

# What a session may do before its second step: take it, set one up, leave; and what a browser asks by itself.
OPEN = {
    "accounts:step_list", "accounts:step_confirm", "accounts:app_add", "accounts:passkey_add", "accounts:code_list",
    "accounts:session_keep", "account_logout", "worker", "worker_withdrawn", "programme:manifest", "robots",
}  # fmt: skip


class SecondStepMiddleware:
    """Behind signing in, before every view. The roles are read only for a session that has not passed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.signed_in = request.user  # type: ignore[attr-defined]  # whoever is looked at by support took no step here
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_arguments: Any) -> HttpResponse | None:
        user: Any = request.signed_in  # type: ignore[attr-defined]  # set above
        match = request.resolver_match
        if not user.is_authenticated or (match is not None and match.view_name in OPEN):
            return None
        if passed_at(request, user) or not required(user):
            return None
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"error": _("Sign in with your second step first.")}, status=403)
        name = "accounts:step_confirm" if steps_of(user).exists() else "accounts:step_list"
        wanted = request.get_full_path() if request.method == "GET" else ""
        return redirect(reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else ""))
