"""Second steps: added, tried, removed, and codes for when one is lost."""

import json

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from ..emails import tell_step
from ..limits import within
from ..models import User

TRIES, TRIES_SECONDS = 5, 300  # for one person
USED_SECONDS = 180  # longer than a code of the app works
MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError)  # what the libraries raise


class TooOften(Exception):
    """More codes were tried than are allowed."""


class NotTheStep(Exception):
    """What was sent is no answer of this person's passkey or app."""


def count_try(user: User) -> None:
    """Count one try of this person on every machine. Raises TooOften."""
    if not within("second step", str(user.pk), most=TRIES, seconds=TRIES_SECONDS):
        raise TooOften


def fits_app(user: User, secret: str, typed: str) -> bool:
    """Whether this is the app's code now; each works once, on every machine."""
    right = validate_totp_code(secret, typed)
    return right and within("code of an app", f"{user.pk}:{typed}", most=1, seconds=USED_SECONDS)


def try_code(*, user: User, typed: str) -> Authenticator:
    """The app or the recovery codes to which this code belongs; each works once. Raises TooOften, NotTheStep."""
    count_try(user)
    for one in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if one.type == Authenticator.Type.TOTP:
            right = fits_app(user, decrypt(one.data["secret"]), typed)
        else:
            right = RecoveryCodes(one).validate_code(typed)
            one.refresh_from_db()
        if right:
            return one
    raise NotTheStep


def try_passkey(*, user: User, answer: str) -> Authenticator:
    """The passkey that answered. Raises TooOften, NotTheStep."""
    count_try(user)
    try:
        credential = json.loads(answer)
        webauthn.parse_authentication_response(credential)
        return webauthn.complete_authentication(user, credential)
    except MALFORMED as error:
        raise NotTheStep from error


def add_app(*, user: User, secret: str, typed: str) -> Authenticator:
    """The app whose code shows that it has the secret; one app for a person. Raises TooOften, NotTheStep."""
    count_try(user)
    if not fits_app(user, secret, typed):
        raise NotTheStep
    with transaction.atomic():
        locked(user)
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        step = TOTP.activate(user, secret).instance
        return added(user, step)


def add_passkey(*, user: User, name: str, answer: str) -> Authenticator:
    """The passkey that the browser made. Raises NotTheStep."""
    try:
        credential = json.loads(answer)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except MALFORMED as error:
        raise NotTheStep from error
    with transaction.atomic():
        locked(user)
        return added(user, webauthn.WebAuthn.add(user, name, credential).instance)


def locked(user: User) -> None:
    """No two changes of one person's steps at once."""
    User.objects.select_for_update().get(pk=user.pk)


def added(user: User, step: Authenticator) -> Authenticator:
    """The first step brings recovery codes; the person hears of each."""
    RecoveryCodes.activate(user)
    tell_step(user, "added")
    return step


def new_codes(*, user: User) -> list[str]:
    """Ten recovery codes in place of those before."""
    with transaction.atomic():
        locked(user)
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
        tell_step(user, "codes")
    return codes


def unused_codes(user: User) -> list[str]:
    """The recovery codes that still work."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(kept).get_unused_codes() if kept else []


def remove_step(step: Authenticator, *, user: User) -> None:
    """One passkey or the app; with the last of them the recovery codes go."""
    with transaction.atomic():
        locked(user)
        step.delete()
        left = Authenticator.objects.filter(user=user)
        if not left.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            left.delete()
        tell_step(user, "removed")


def reset_steps(user: User) -> None:
    """Everything is lost, codes too: an administrator who knows the person takes the steps away."""
    with transaction.atomic():
        locked(user)
        Authenticator.objects.filter(user=user).delete()
        tell_step(user, "reset")
