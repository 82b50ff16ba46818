"""Open Badges 3.0: what a badge holds, who signed it, and that a changed one is found out."""

import base64
import gzip
import hashlib
import json
from typing import Any

import jwt
import pytest
from django.test import Client
from django.utils.translation import override

from tests.factories.maturity import CertificateFactory, attended
from tests.factories.training import CourseFactory, LearnerAddressFactory, LearnerFactory, held
from tests.training.pages import get, signed_in, text
from training import badges, keys
from training.badges import Verdict
from training.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One key for this module: making one takes a while."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def own_keys(settings: Any, folder: Any) -> None:
    settings.VAR_DIR = folder
    settings.BADGE_KEY = ""
    settings.BASE_URL = "https://portal.example.org"


@pytest.fixture
def certificate() -> Certificate:
    learner = LearnerFactory(name="Idwal Prys")
    LearnerAddressFactory(learner=learner, email="Idwal.Prys@example.org")
    course = CourseFactory(title_en="Plain words", title_cy="Geiriau plaen")
    made = CertificateFactory(booking=attended(session=held(course=course), learner=learner))
    return Certificate.objects.with_all().get(pk=made.pk)


def public(path: str) -> Any:
    answer = Client().get(path.removeprefix("https://portal.example.org"))
    assert answer.status_code == 200, path
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer


def claims_of(token: str) -> dict[str, Any]:
    """The claims, checked as a stranger would: with the key at the address that the badge names."""
    header = jwt.get_unverified_header(token)
    found = public(header["kid"]).json()
    assert "d" not in found
    key = jwt.PyJWK.from_dict(found)
    return dict(jwt.decode(token, key.key, [header["alg"]]))


def test_a_badge_is_signed_by_the_key_that_its_header_names_and_repeats_its_members_as_claims(certificate):
    token = badges.signed(certificate)
    header = jwt.get_unverified_header(token)
    assert set(header) == {"alg", "typ", "kid", "jwk"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert set(header["jwk"]) == {"kty", "n", "e"}  # never the private part
    claims = claims_of(token)
    assert claims["iss"] == claims["issuer"]["id"] == "https://portal.example.org/credentials/issuer.json"
    assert claims["jti"] == claims["id"] == f"https://portal.example.org/credentials/certificates/{certificate.code}"
    assert claims["sub"] == claims["credentialSubject"]["id"] == certificate.code.urn
    assert claims["nbf"] == int(certificate.issued_at.timestamp())
    assert claims["validFrom"] == badges.moment(certificate.issued_at)
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]


def test_the_key_stands_in_the_published_set_under_the_name_that_badges_give(certificate):
    published = public("/credentials/keys.json").json()["keys"]
    kid = jwt.get_unverified_header(badges.signed(certificate))["kid"]
    assert [key["kid"] for key in published] == [kid]
    assert all(set(key) == {"kty", "n", "e", "alg", "use", "kid"} for key in published)
    assert Client().get("/credentials/keys/another.json").status_code == 404


def terms(value: Any) -> set[str]:
    """Every member's name in the credential, and every type."""
    if isinstance(value, list):
        return set().union(*(terms(part) for part in value))
    if not isinstance(value, dict):
        return set()
    types = value.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    return found.union(value, *(terms(part) for part in value.values()))


