"""Questions about a round: all answers for everybody, asking one, answering it to all councils."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from fund import actions, rules
from fund.clock import received_at
from fund.finders import find_round
from fund.finders.rounds import find_enquiry
from fund.forms.extensions import AskForm, EnquiryForm, SetAsideForm
from fund.models import Enquiry, Round
from organisations.models import Organisation
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused


def list_url(one_round: Round) -> str:
    return reverse("fund:enquiry_list", kwargs={"slug": one_round.slug})


@screen(public=True, find=find_round)
def enquiry_list(request: HttpRequest, one_round: Round) -> HttpResponse:
    """What was asked about the round and the answers, for everybody; one's own that wait, and all for the manager."""
    set_addresses(request, "fund:enquiry_list", slug=one_round)
    own = one_round.enquiries.visible_to(request.user).exclude(status="answered")
    context = {
        "round": one_round,
        "answered": list(one_round.enquiries.answered().newest_first()),
        "own": list(own.select_related("organisation")),
        "manages": rules.fund_manage(request.user) and rules.round_manage(request.user, one_round),
        "may_ask": request.user.is_authenticated and rules.enquiry_ask(request.user, one_round),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/enquiry_list.html", context)


@screen(find=find_round, may=rules.enquiry_ask)
def enquiry_ask(request: HttpRequest, one_round: Round) -> HttpResponse:
    """Ask the fund manager."""
    set_addresses(request, "fund:enquiry_ask", slug=one_round)
    own = roles_of(request.user).organisation_ids(Role.OFFICER, Role.DIGITAL_LEAD)
    councils = Organisation.objects.filter(pk__in=own).by_name()
    form = AskForm(request.POST if request.method == "POST" else None, councils=councils)
    if request.method == "POST" and form.is_valid():
        actions.enquiry_ask(one_round=one_round, by=request.user, at=received_at(request), **form.cleaned_data)
        messages.success(request, _("Your question is with the fund manager."))
        return redirect(list_url(one_round))
    context = {"round": one_round, "form": form, "demonstration": one_round.is_demo}
    return page(request, "fund/enquiry_ask.html", context)


@screen(find=find_enquiry, may=rules.enquiry_answer)
def enquiry_edit(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Answer to all councils in both languages, or put an answer right."""
    set_addresses(request, "fund:enquiry_edit", slug=enquiry.round, pk=enquiry.pk)
    version = enquiry.version
    data = resolved(request.POST, enquiry) if request.method == "POST" else None
    initial = {} if enquiry.question else {f"question_{enquiry.language}": enquiry.asked}
    form = EnquiryForm(data, instance=enquiry, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enquiry_answer(form, by=request.user, at=received_at(request))
        except Refused as error:
            form.add_error(None, str(error))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=enquiry.round.is_demo)
        else:
            messages.success(request, _("All councils have the answer."))
            return redirect(list_url(enquiry.round))
    context = {
        "round": enquiry.round,
        "enquiry": enquiry,
        "form": form,
        "version": version,
        "can_set_aside": enquiry.can("set_aside", request.user),
        "set_aside_form": SetAsideForm(),
        "demonstration": enquiry.round.is_demo,
    }
    return page(request, "fund/enquiry_edit.html", context)


@screen(find=find_enquiry, may=rules.enquiry_answer, methods=("POST",))
def enquiry_set_aside(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Not answered to all, with a reason."""
    try:
        actions.enquiry_set_aside(enquiry, by=request.user, why=request.POST.get("why", "").strip()[:1000])
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The question is set aside."))
    return redirect(list_url(enquiry.round))
