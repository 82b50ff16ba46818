"""A coordinator books many colleagues at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.screens import page, screen

from .. import actions, rules
from ..forms import ListForm
from ..models import Learner, Session
from .found import find_session, posted


@screen(find=find_session, may=rules.colleague_book)
def list_book(request: HttpRequest, session: Session) -> HttpResponse:
    """Book a list. What went in is shown with its place; what did not stays in the form, with the reason."""
    ids = roles_of(request.user).organisation_ids(Role.COORDINATOR)
    councils = list(Organisation.objects.filter(pk__in=ids).by_name())
    form = ListForm(posted(request), session=session, councils=councils)
    said: list[actions.Line] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = actions.book_list(
            session=session,
            council=data["council"],
            learners=[learner_of_choice(choice) for choice in data.get("colleagues", [])],
            text=data["lines"],
            language=data["language"],
            by=request.user,
        )
        left = "\n".join(line.text for line in said if line.why and line.text)
        initial = {"council": data["council"].pk, "language": data["language"], "lines": left}
        form = ListForm(session=session, councils=councils, initial=initial)
        number = sum(line.booking is not None for line in said)
        sentence = ngettext(
            "%(count)d person of the list is booked.", "%(count)d people of the list are booked.", number
        )
        messages.success(request, sentence % {"count": number})
    context = {"session": session, "form": form, "said": said, "demonstration": session.course.is_demo}
    return page(request, "training/list_book.html", context)


def learner_of_choice(choice: str) -> Learner:
    """Whom `learner-12` or `user-7` names; the form has checked that the coordinator may choose them."""
    kind, _sep, number = choice.partition("-")
    return Learner.objects.get(pk=number) if kind == "learner" else actions.learner_of(User.objects.get(pk=number))
