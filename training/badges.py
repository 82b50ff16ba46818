"""A certificate as an Open Badge 3.0: an OpenBadgeCredential signed as a JWT (VC-JWT, RS256), and its check.

The credential's own members are the claims of the JWT, beside `iss`, `jti`, `nbf` and `sub`, which repeat its issuer,
id, `validFrom` and subject. Withdrawn certificates are the bits that are set in the portal's Bitstring Status List.
The JSON-LD contexts that a badge names are kept in `contexts/`: nothing is fetched to make or to check one.
Sources: Open Badges 3.0, section 8.2; W3C Verifiable Credentials 2.0; W3C Bitstring Status List 1.0.
"""

import base64
import functools
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language

from . import keys
from .models import Certificate, Course, Learner

CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
}
STATUS_BITS = 131_072  # the least length of a status list, so that a place in it says little about a person
CODE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
LONGEST = 20_000  # characters of what is pasted


class Verdict(StrEnum):
    """What the check of a code, a link or a badge found."""

    VALID = "valid"
    REVOKED = "revoked"
    ALTERED = "altered"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    verdict: Verdict
    certificate: Certificate | None = None


@functools.cache
def context(address: str) -> dict[str, Any]:
    """The JSON-LD context of this address, from the portal's own copy. Raises KeyError for any other."""
    path = Path(__file__).parent / "contexts" / CONTEXTS[address]
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def address(part: str) -> str:
    return f"{settings.BASE_URL}/credentials/{part}"


def moment(value: datetime) -> str:
    """2026-11-23T09:30:00Z: whole seconds, so that `nbf` says the same."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def issuer() -> dict[str, Any]:
    return {
        "id": address("issuer.json"),
        "type": ["Profile"],
        "name": str(settings.PORTAL_NAME),
        "url": settings.BASE_URL + "/",
    }


def achievement(course: Course) -> dict[str, Any]:
    """What was achieved, in the page's language."""
    name = str(course.title)
    return {
        "id": address(f"courses/{course.pk}.json"),
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": _("%(course)s (demonstration)") % {"course": name} if course.is_demo else name,
        "description": str(course.summary),
        "criteria": {"narrative": _("The register of the session says that the person attended.")},
        "fieldOfStudy": str(course.stream.title),
        "inLanguage": page_language(),
    }


def holder(certificate: Certificate) -> list[dict[str, Any]]:
    """Who holds it: the name, and a hash of the address by which it can be matched, while there is one."""
    learner: Learner = certificate.booking.learner
    found: list[dict[str, Any]] = [
        {"type": "IdentityObject", "hashed": False, "identityHash": str(learner), "identityType": "name"}
    ]
    email = learner.addresses.order_by("pk").first()
    if email is not None:
        salt = certificate.code.hex
        digest = hashlib.sha256((email.email.lower() + salt).encode()).hexdigest()
        found.append(
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${digest}",
                "identityType": "emailAddress",
                "salt": salt,
            }
        )
    return found


def credential(certificate: Certificate) -> dict[str, Any]:
    """The OpenBadgeCredential, in the page's language."""
    session = certificate.booking.session
    return {
        "@context": list(CONTEXTS),
        "id": address(f"certificates/{certificate.code}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _("Certificate: %(course)s") % {"course": session.course.title},
        "issuer": issuer(),
        "validFrom": moment(certificate.issued_at),
        "credentialSubject": {
            "id": certificate.code.urn,
            "type": ["AchievementSubject"],
            "activityStartDate": moment(session.starts_at),
            "activityEndDate": moment(session.ends_at),
            "identifier": holder(certificate),
            "achievement": achievement(session.course),
        },
        "credentialStatus": {
            "id": f"{address('status.jwt')}#{certificate.pk}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.pk),
            "statusListCredential": address("status.jwt"),
        },
    }


def sign(subject: dict[str, Any]) -> str:
    """The compact JWT of a credential."""
    key = keys.all_keys()[0]
    claims = {
        **subject,
        "iss": subject["issuer"]["id"],
        "jti": subject["id"],
        "nbf": int(datetime.fromisoformat(subject["validFrom"]).timestamp()),
        "sub": subject["credentialSubject"]["id"],
    }
    return jwt.encode(claims, key.private, keys.ALGORITHM, headers={"kid": key.address, "jwk": key.public})


def signed(certificate: Certificate) -> str:
    return sign(credential(certificate))


def status_list() -> str:
    """Every certificate that is withdrawn, as a signed Bitstring Status List: bit 0 is the first octet's highest."""
    gone = Certificate.objects.with_all().not_valid().values_list("pk", flat=True)
    places = sorted(gone)
    length = max(STATUS_BITS, (max(places, default=0) // 8 + 1) * 8)
    octets = bytearray(length // 8)
    for place in places:
        octets[place // 8] |= 0x80 >> place % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(octets), mtime=0)).rstrip(b"=").decode()
    return sign(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": address("status.jwt"),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": {"id": issuer()["id"], "name": str(settings.PORTAL_NAME)},
            "validFrom": moment(timezone.now().replace(microsecond=0)),
            "credentialSubject": {
                "id": address("status.jwt#list"),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": f"u{packed}",
            },
        }
    )


def check(pasted: str) -> Checked:
    """What the portal says of a code, a link that holds one, or a badge."""
    text = "".join(pasted[:LONGEST].split())
    if JWT.fullmatch(text) and len(text) > 100:
        return check_badge(text)
    code = CODE.search(text)
    return look_up(code.group()) if code else Checked(Verdict.UNKNOWN)


def check_badge(token: str) -> Checked:
    """Only the portal's own keys are asked, whatever key the badge brings along."""
    own = {key.address: key for key in keys.all_keys()}
    try:
        key = own.get(str(jwt.get_unverified_header(token).get("kid")))
        if key is None:
            return Checked(Verdict.FOREIGN)
        claims = jwt.decode(
            token, key.private.public_key(), [keys.ALGORITHM], options={"verify_nbf": False, "verify_sub": False}
        )
    except jwt.PyJWTError:
        return Checked(Verdict.ALTERED)
    code = CODE.search(str(claims.get("id")))
    if not set(claims.get("@context", ())) <= CONTEXTS.keys() or claims.get("jti") != claims.get("id") or not code:
        return Checked(Verdict.UNKNOWN)
    return look_up(code.group())


def look_up(code: str) -> Checked:
    certificate = Certificate.objects.shown().with_all().filter(code=UUID(code)).first()
    if certificate is None:
        return Checked(Verdict.UNKNOWN)
    return Checked(Verdict.VALID if certificate.is_valid else Verdict.REVOKED, certificate)
