"""What an operator does with the tenants of councils."""

import io
import os

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Tenant
from tests.accounts.provider import provider_running
from tests.factories.people import CouncilFactory, TenantFactory
from wlga_portal.kernel.history import history_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning"),  # of the provider, which runs in this process
]  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    with provider_running() as address:
        yield address


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setitem(os.environ, "PORTAL_TENANT_SECRET", "of the council's tenant")


def tenant(*words: str) -> str:
    out = io.StringIO()
    call_command("tenant", *words, stdout=out)
    return out.getvalue()


def add(issuer: str, *words: str) -> str:
    return tenant("add", "torfaen", "--council", "torfaen", "--issuer", issuer, "--client-id", "the-portal", *words)


@pytest.fixture
def council():
    return CouncilFactory(name_en="Torfaen", slug_en="torfaen")


def test_a_tenant_is_added_after_its_provider_was_asked(provider, council):
    said = add(provider)
    assert "Added torfaen for Torfaen." in said
    assert "http://127.0.0.1:8000/sign-in/torfaen/callback/" in said
    row = Tenant.objects.get()
    assert (row.organisation, row.issuer, row.origin, row.client_id) == (council, provider, provider, "the-portal")
    assert row.secret == "of the council's tenant"
    assert history_of(row)[0].why == "tenant opened"
    assert "torfaen  Torfaen" in tenant("list")
    assert tenant("check", "torfaen") == "torfaen answers as it should.\n"


def test_nothing_is_done_on_a_dry_run(provider, council):
    assert "Would add torfaen" in add(provider, "--dry-run")
    assert not Tenant.objects.exists()
    row = TenantFactory(key="cardiff")
    assert tenant("secret", "cardiff", "--dry-run") == "Would put a new secret into cardiff.\n"
    assert tenant("close", "cardiff", "--dry-run") == "Would close cardiff.\n"
    row.refresh_from_db()
    assert (row.secret, row.closed_at) == ("a secret", None)


def test_a_secret_is_renewed_and_a_tenant_closed_but_never_taken_again(provider, council):
    add(provider)
    os.environ["PORTAL_TENANT_SECRET"] = "a new one"
    tenant("secret", "torfaen")
    assert Tenant.objects.get().secret == "a new one"
    tenant("close", "torfaen")
    assert "closed" in tenant("list")
    with pytest.raises(CommandError, match="has a tenant already"):
        add(provider)
    with pytest.raises(CommandError, match="no open tenant 'torfaen'"):
        tenant("close", "torfaen")


def test_what_cannot_be_is_said_in_a_sentence(provider, council):
    with pytest.raises(CommandError, match="calls itself"):
        add(provider + "/")
    with pytest.raises(CommandError, match="does not answer"):
        add("http://localhost:9")
    with pytest.raises(CommandError, match="no council 'nowhere'"):
        tenant("add", "x", "--council", "nowhere", "--issuer", provider, "--client-id", "y")
    TenantFactory(key="moved", issuer=provider)
    with pytest.raises(CommandError, match="now stands at"):
        tenant("check", "moved")
    del os.environ["PORTAL_TENANT_SECRET"]
    with pytest.raises(CommandError, match="PORTAL_TENANT_SECRET"):
        add(provider)
