"""Setting up a board: the secretariat's pages for the board, its seats, their substitutes, its standing items."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import actions
from board.finders import find_board, find_seat, find_standing, find_substitute
from board.forms.boards import BoardForm, SeatForm, StandingForm, SubstituteForm
from board.models import Board, Seat, StandingItem, Substitute
from board.rules import secretary
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


def form_page(request: HttpRequest, form: Any, *, title: str, save: str, back: str, **context: Any) -> HttpResponse:
    """A page with one form; `back` is where Cancel leads."""
    shown = {"form": form, "title": title, "save": save, "back": back, **context}
    return page(request, "board/planning_form.html", shown)


def at(name: str, **parts: Any) -> str:
    return reverse(f"board:{name}", kwargs=parts)


@screen(may=secretary)
def board_new(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        board = actions.board_save(form.save(commit=False), by=request.user)
        messages.success(request, _("The board is set up. Give its seats."))
        return redirect("board:seat_list", slug=board.slug)
    return form_page(request, form, title=_("Set up a board"), save=_("Set up the board"), back=reverse("board:front"))


@screen(find=find_board, may=secretary)
def board_edit(request: HttpRequest, board: Board) -> HttpResponse:
    set_addresses(request, "board:board_edit", slug=board)
    form = BoardForm(request.POST or None, instance=board)
    if request.method == "POST" and form.is_valid():
        actions.board_save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(board)
    if request.method == "POST":
        board.refresh_from_db()
    return form_page(
        request, form, title=_("Change the board"), save=_("Save"), back=board.get_absolute_url(), caption=board.name,
        board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_board, may=secretary, methods=("GET", "HEAD"))
def seat_list(request: HttpRequest, board: Board) -> HttpResponse:
    """Every seat of the board, of today and of before, with who may come for its holder."""
    set_addresses(request, "board:seat_list", slug=board)
    seats = board.seats.with_people().prefetch_related("substitutes__person__user").order_by("position", "pk")
    current = set(board.seats.current().values_list("pk", flat=True))
    context = {
        "board": board,
        "seats": [(seat, seat.pk in current) for seat in seats],
        "demonstration": board.is_demo,
    }
    return page(request, "board/seat_list.html", context)


@screen(find=find_board, may=secretary)
def seat_new(request: HttpRequest, board: Board) -> HttpResponse:
    set_addresses(request, "board:seat_new", slug=board)
    form = SeatForm(request.POST or None, instance=Seat(board=board))
    if request.method == "POST" and form.is_valid():
        actions.seat_save(form.save(commit=False), by=request.user, who=form.who())
        messages.success(request, _("The seat is given."))
        return redirect("board:seat_list", slug=board.slug)
    return form_page(
        request, form, title=_("Give a seat"), save=_("Give the seat"), back=at("seat_list", slug=board.slug),
        caption=board.name, board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_seat, may=secretary)
def seat_edit(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Its role, whether it votes, its term: a term that ends ends the seat."""
    board = seat.board
    set_addresses(request, "board:seat_edit", slug=board, pk=seat.pk)
    form = SeatForm(request.POST or None, instance=seat)
    if request.method == "POST" and form.is_valid():
        actions.seat_save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("board:seat_list", slug=board.slug)
    return form_page(
        request, form, title=_("Change the seat"), save=_("Save"), back=at("seat_list", slug=board.slug),
        caption=seat.person.named(), board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_seat, may=secretary)
def substitute_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    set_addresses(request, "board:substitute_new", slug=seat.board, pk=seat.pk)
    return substitute_page(request, Substitute(seat=seat), _("Name a substitute"), _("Name the substitute"))


@screen(find=find_substitute, may=secretary)
def substitute_edit(request: HttpRequest, substitute: Substitute) -> HttpResponse:
    set_addresses(request, "board:substitute_edit", slug=substitute.seat.board, pk=substitute.pk)
    return substitute_page(request, substitute, _("Change the substitute"), _("Save"))


def substitute_page(request: HttpRequest, substitute: Substitute, title: str, save: str) -> HttpResponse:
    board = substitute.seat.board
    form = SubstituteForm(request.POST or None, instance=substitute)
    if request.method == "POST" and form.is_valid():
        try:
            actions.substitute_save(form.save(commit=False), by=request.user, who=form.who())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("board:seat_list", slug=board.slug)
    return form_page(
        request, form, title=title, save=save, back=at("seat_list", slug=board.slug),
        caption=substitute.seat.person.named(), board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_board, may=secretary)
def standing_list(request: HttpRequest, board: Board) -> HttpResponse:
    """The items that each new agenda begins and ends with, and a form for one more."""
    set_addresses(request, "board:standing_list", slug=board)
    form = StandingForm(request.POST or None, instance=StandingItem(board=board))
    if request.method == "POST" and form.is_valid():
        actions.standing_save(form.save(commit=False), by=request.user)
        messages.success(request, _("New agendas have this item from now on."))
        return redirect("board:standing_list", slug=board.slug)
    context = {
        "board": board, "form": form, "items": list(board.standing_items.all()), "demonstration": board.is_demo,
    }  # fmt: skip
    return page(request, "board/standing_list.html", context)


@screen(find=find_standing, may=secretary)
def standing_edit(request: HttpRequest, standing: StandingItem) -> HttpResponse:
    board = standing.board
    set_addresses(request, "board:standing_edit", slug=board, pk=standing.pk)
    form = StandingForm(request.POST or None, instance=standing)
    if request.method == "POST" and form.is_valid():
        actions.standing_save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("board:standing_list", slug=board.slug)
    return form_page(
        request, form, title=_("Change the standing item"), save=_("Save"),
        back=at("standing_list", slug=board.slug), caption=board.name, board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_standing, may=secretary, methods=("POST",))
def standing_delete(request: HttpRequest, standing: StandingItem) -> HttpResponse:
    """Agendas of before keep the item."""
    actions.standing_delete(standing, by=request.user)
    messages.success(request, _("New agendas have this item no more."))
    return redirect("board:standing_list", slug=standing.board.slug)
