"""What is known of the digital team: the statements from which composed papers take it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from programme import rules
from programme.composing.statements import TeamStatementForm, begun, changes_of, key_of, statement_save
from programme.composing.words import month
from programme.models import TeamStatement
from projects.views.parts import FormScreen, form_page
from wlga_portal.kernel.screens import page, screen, set_addresses


@screen(public=True, methods=("GET", "HEAD"))
def team_page(request: HttpRequest) -> HttpResponse:
    """Every statement about the team with its day and its source, newest first."""
    user: Any = request.user
    may_write = rules.team_write(user)
    shown = [
        (one, month(one.recruited_month) if one.recruited_month else None, may_write and one.is_demo == user.is_demo)
        for one in TeamStatement.objects.visible_to(user).listed()
    ]
    return page(request, "programme/team_page.html", {"statements": shown, "may_write": may_write})


def find_statement(request: HttpRequest, pk: int) -> TeamStatement:
    """A statement that this person may change: the demonstration's people change its own alone."""
    user: Any = request.user
    return TeamStatement.objects.get(pk=pk, is_demo=getattr(user, "is_demo", False))


@screen(may=rules.team_write)
def team_add(request: HttpRequest) -> HttpResponse:
    """A new statement: what was last known stands in it already."""
    return statement_form(request, begun(by=request.user), _("A new statement about the team"))


@screen(find=find_statement, may=rules.team_write)
def team_edit(request: HttpRequest, statement: TeamStatement) -> HttpResponse:
    """A statement. What two people change in different fields merges; the same field shows both texts."""
    set_addresses(request, "programme:team_edit", pk=statement.pk)
    return statement_form(request, statement, _("Change the statement about the team"))


def statement_form(request: HttpRequest, statement: TeamStatement, title: str) -> HttpResponse:
    return form_page(
        request,
        FormScreen(
            key=key_of(statement),
            form=TeamStatementForm,
            row=statement,
            title=title,
            save=lambda form: statement_save(form, by=request.user),
            template="programme/team_edit.html",
            back=reverse("programme:team_page"),
        ),
    )


@screen(find=find_statement, may=rules.team_write, methods=("GET", "HEAD"))
def team_history(request: HttpRequest, statement: TeamStatement) -> HttpResponse:
    """What was changed in a statement, when and by whom."""
    set_addresses(request, "programme:team_history", pk=statement.pk)
    context = {"statement": statement, "changes": list(changes_of(statement)), "demonstration": statement.is_demo}
    return page(request, "programme/team_history.html", context)
