"""People of an organisation and their roles, for those who look after them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisations.models import MailDomain, Organisation
from wlga_portal.kernel.panels import needs_of
from wlga_portal.kernel.screens import page, screen, set_languages
from wlga_portal.kernel.tables import list_page

from ..actions.domains import list_domain, unlist_domain
from ..actions.memberships import CannotBe, appoint_deputy, close_account, end_role, give_role, reopen_account
from ..actions.second_steps import reset_steps
from ..filters import MembershipFilter
from ..forms import DeputyForm, DomainForm, EndForm, MembershipForm, ReasonForm
from ..models import Consent, Membership, User
from ..querysets import with_people_count
from ..roles import Role, roles_of
from ..rules import membership_deputise, membership_manage, organisation_people, people_manage, person_manage
from ..second_steps import steps_of
from ..tables import OrganisationPeopleTable, PeopleTable
from .sign_in import sent


class PageOf:
    """A page about an organisation, for the language switch."""

    def __init__(self, name: str, organisation: Organisation) -> None:
        self.name, self.organisation = name, organisation

    def get_absolute_url(self) -> str:
        return reverse(self.name, kwargs={"slug": self.organisation.slug})


def to_people(organisation: Organisation) -> HttpResponse:
    return redirect("accounts:people_list", slug=organisation.slug)


def managed(user: Any) -> Any:
    """The organisations whose people this person looks after."""
    roles = roles_of(user)
    if roles.has(Role.ADMINISTRATOR):
        return Organisation.objects.all()
    return Organisation.objects.councils().filter(pk__in=roles.organisation_ids(Role.DIGITAL_LEAD))


def find_organisation(request: HttpRequest, slug: str) -> Organisation:
    """One whose people this person looks after; 404 for all others."""
    return Organisation.find(managed(request.user), slug)


def find_membership(request: HttpRequest, pk: int) -> Membership:
    """A role in such an organisation."""
    return Membership.objects.with_people().get(pk=pk, organisation__in=managed(request.user))


def find_person(request: HttpRequest, public_id: Any) -> User:
    """Administrators find everybody; nobody else anybody."""
    if not person_manage(request.user):
        raise Http404
    person: User = User.objects.visible_to(request.user).get(public_id=public_id)
    return person


def found_by_managers(request: HttpRequest) -> Any:
    """The list is not there for those who look after nobody."""
    if not people_manage(request.user):
        raise Http404
    return managed(request.user)


@screen(find=found_by_managers, methods=("GET", "HEAD"))
def organisation_people_list(request: HttpRequest, organisations: Any) -> HttpResponse:
    """The organisations whose people one looks after, with how many have a role today."""
    return list_page(
        request,
        queryset=with_people_count(organisations).by_name(),
        table=OrganisationPeopleTable,
        per_page=100,
        lead=_("Choose an organisation to see its people and their roles."),
    )


@screen(find=find_organisation, may=organisation_people)
def people_list(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """People with a role here; an administrator lists the council's mail domains too."""
    set_languages(request, PageOf("accounts:people_list", organisation))
    domains = organisation.is_council and person_manage(request.user)
    form = DomainForm(sent(request)) if domains else None
    if request.method == "POST" and form is not None and form.is_valid():
        if list_domain(by=request.user, organisation=organisation, domain=form.cleaned_data["domain"]):
            messages.success(request, _("The mail domain is listed."))
            return to_people(organisation)
        form.add_error("domain", _("This domain is listed already."))
    return list_page(
        request,
        queryset=Membership.objects.filter(organisation=organisation)
        .with_people()
        .order_by("user__name", "starts", "pk"),
        table=PeopleTable.seen_by(request.user),
        filterset=MembershipFilter,
        template="accounts/people_list.html",
        title=organisation.name,
        organisation=organisation,
        form=form,
        ends_url=reverse("accounts:organisation_end", kwargs={"slug": organisation.slug})
        if person_manage(request.user)
        else "",
        domains=organisation.mail_domains.order_by("domain") if domains else (),
    )


def find_domain(request: HttpRequest, pk: int) -> MailDomain:
    if not person_manage(request.user):
        raise Http404
    return MailDomain.objects.select_related("organisation").get(pk=pk)


@screen(find=find_domain, methods=("POST",))
def domain_remove(request: HttpRequest, domain: MailDomain) -> HttpResponse:
    """Nobody registers with this domain any more."""
    unlist_domain(domain, by=request.user)
    messages.success(request, _("The mail domain is listed no more."))
    return to_people(domain.organisation)


@screen(find=find_organisation, may=organisation_people)
def membership_add(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Give somebody a role here."""
    set_languages(request, PageOf("accounts:membership_add", organisation))
    today = {"starts": timezone.localdate()}
    form = MembershipForm(sent(request), user=request.user, organisation=organisation, initial=today)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            give_role(by=request.user, organisation=organisation, **typed)
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The role is given. We have sent a mail that says so."))
            return to_people(organisation)
    context = {"form": form, "organisation": organisation}
    return page(request, "accounts/membership_add.html", context, status=422 if form.errors else 200)


@screen(find=find_membership, may=membership_manage)
def membership_end(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The last day of a role."""
    form = EndForm(sent(request), membership=membership, initial={"ends": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(membership, by=request.user, ends=form.cleaned_data["ends"])
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The last day is noted."))
            return to_people(membership.organisation)
    context = {"form": form, "membership": membership}
    return page(request, "accounts/membership_end.html", context, status=422 if form.errors else 200)


@screen(find=find_membership, may=membership_deputise)
def membership_deputy(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Appoint somebody of the organisation to stand in."""
    form = DeputyForm(sent(request), principal=membership, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            appoint_deputy(by=request.user, principal=membership, **form.cleaned_data)
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The deputy is appointed. We have sent a mail that says so."))
            return to_people(membership.organisation)
    context = {"form": form, "membership": membership}
    return page(request, "accounts/membership_deputy.html", context, status=422 if form.errors else 200)


@screen(find=find_person)
def person_page(request: HttpRequest, person: User) -> HttpResponse:
    """One person for an administrator: all roles, and closing or opening the account."""
    form = ReasonForm(request.POST if "close" in request.POST else None)
    if request.method == "POST" and "reopen" in request.POST and not person.is_erased:
        reopen_account(person)
        messages.success(request, _("The account is open again. Give the person the roles that they need."))
        return redirect("accounts:person_page", public_id=person.public_id)
    if request.method == "POST" and "reset" in request.POST and person != request.user:
        reset_steps(person)
        messages.success(request, _("The second steps are taken away. The person can set up new ones."))
        return redirect("accounts:person_page", public_id=person.public_id)
    if form.is_valid() and person != request.user:
        try:
            close_account(person, by=request.user, why=form.cleaned_data["why"])
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The account is closed and its roles are ended."))
            return redirect("accounts:person_page", public_id=person.public_id)
    memberships = Membership.objects.filter(user=person).with_people().order_by("-starts", "pk")
    context = {
        "person": person,
        "memberships": memberships,
        "form": form,
        "own": person == request.user,
        "consents": person != request.user and Consent.objects.open().filter(user=person).exists(),
        "steps": steps_of(person).exists(),
        "waiting": needs_of(person) if person != request.user else [],
        "state": pgettext("account", "Open") if person.is_active else pgettext("account", "Closed"),
    }
    return page(request, "accounts/person_page.html", context, status=422 if form.errors else 200)
