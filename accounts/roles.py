"""The roles of the portal, in code: what each one means is said here once, and pages show it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's role in an organisation."""

    BOARD_MEMBER = "board_member", _("Board member")
    SECRETARIAT = "secretariat", _("Secretariat")
    AUTHOR = "author", _("Paper author")
    CLEARER = "clearer", _("Clearer")
    TRANSLATOR = "translator", _("Translator")
    TEAM = "team", _("Digital team")
    HEAD_OF_DELIVERY = "head_of_delivery", _("Head of delivery")
    FUND_MANAGER = "fund_manager", _("Fund manager")
    ASSESSOR = "assessor", _("Assessor")
    OFFICER = "officer", _("Council officer")
    DIGITAL_LEAD = "digital_lead", _("Council digital lead")
    FINANCE = "finance", _("Finance approver")
    COORDINATOR = "coordinator", _("Training coordinator")
    TRAINER = "trainer", _("Trainer")
    ADMINISTRATOR = "administrator", _("Administrator")

    @property
    def sentence(self) -> Promise | str:
        """What a person in this role does here."""
        return SENTENCES[self]


SENTENCES: dict[Role, Promise | str] = {
    Role.BOARD_MEMBER: _("Reads the board’s papers and follows its decisions."),
    Role.SECRETARIAT: _("Plans meetings and takes papers from draft to publication."),
    Role.AUTHOR: _("Writes papers for the board."),
    Role.CLEARER: _("Clears papers before they are published."),
    Role.TRANSLATOR: _("Keeps the Welsh and the English in step and marks translations as reviewed."),
    Role.TEAM: _("Keeps the projects of the delivery plan true."),
    Role.HEAD_OF_DELIVERY: _("Answers for the delivery plan and its statuses."),
    Role.FUND_MANAGER: _("Runs the rounds of the Transformation Fund."),
    Role.ASSESSOR: _("Scores bids to the fund."),
    Role.OFFICER: _("Writes bids for the council and books training."),
    Role.DIGITAL_LEAD: _("Agrees for the council that it is a partner in a bid."),
    Role.FINANCE: _("Commits the council’s share of money."),
    Role.COORDINATOR: _("Books training for the council’s people."),
    Role.TRAINER: _("Gives courses and records attendance."),
    Role.ADMINISTRATOR: _("Looks after people, roles and the running of the portal."),
}

# Roles that belong to the programme itself rather than to one council.
PROGRAMME_ROLES = frozenset(
    {
        Role.SECRETARIAT, Role.AUTHOR, Role.CLEARER, Role.TRANSLATOR, Role.TEAM, Role.HEAD_OF_DELIVERY,
        Role.FUND_MANAGER, Role.ASSESSOR, Role.TRAINER, Role.ADMINISTRATOR,
    }
)  # fmt: skip


class Roles:
    """The roles that a person holds today, and where."""

    def __init__(self, pairs: Iterable[tuple[str, int]] = ()) -> None:
        self.pairs = frozenset(pairs)

    def has(self, *roles: Role, organisation: Any = None) -> bool:
        """Whether the person holds any of the roles, in this organisation (an object or its id) if one is named."""
        wanted = getattr(organisation, "pk", organisation)
        return any(role in roles and wanted in (None, where) for role, where in self.pairs)

    def organisation_ids(self, *roles: Role) -> frozenset[int]:
        """Where the person holds any of the roles; without roles, wherever they hold one."""
        return frozenset(where for role, where in self.pairs if not roles or role in roles)

    def __bool__(self) -> bool:
        return bool(self.pairs)


NOBODY = Roles()


def roles_of(user: Any) -> Roles:
    """The roles of a user; an anonymous or disabled one (or None) has none."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    roles: Roles = user.roles
    return roles
