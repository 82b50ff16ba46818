"""Signing in by a code: asking, trying, and the account that a first sign-in makes."""

import enum
import logging
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.models import MailDomain
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.queue import enqueue

from ..limits import within
from ..models import MOST_TRIES, Membership, SignInCode, User
from ..roles import Role

logger = logging.getLogger(__name__)
CODES_A_MINUTE = 3  # for one address
CODES_AN_HOUR = 12  # for one address
ASKED_AN_HOUR = 600  # from one place: a whole council may stand behind one address of the network


class TooOften(Exception):
    """More codes were asked for than are given."""


class Outcome(enum.Enum):
    """What came of trying a code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    TOO_MANY = "too many"


def ask_for_code(*, email: str, client: str) -> SignInCode:
    """Note the wish and let the worker send a mail. Whether there is an account is not looked at here, so that the
    answer, its queries and its time are the same for every address. Raises TooOften.
    """
    allowed = [
        within("code a minute", email, most=CODES_A_MINUTE, seconds=60),
        within("code an hour", email, most=CODES_AN_HOUR, seconds=3600),
        within("codes from", client, most=ASKED_AN_HOUR, seconds=3600),
    ]
    if not all(allowed):
        raise TooOften
    from ..tasks import send_code

    with transaction.atomic():
        row = SignInCode.objects.create(email=email)
        enqueue(send_code, key=row.key.hex)
    return row


def try_code(*, key: uuid.UUID, typed: str) -> tuple[Outcome, SignInCode | None]:
    """Try a code; one that is refused has its line in the log."""
    outcome, row = counted(key=key, typed=typed)
    if outcome is not Outcome.RIGHT:
        logger.warning("sign-in refused: code %s, %s", key, outcome.name.lower())
    return outcome, row


def counted(*, key: uuid.UUID, typed: str) -> tuple[Outcome, SignInCode | None]:
    """Count the try on the locked row, so that no two at once count as one; the right code works once."""
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(pk=key).first()
        if row is None or row.is_over:
            return Outcome.OVER, row
        if row.tries >= MOST_TRIES:
            return Outcome.TOO_MANY, row
        if row.agrees_with(typed):
            row.used_at = timezone.now()
            row.save(update_fields=["used_at"])
            return Outcome.RIGHT, row
        row.tries += 1
        row.save(update_fields=["tries"])
        return (Outcome.WRONG if row.tries < MOST_TRIES else Outcome.TOO_MANY), row


def give_up(*, key: uuid.UUID) -> None:
    """The code is not wanted any more: another was asked for."""
    SignInCode.objects.filter(pk=key, used_at=None).update(used_at=timezone.now())


def person_with(email: str) -> User | None:
    """The person whose address was proved: known and active, or made now for an address of a council's mail."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return register(email=email)
    return user if user.is_active else None


def council_domain(email: str) -> MailDomain | None:
    """The listed domain of a council in which the address is; a part of a domain is another domain."""
    domain = email.rpartition("@")[2]
    return MailDomain.objects.select_related("organisation").filter(domain=domain, organisation__kind="council").first()


def register(*, email: str) -> User | None:
    """An account as an officer of the council, and nothing more; None for an address in no listed domain."""
    listed = council_domain(email)
    if listed is None:
        return None
    try:
        with transaction.atomic():
            user: User = User.objects.create_user(email)
            with audited(by=user, why="registered with an address of the council"):
                Membership.objects.create(user=user, organisation=listed.organisation, role=Role.OFFICER)
    except IntegrityError:  # registered in another window at the same moment
        found: User | None = User.objects.filter(email=email, is_active=True).first()
        return found
    return user
