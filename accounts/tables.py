"""The lists of people."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.tables import Column, DayColumn, NumberColumn, PortalTable, TagColumn

from .models import Membership, State
from .roles import Role
from .rules import membership_deputise, membership_manage, person_manage

COLOURS = {str(State.CURRENT): "green", str(State.FUTURE): "yellow", str(State.PAST): "grey"}


def people_of(organisation: Any) -> str:
    return reverse("accounts:people_list", kwargs={"slug": organisation.slug})


class OrganisationPeopleTable(PortalTable):
    """The organisations whose people one looks after."""

    caption = _("People and roles")
    default_sort = "name"
    name = Column(_("Organisation"), link=people_of, order_by="name_key")
    people = NumberColumn(_("People with a role today"), order_by="people")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s organisation", "%(count)s organisations", total) % {"count": f"{total:,}"}


class PeopleTable(PortalTable):
    """Roles in one organisation."""

    caption = _("People and roles")
    default_sort = "person"
    no_rows = _("Nobody has such a role here.")
    person = Column(_("Person"), accessor="user", order_by=("user__name", "user__email"))
    role = Column(_("Role"), order_by="role")
    starts = DayColumn(pgettext_lazy("of a role", "From"), order_by="starts")
    ends = DayColumn(pgettext_lazy("of a role", "Until"), order_by="ends", empty=pgettext_lazy("of a role", "no end"))
    state = TagColumn(pgettext_lazy("of a role", "State"), labels=State.choices, colours=COLOURS)
    change = Column(_("Change"), accessor="pk")

    user: Any = None
    looks_after_all = False

    @classmethod
    def seen_by(cls, user: Any) -> "type[PeopleTable]":
        """The list with the links that this person may follow."""
        return type(cls.__name__, (cls,), {"user": user, "looks_after_all": person_manage(user)})

    def render_person(self, record: Membership, value: Any) -> Any:
        name = value.name or value.email
        shown: Any = name
        if self.looks_after_all:
            url = reverse("accounts:person_page", kwargs={"public_id": value.public_id})
            shown = format_html('<a class="govuk-link" href="{}">{}</a>', url, name)
        if not value.is_active:
            shown = format_html("{} ({})", shown, gettext("account closed"))
        if not value.name:
            return shown
        return format_html('{}<br><span class="govuk-!-font-weight-regular">{}</span>', shown, value.email)

    def render_role(self, record: Membership, value: str) -> Any:
        label = Role(value).label
        if record.deputy_for is None:
            return label
        return format_html("{}<br>{}", label, gettext("deputy for %(name)s") % {"name": record.deputy_for.user})

    def render_change(self, record: Membership, value: int) -> Any:
        """Links to end the role and to appoint a deputy, for those who may."""
        links = []
        if membership_manage(self.user, record):
            links.append((reverse("accounts:membership_end", kwargs={"pk": value}), gettext("End"), record))
        if membership_deputise(self.user, record):
            links.append((reverse("accounts:membership_deputy", kwargs={"pk": value}), gettext("Deputy"), record))
        return format_html_join(
            " · ",
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}, {}</span></a>',
            ((url, text, one.user, Role(one.role).label) for url, text, one in links),
        )
