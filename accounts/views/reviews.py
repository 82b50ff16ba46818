"""The quarterly review of who has access, for those who look after an organisation's people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.screens import page, screen, set_languages

from ..actions.memberships import CannotBe
from ..actions.reviews import review_access
from ..models import AccessReview, Kept, Membership, quarter_of
from ..rules import organisation_people, roles_to_give
from .people import PageOf, find_organisation
from .sign_in import sent

ANSWERS = [(Kept.CONFIRMED.value, gettext_lazy("Still right")), (Kept.ENDED.value, gettext_lazy("End it today"))]


class ReviewForm(PortalForm):
    """One question for each role; what is left open waits for the next time."""

    marks_optional = False

    def __init__(self, *args: Any, memberships: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.memberships = {f"role_{one.pk}": one for one in memberships}
        for name, one in self.memberships.items():
            person = f"{one.user.name} ({one.user.email})" if one.user.name else one.user.email
            self.fields[name] = forms.ChoiceField(
                label=f"{person}: {one.get_role_display()}",
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> dict[Membership, Kept]:
        """What was said."""
        return {one: Kept(self.cleaned_data[name]) for name, one in self.memberships.items() if self.cleaned_data[name]}


@screen(find=find_organisation, may=organisation_people)
def access_review(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Confirm or end each role that was there before this quarter; below it, what was said already and by whom."""
    set_languages(request, PageOf("accounts:access_review", organisation))
    quarter = quarter_of(timezone.localdate())
    here = Membership.objects.filter(organisation=organisation, role__in=roles_to_give(request.user, organisation))
    waiting = list(here.to_review(quarter).with_people().order_by("user__name", "user__email", "pk"))
    form = ReviewForm(sent(request), memberships=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            review_access(by=request.user, answers=form.answers())
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("What you said is noted."))
            return redirect("accounts:access_review", slug=organisation.slug)
    said = AccessReview.objects.filter(membership__in=here, quarter=quarter)
    context = {
        "organisation": organisation,
        "form": form,
        "waiting": waiting,
        "quarter": quarter,
        "said": said.select_related("membership__user", "by").order_by("-at", "pk"),
    }
    return page(request, "accounts/access_review.html", context, status=422 if form.errors else 200)
