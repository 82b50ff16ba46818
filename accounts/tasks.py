"""What the worker does for accounts: sends their mails and forgets what is over."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wlga_portal.kernel.queue import task

from .actions.sign_in import council_domain
from .emails import BOTH, languages_for, send, tell_review
from .models import SIDES, AddressChange, Limit, Membership, SignInCode, User
from .roles import Role

KEPT_HOURS = 24  # codes and counts
KEPT_DAYS = 30  # changes of address that are done


def confirm_url(token: str) -> str:
    """The whole address of the page behind a link, in the language of the moment."""
    return settings.BASE_URL + reverse("accounts:address_confirm", kwargs={"token": token})


@task(retry=3)
def send_code(*, key: str) -> None:
    """The answer to somebody who asked for a code: the code, or why there is none."""
    row = SignInCode.objects.filter(pk=uuid.UUID(key)).first()
    if row is None or row.is_over:
        return
    user = User.objects.filter(email=row.email).first()
    code = f"{row.code[:4]} {row.code[4:]}"
    if user is not None:
        template = "code" if user.is_active else "closed"
        send(template, row.email, languages_for(user.language), code=code)
    elif listed := council_domain(row.email):
        send("register", row.email, BOTH, code=code, council=lambda: str(listed.organisation.full_name))
    else:
        send("unknown", row.email, BOTH)


@task(retry=5)
def send_address_links(*, key: str) -> None:
    """A link to the old address and one to the new; a new one that is somebody's already hears that instead."""
    change = AddressChange.objects.select_related("user").filter(pk=uuid.UUID(key)).first()
    if change is None or change.is_over:
        return
    languages = languages_for(change.user.language)
    other = User.objects.filter(email=change.new_email).exclude(pk=change.user_id).first()
    for side in SIDES:
        address = change.old_email if side == "old" else change.new_email
        if side == "new" and other is not None:
            send("address_taken", address, languages_for(other.language))
            continue
        token = change.token(side)
        send(
            f"address_{side}",
            address,
            languages,
            url=lambda token=token: confirm_url(token),
            new_email=change.new_email,
        )


@task(retry=5)
def send_address_done(*, key: str) -> None:
    """Both addresses hear that it is done."""
    change = AddressChange.objects.select_related("user").get(pk=uuid.UUID(key))
    for address in (change.old_email, change.new_email):
        send("address_done", address, languages_for(change.user.language), new_email=change.new_email)


@task(every="0 7 1 1,4,7,10 *")
def remind_of_review(*, timestamp: int) -> None:
    """Whoever looks after people hears that a quarter has begun: administrators, and digital leads of councils."""
    managers = Membership.objects.current().filter(role__in=(Role.ADMINISTRATOR, Role.DIGITAL_LEAD))
    for user in User.objects.filter(is_active=True, pk__in=managers.values("user")):
        tell_review(user)


@task(every="40 2 * * *")
def forget(*, timestamp: int) -> None:
    """Remove codes and counts of yesterday, changes of address that nobody confirmed, and old ones that are done."""
    now = timezone.now()
    SignInCode.objects.filter(created_at__lt=now - timedelta(hours=KEPT_HOURS)).delete()
    Limit.objects.filter(since__lt=now - timedelta(hours=KEPT_HOURS)).delete()
    old = AddressChange.objects.filter(created_at__lt=now - timedelta(hours=KEPT_HOURS))
    old.filter(done_at=None).delete()
    old.filter(done_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