def defined(value: Any) -> set[str]:
    """Every term that a context defines, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*(defined(part) for part in value.values()))
    return set()


def test_every_member_of_a_badge_and_of_the_status_list_is_a_term_of_the_contexts_kept_here(certificate):
    credential = badges.credential(certificate)
    known = set().union(*(defined(badges.context(address)["@context"]) for address in credential["@context"]))
    assert terms(credential) - {"@context"} <= known
    listed = jwt.decode(badges.status_list(), options={"verify_signature": False})
    registered = {"iss", "jti", "nbf", "sub"}
    [own] = listed["@context"]
    assert terms(listed) - {"@context"} - registered <= defined(badges.context(own)["@context"])
    with pytest.raises(KeyError):
        badges.context("https://elsewhere.example.org/context.json")


def test_the_holder_is_named_and_can_be_matched_by_address_without_the_address_standing_there(certificate):
    token = badges.signed(certificate)
    assert b"idwal.prys" not in base64.urlsafe_b64decode(token.split(".")[1] + "==").lower()
    name, email = claims_of(token)["credentialSubject"]["identifier"]
    assert (name["identityHash"], name["hashed"]) == ("Idwal Prys", False)
    digest = hashlib.sha256(("idwal.prys@example.org" + email["salt"]).encode()).hexdigest()
    assert (email["identityHash"], email["hashed"]) == (f"sha256${digest}", True)
    certificate.booking.learner.addresses.all().delete()
    assert len(badges.holder(certificate)) == 1


def test_a_badge_is_in_the_language_in_which_it_was_asked_for(certificate):
    for language, title in (("en", "Plain words"), ("cy", "Geiriau plaen")):
        with override(language):
            achieved = badges.credential(certificate)["credentialSubject"]["achievement"]
        assert (achieved["name"], achieved["inLanguage"]) == (title, language)


def test_issuer_achievement_and_certificate_answer_at_the_addresses_that_a_badge_gives(certificate):
    claims = badges.credential(certificate)
    issuer = public(claims["issuer"]["id"]).json()
    assert issuer["id"] == claims["issuer"]["id"]
    achieved = claims["credentialSubject"]["achievement"]
    assert public(achieved["id"]).json()["name"] == "Plain words"
    answer = Client().get(claims["id"].removeprefix("https://portal.example.org"))
    assert answer.status_code == 302
    assert answer["Location"] == certificate.get_absolute_url()


def test_the_status_list_has_a_bit_for_each_certificate_that_is_not_valid(certificate):
    def bits() -> tuple[bytes, dict[str, Any]]:
        claims = claims_of(public("/credentials/status.jwt").content.decode())
        packed = claims["credentialSubject"]["encodedList"]
        assert packed[0] == "u"
        return gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4))), claims

    entry = badges.credential(certificate)["credentialStatus"]
    place = int(entry["statusListIndex"])
    octets, claims = bits()
    assert claims["id"] == entry["statusListCredential"]
    assert claims["credentialSubject"]["statusPurpose"] == entry["statusPurpose"] == "revocation"
    assert len(octets) * 8 == badges.STATUS_BITS
    assert not any(octets)
    Certificate.objects.update(revoked_at=certificate.issued_at)
    octets, _claims = bits()
    assert octets[place // 8] == 0x80 >> place % 8
    assert sum(octet.bit_count() for octet in octets) == 1


def changed(token: str, **members: Any) -> str:
    """The same badge with other members and the old signature."""
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    written = base64.urlsafe_b64encode(json.dumps(claims | members).encode()).rstrip(b"=").decode()
    return f"{header}.{written}.{signature}"


def test_the_check_knows_its_own_badges_and_finds_out_every_other(certificate):
    token = badges.signed(certificate)
    assert badges.check(f"  {token[:300]}\n{token[300:]} ") == badges.Checked(Verdict.VALID, certificate)
    assert badges.check(changed(token, name="Master of everything")).verdict == Verdict.ALTERED
    _header, payload, _signature = token.split(".")
    nothing = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    assert badges.check(f"{nothing}.{payload}.x").verdict in {Verdict.FOREIGN, Verdict.ALTERED}
    assert badges.check(f"{'x' * 99}.{payload}.x").verdict == Verdict.ALTERED
    own = keys.all_keys()[0]
    symmetric = jwt.encode({"id": "x"}, "s" * 40, "HS256", headers={"kid": own.address})
    assert badges.check(symmetric).verdict == Verdict.ALTERED


def test_a_badge_that_brings_its_own_key_is_not_believed(certificate, tmp_path):
    keys.make(tmp_path)
    other = keys.read((tmp_path / keys.OWN).read_text(), "another")
    claims = jwt.decode(badges.signed(certificate), options={"verify_signature": False})
    forged = jwt.encode(claims, other.private, "RS256", headers={"kid": other.address, "jwk": other.public})
    assert badges.check(forged).verdict == Verdict.FOREIGN
    borrowed = jwt.encode(
        claims, other.private, "RS256", headers={"kid": keys.all_keys()[0].address, "jwk": other.public}
    )
    assert badges.check(borrowed).verdict == Verdict.ALTERED


def test_what_the_portal_signed_but_is_no_certificate_is_not_found(certificate):
    assert badges.check(badges.status_list()).verdict == Verdict.UNKNOWN
    other = badges.credential(certificate) | {"@context": ["https://elsewhere.example.org/context.json"]}
    assert badges.check(badges.sign(other)).verdict == Verdict.UNKNOWN


@pytest.mark.parametrize("form", ["{code}", "https://portal.example.org/credentials/certificates/{code}", "{upper}"])
def test_a_code_or_a_link_is_found_as_it_is_pasted(certificate, form):
    pasted = form.format(code=certificate.code, upper=str(certificate.code).upper())
    assert badges.check(pasted) == badges.Checked(Verdict.VALID, certificate)


def test_nonsense_is_not_found(certificate):
    for pasted in ("nonsense", "00000000-0000-4000-8000-000000000000", "a.b.c"):
        assert badges.check(pasted) == badges.Checked(Verdict.UNKNOWN)


def test_the_check_page_is_for_everybody_and_says_what_it_found(certificate):
    page = get(None, "certificate_check")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    client = signed_in(None)

    def said(pasted: str) -> str:
        return text(client.post("/en/training/certificates/", {"pasted": pasted}))

    token = badges.signed(certificate)
    assert "The certificate is genuine" in said(token)
    assert "Idwal Prys" in said(str(certificate.code))
    assert "The badge was changed" in said(changed(token, name="x"))
    header = (
        base64.urlsafe_b64encode(b'{"alg":"RS256","kid":"https://elsewhere.example.org/key"}').rstrip(b"=").decode()
    )
    assert "names no key of this portal" in said(".".join([header, *token.split(".")[1:]]))
    assert "No certificate of this portal" in said("nonsense")
    assert "Enter “Code, link or badge”." in said("")
    Certificate.objects.update(revoked_at=certificate.issued_at)
    assert "no longer valid" in said(token)
    assert "Nid yw’n ddilys mwyach" not in said(token)
    assert "nid yw’n ddilys mwyach" in text(client.post("/cy/hyfforddiant/tystysgrifau/", {"pasted": token}))
