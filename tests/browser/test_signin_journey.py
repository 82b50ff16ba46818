"""Signing in with more than a code, in a real browser: at a council's own provider, and by a passkey."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from accounts.sealing import seal
from tests import databases
from tests.browser.conftest import Site, free_port
from tests.browser.test_accounts_journey import WORDS, code_for

pytestmark = pytest.mark.journey
KEYS = {
    "ctap2Version": "ctap2_1", "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
COUNCILS = {"en": "/en/account/sign-in/council/", "cy": "/cy/cyfrif/mewngofnodi/cyngor/"}
ACCOUNT = {"en": "/en/account/", "cy": "/cy/cyfrif/"}
SIGN_OUT = {"en": "/en/account/sign-out/", "cy": "/cy/cyfrif/allgofnodi/"}


def type_code(site: Site, page: Page, address: str, language: str) -> None:
    """Ask for a code and type it."""
    page.get_by_label(WORDS[language]["address"]).fill(address)
    page.get_by_role("button", name=WORDS[language]["send"]).click()
    code = code_for(site, page, address, language)
    page.bring_to_front()
    page.get_by_label(WORDS[language]["code"], exact=True).fill(code)
    page.get_by_role("button", name=WORDS[language]["enter"]).click()


def say_name(page: Page, language: str) -> None:
    """The page that is shown once."""
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[language]["welcome"])
    page.get_by_label(WORDS[language]["name"], exact=True).fill("Beca Newydd")
    page.get_by_role("button", name=WORDS[language]["continue"]).click()


def sign_out(site: Site, page: Page, language: str) -> None:
    page.goto(site.url + SIGN_OUT[language])
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url(site.url + WORDS[language]["sign in"])


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_role_asks_for_a_passkey_which_is_set_up_and_used(site: Site, page: Page, language: str) -> None:
    site = replace(site, url=site.url.replace("127.0.0.1", "localhost"))  # a passkey belongs to a name
    address = f"passkeys-{language}@torfaen.example.org"
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEYS})
    site.open(page, WORDS[language]["sign in"])
    type_code(site, page, address, language)
    say_name(page, language)
    with databases.owner(site.database) as connection:
        connection.execute(
            "INSERT INTO accounts_membership (user_id, organisation_id, role, starts)"
            " SELECT user_id, organisation_id, 'finance', starts FROM accounts_membership m"
            " JOIN accounts_user u ON u.id = user_id WHERE u.email = %s",
            [address],
        )

    page.goto(site.url + ACCOUNT[language])  # the role needs a second step: this page does not open yet
    expect(page.locator(".govuk-warning-text")).to_be_visible()
    site.check(page)
    page.locator("a[href*='passkey'], a[href*='allwedd-mynediad']").first.click()
    expect(page.locator("form[data-passkey]")).to_be_visible()
    site.check(page)
    page.locator("form[data-passkey] button").click()
    expect(page.locator(".portal-code li")).to_have_count(10)
    site.check(page)
    page.locator(f"main a[href='{ACCOUNT[language]}'][role=button]").click()
    expect(page.locator("main")).to_contain_text(address)

    sign_out(site, page, language)
    page.goto(site.url + WORDS[language]["sign in"])
    type_code(site, page, address, language)
    expect(page.locator("form[data-passkey]")).to_be_visible()
    site.check(page)
    page.locator("form[data-passkey] button").click()
    expect(page).to_have_url(re.compile(f"/{language}/$"))
    site.open(page, ACCOUNT[language])
    expect(page.locator("main")).to_contain_text(address)


@pytest.fixture(params=["en", "cy"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tenant(site: Site, language: str) -> Iterator[str]:
    """The key of a tenant whose provider (npm `oidc-provider`) runs."""
    port, key = free_port(), f"torfaen-{language}"
    script = databases.ROOT / "tools/audit/provider.mjs"
    command = ["node", str(script), str(port), f"{site.url}/sign-in/{key}/callback/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        while b"ready" not in (line := process.stdout.readline()):
            assert line, "the provider did not start"
        issuer = f"http://localhost:{port}"
        with databases.owner(site.database) as connection:
            connection.execute(
                "INSERT INTO accounts_tenant"
                " (key, organisation_id, issuer, origin, client_id, sealed_secret, opened_at)"
                " SELECT %s, id, %s, %s, 'the-portal', %s, now() FROM organisations_organisation"
                " WHERE slug_en = 'torfaen'",
                [key, issuer, issuer, seal("of the council's tenant")],
            )
        yield key
        with databases.owner(site.database) as connection:
            connection.execute("UPDATE accounts_tenant SET closed_at = now() WHERE key = %s", [key])
        process.terminate()


def test_somebody_signs_in_at_their_council(site: Site, page: Page, tenant: str, language: str) -> None:
    who = f"council-{language}"
    site.open(page, WORDS[language]["sign in"])
    page.locator(f"a[href='{COUNCILS[language]}']").click()
    site.check(page)
    page.locator(f"form[action$='{tenant}/'] button").click()

    page.wait_for_url(re.compile("^http://localhost:"))  # the provider's own pages
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()
    page.wait_for_url(site.url + WORDS[language]["sign in"])
    site.faults.clear()  # what the browser said of the provider's pages
    site.check(page)

    # the provider names an address; the code shows that it is this person's
    expect(page.get_by_label(WORDS[language]["address"])).to_have_value(f"{who}@torfaen.example.org")
    type_code(site, page, f"{who}@torfaen.example.org", language)
    say_name(page, language)
    expect(page.locator("button[name=link]")).to_be_visible()
    site.check(page)
    page.locator("button[name=link]").click()
    expect(page).to_have_url(re.compile(f"/{language}/$"))

    sign_out(site, page, language)
    page.goto(site.url + COUNCILS[language])
    page.locator(f"form[action$='{tenant}/'] button").click()
    page.wait_for_url(re.compile(f"^{re.escape(site.url)}/{language}/$"))
    site.faults.clear()
    site.open(page, ACCOUNT[language])
    expect(page.locator("main")).to_contain_text(f"{who}@torfaen.example.org")
